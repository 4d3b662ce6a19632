using DataManifest.Diagnostics;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>
/// Checks the spelling of what begins with an underscore, and of the keys in a dataset's <c>_DOTNET</c> table. Others may have keys of their own there, so only
/// what is close to a known one is reported.
/// </summary>
internal sealed class ExtensionRules(List<Finding> findings)
{
    private static readonly string[] ManifestTables = ["_META", "_LANG", "_STORAGE", "_LOADERS", "_DOTNET"];
    private static readonly string[] DatasetTables = ["_LANG", "_DOTNET"];
    private static readonly string[] Keys = ["mirrors", "title", "creators", "license", "publisher", "published", "obsolete", "columns", "table", "tables"];

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["author"] = "creators", ["authors"] = "creators", ["deprecated"] = "obsolete", ["date"] = "published", ["year"] = "published",
    };

    /// <summary>Checks the manifest's own tables.</summary>
    /// <param name="root">The manifest.</param>
    /// <param name="structural">Its keys that begin with an underscore.</param>
    public void Check(TomlTable root, IEnumerable<TomlEntry> structural)
    {
        foreach (var entry in structural)
        {
            CheckSpelling("", "The manifest", root, entry, ManifestTables);
        }
    }

    /// <summary>Checks a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="table">Its table.</param>
    public void Check(DatasetDeclaration dataset, TomlTable table)
    {
        foreach (var entry in table.Where(entry => entry.Key.StartsWith("_", StringComparison.Ordinal)))
        {
            CheckSpelling(dataset.Name, $"Dataset '{dataset.Name}'", table, entry, DatasetTables);
        }

        if (table["_DOTNET"] is not TomlTable extensions)
        {
            return;
        }

        foreach (var entry in extensions)
        {
            CheckSpelling(dataset.Name, $"'_DOTNET' of dataset '{dataset.Name}'", extensions, entry, Keys);
        }

        if (extensions["obsolete"] is { } obsolete and not (TomlString or TomlBoolean))
        {
            findings.Add(new Finding(
                dataset.Name,
                DiagnosticRules.DescriptiveFieldType,
                $"'obsolete' of dataset '{dataset.Name}' is neither a text nor true or false, and is ignored; write why, or what to use instead.",
                obsolete.Span));
        }
    }

    private void CheckSpelling(string dataset, string what, TomlTable table, TomlEntry entry, string[] known)
    {
        if (known.Contains(entry.Key) || entry.Key.Length < 4)
        {
            return;
        }

        if (known != Keys || !Synonyms.TryGetValue(entry.Key, out var meant))
        {
            meant = Spelling.Closest(entry.Key, known, entry.Key.Length < 6 ? 1 : 2);
        }

        if (meant is not null)
        {
            findings.Add(new Finding(
                dataset,
                DiagnosticRules.UnknownField,
                $"{what} has '{entry.Key}', which is ignored; did you mean '{meant}'?",
                entry.KeySpan,
                FieldCorrection.Of(table, entry, meant)));
        }
    }
}
