namespace DataManifest.Catalogs;

/// <summary>The text of a report, in the form that the command lines of the format share.</summary>
internal static class CatalogText
{
    /// <summary>The text; without a line end.</summary>
    /// <param name="report">The report.</param>
    public static string Of(CatalogReport report)
    {
        if (report.IsAddress)
        {
            return string.Join("\n", report.Entries.Select(OfAddress).Concat(report.Notes).Where(line => line.Length > 0));
        }

        var notes = report.Notes.Count == 0 ? "" : $"\n  ({string.Join("; ", report.Notes)})";
        if (report.Entries.Count == 0 && report.Nothing.Length > 0)
        {
            return $"{report.Source}: {report.Nothing}{notes}";
        }

        var declared = report.Entries.Count(entry => entry.Outcome is not (CatalogOutcome.Refused or CatalogOutcome.Unchanged));
        var head = $"{(report.IsDryRun ? "Would import" : "Imported")} {declared} dataset(s) from {report.Source}";
        var adopted = report.IsDryRun ? 0 : report.Entries.Count(entry => entry.Cache == CacheOutcome.Adopted);
        List<string> counts = [];
        Add(report.HasCache, $"{adopted} adopted from the cache (no re-download)");
        Count(entry => entry.Cache == CacheOutcome.Mismatch, "cache file(s) failed checksum and were not adopted");
        Count(entry => entry.Outcome == CatalogOutcome.Unchanged, "declared already");
        Count(entry => entry.Outcome == CatalogOutcome.Refused, "refused");
        return head + (counts.Count == 0 ? "" : $" — {string.Join("; ", counts)}") + ":\n" + string.Join("\n", report.Entries.Select(Row)) + notes;

        void Count(Func<CatalogEntry, bool> which, string what) => Add(report.Entries.Any(which), $"{report.Entries.Count(which)} {what}");

        void Add(bool condition, string text)
        {
            if (condition)
            {
                counts.Add(text);
            }
        }
    }

    private static string OfAddress(CatalogEntry entry) =>
        entry.Dataset.LazyAccess && entry.Outcome is CatalogOutcome.Added or CatalogOutcome.Replaced
            ? $"Registered '{entry.Dataset.Name}' for lazy access (lazy_access; opened in place via the built-in fsspec loader, not downloaded)."
            : "";

    private static string Row(CatalogEntry entry)
    {
        var source = entry.Dataset.Uris.Count > 0 ? $"[{entry.Dataset.Uris.Count} files]" : Fetching.SafeUrl.Of(entry.Dataset.Uri);
        return $"  {entry.Dataset.Name}  ->  {source}{Tag(entry)}";
    }

    private static string Tag(CatalogEntry entry)
    {
        var cache = entry.Cache switch
        {
            CacheOutcome.Adopted => " [adopt cache]",
            CacheOutcome.Missing => " [not in cache]",
            CacheOutcome.Mismatch => " [cache checksum mismatch — not adopted]",
            CacheOutcome.Archive => " [archive in cache — not adopted (extract entry)]",
            _ => "",
        };
        return cache + entry.Outcome switch
        {
            CatalogOutcome.Unchanged => " [declared already]",
            CatalogOutcome.Pinned => " [declared already; checksum added]",
            CatalogOutcome.Refused => $" [refused: {entry.Error!.Code} {entry.Error.Message}]",
            _ => "",
        };
    }
}
