using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>Checks the fields of one dataset that need no other dataset: spelling, checksum, members of a batch.</summary>
internal sealed class FieldRules(string text, List<Finding> findings)
{
    private static readonly string[] Fields =
    [
        "uri", "uris", "version", "branch", "doi", "aliases", "description", "key", "storage_path", "checksum", "skip_checksum", "skip_download",
        "lazy_access", "delegate", "extract", "format", "requires", "fetcher", "loader", "shell",
    ];

    /// <summary>Fields of older formats and of other tools that are read or tolerated as they are.</summary>
    private static readonly HashSet<string> Tolerated =
    [
        .. Fields, "host", "path", "scheme", "sha256", "ref", "downloads", "python", "julia", "callable", "julia_modules", "python_includes", "julia_includes",
        "name", "persist", "overwrite", "check_duplicate", "local_path", "store",
    ];

    /// <summary>Fields of older formats that have no effect any more, and what to do about them.</summary>
    private static readonly Dictionary<string, string> Retired = new(StringComparer.Ordinal)
    {
        ["local_path"] = "write 'storage_path'",
        ["store"] = "write 'storage_path', or 'datasets_dir' in [_STORAGE]",
        ["callable"] = "name the function as _LANG.python.fetcher = \"module:function\"",
        ["python"] = "name the function as _LANG.python.fetcher = \"module:function\"",
        ["julia"] = "name the function as _LANG.julia.fetcher = \"Module:function\"",
        ["julia_modules"] = "a binding names its module itself",
        ["julia_includes"] = "a module beside the manifest is found without it",
        ["python_includes"] = "a module beside the manifest is found without it",
    };

    /// <summary>What people write for a field that is called otherwise.</summary>
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["url"] = "uri", ["urls"] = "uris", ["href"] = "uri", ["download"] = "uri", ["alias"] = "aliases", ["desc"] = "description",
        ["hash"] = "checksum", ["digest"] = "checksum", ["md5"] = "checksum", ["sha1"] = "checksum", ["sha512"] = "checksum", ["depends"] = "requires",
        ["depends_on"] = "requires", ["unzip"] = "extract", ["unpack"] = "extract",
    };

    /// <summary>Whether a key is a dataset's field, or what people write for one.</summary>
    /// <param name="key">The key.</param>
    public static bool IsField(string key) => Tolerated.Contains(key) || Synonyms.ContainsKey(key);

    /// <summary>Checks a dataset.</summary>
    public void Check(DatasetDeclaration dataset, TomlTable table)
    {
        foreach (var entry in table)
        {
            if (!Tolerated.Contains(entry.Key) && !entry.Key.StartsWith("_", StringComparison.Ordinal))
            {
                CheckUnknown(dataset, table, entry);
            }
        }

        foreach (var entry in table)
        {
            if (Retired.TryGetValue(entry.Key, out var instead))
            {
                Report(dataset, DiagnosticRules.LegacyField, $"'{entry.Key}' of dataset '{dataset.Name}' is retired and ignored; {instead}.", entry.KeySpan);
            }
        }

        CheckChecksum(dataset, table);
        CheckConnection(dataset, table);
        CheckMembers(dataset, table);
    }

    private void CheckUnknown(DatasetDeclaration dataset, TomlTable table, TomlEntry entry)
    {
        if (entry.Value is TomlTable inner && (inner["uri"] is not null || inner["uris"] is not null))
        {
            Report(
                dataset,
                DiagnosticRules.UnknownField,
                $"'{entry.Key}' is a table inside dataset '{dataset.Name}', no dataset of its own; write [\"{dataset.Name}/{entry.Key}\"].",
                entry.KeySpan);
            return;
        }

        if (!Synonyms.TryGetValue(entry.Key, out var meant))
        {
            // A short word is close to too many others; that the source is missing says what it is.
            meant = entry.Key.Length > 3 ? Spelling.Closest(entry.Key, Fields, entry.Key.Length < 6 ? 1 : 2)
                : entry.Key.Length == 3 && dataset is { Uri: "", Uris.Count: 0 } ? Spelling.Closest(entry.Key, ["uri"], limit: 1)
                : null;
        }

        if (meant is not null)
        {
            meant = meant is "uri" or "uris" ? entry.Value is TomlArray ? "uris" : "uri" : meant;
            findings.Add(new Finding(
                dataset.Name,
                DiagnosticRules.UnknownField,
                $"Dataset '{dataset.Name}' has an unknown field '{entry.Key}', which is ignored; did you mean '{meant}'?",
                entry.KeySpan,
                Checksum.Algorithms.Contains(entry.Key.ToLowerInvariant()) ? FieldCorrection.OfDigest(table, entry, text) : FieldCorrection.Of(table, entry, meant)));
        }
    }

    private void CheckConnection(DatasetDeclaration dataset, TomlTable table)
    {
        if ((dataset.Checksum.Length > 0 && !dataset.SkipChecksum) || dataset.SkipDownload || dataset.LazyAccess)
        {
            return;
        }

        if (dataset.Source is { Scheme: "http" } source ? !IsLoopback(source.Host) : dataset.Members.Any(member => member.Scheme == "http" && !IsLoopback(member.Host)))
        {
            Report(
                dataset,
                DiagnosticRules.PlainHttp,
                $"Dataset '{dataset.Name}' comes over http, where anybody on the way can change it, and no checksum would tell; write https, or pin its checksum.",
                (table["uri"] ?? table["uris"] ?? table).Span);
        }
    }

    private static bool IsLoopback(string host) =>
        host is "" or "localhost" or "::1" || host.StartsWith("127.", StringComparison.Ordinal) || host.EndsWith(".localhost", StringComparison.Ordinal);

    private void CheckChecksum(DatasetDeclaration dataset, TomlTable table)
    {
        if (dataset.Checksum.Length == 0 || dataset.SkipChecksum || dataset.SkipDownload || dataset.LazyAccess)
        {
            return;
        }

        var checksum = Checksum.Parse(dataset.Checksum);
        var span = (table["checksum"] is { } value and not TomlString { Value.Length: 0 } ? value : table["sha256"])?.Span ?? table.Span;
        if (!checksum.IsSupported)
        {
            Report(
                dataset,
                DiagnosticRules.UnknownAlgorithm,
                $"The checksum of dataset '{dataset.Name}' uses '{checksum.Algorithm}', which is not supported ({string.Join(", ", Checksum.Algorithms)} are), so the dataset cannot be fetched. "
                    + "Write a digest of a supported algorithm, or skip_checksum = true.",
                span);
        }
        else if (checksum.Problem is { } problem)
        {
            Report(dataset, DiagnosticRules.InvalidChecksum, $"The checksum of dataset '{dataset.Name}' {problem}; copy the whole digest, or remove the field to have it filled in.", span);
        }
    }

    private void CheckMembers(DatasetDeclaration dataset, TomlTable table)
    {
        if (dataset.Uris.Count == 0)
        {
            return;
        }

        var places = dataset.MemberPaths;
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < places.Count; i++)
        {
            var isFirst = !owners.ContainsKey(places[i]);
            owners[places[i]] = dataset.Uris[i];
            if (dataset.Members[i] == SourceUri.Empty)
            {
                continue; // Reported when it was read.
            }

            if (places[i].Length == 0 || StoreKey.LeavesStore(places[i]))
            {
                Report(dataset, DiagnosticRules.BatchMembers, $"Member {i + 1} of dataset '{dataset.Name}' has no usable path to store it under; name a file in its URI.", ItemSpan(i));
            }
            else if (!isFirst)
            {
                Report(dataset, DiagnosticRules.BatchMembers, $"Member {i + 1} of dataset '{dataset.Name}' has the same place in its folder, '{places[i]}', as an earlier one; make it a dataset of its own.", ItemSpan(i));
            }
        }

        for (var i = 0; i < places.Count; i++)
        {
            if (StoreKey.Ancestors(places[i]).FirstOrDefault(owners.ContainsKey) is { } parent)
            {
                Report(dataset, DiagnosticRules.BatchMembers, $"Member {i + 1} of dataset '{dataset.Name}' lies below another member, '{parent}', which is a file; make it a dataset of its own.", ItemSpan(i));
            }
        }

        TextSpan ItemSpan(int i) => (table["uris"] ?? table["uri"]) is TomlArray { Items: var items } && i < items.Count ? items[i].Span : table.Span;
    }

    private void Report(DatasetDeclaration dataset, DiagnosticRule rule, string message, TextSpan span) => findings.Add(new Finding(dataset.Name, rule, message, span));
}
