using DataManifest.Diagnostics;
using DataManifest.Toml;

namespace DataManifest.Manifest;

/// <summary>Checks the names in <c>_STORAGE</c>, where every name is allowed (specification, "Symbols") and a misspelt one would silently do nothing.</summary>
internal sealed class StorageRules(string text, List<Finding> findings)
{
    private static readonly HashSet<string> Fields =
        ["datasets_dir", "datacache_dir", "datasets_pools", "datacache_pools", "project", "canonical", "lock_stale_age", "default_remote", "user_data_dir", "user_cache_dir", "_HOST"];

    private static readonly Dictionary<string, string> Retired = new(StringComparer.Ordinal)
    {
        ["default"] = "write 'datasets_dir'", ["scope"] = "write 'datasets_dir'", ["store"] = "write 'datasets_dir'", ["data"] = "write 'datasets_dir'",
        ["cache"] = "write 'datacache_dir'", ["_SCOPE"] = "write 'datasets_dir'", ["_PREFIX"] = "define symbols in [_STORAGE]", ["_PROFILE"] = "write [_STORAGE._HOST.\"name\"]",
    };

    /// <summary>Whether a name in <c>_STORAGE</c> meant something in an older version and means nothing now: unless it is used as a symbol.</summary>
    /// <param name="name">The name.</param>
    /// <param name="text">The manifest's text.</param>
    public static bool IsRetired(string name, string text) => Retired.ContainsKey(name) && !IsUsed(name, text);

    /// <summary>Checks the table.</summary>
    /// <param name="storage">The <c>_STORAGE</c> table; null when there is none.</param>
    public void Check(TomlTable? storage)
    {
        foreach (var entry in (IEnumerable<TomlEntry>?)storage ?? [])
        {
            Check(storage!, entry);
        }

        foreach (var host in (IEnumerable<TomlEntry>?)(storage?["_HOST"] as TomlTable) ?? [])
        {
            foreach (var entry in (IEnumerable<TomlEntry>?)(host.Value as TomlTable) ?? [])
            {
                Check((TomlTable)host.Value, entry);
            }
        }
    }

    private void Check(TomlTable table, TomlEntry entry)
    {
        var name = entry.Key;
        if (Fields.Contains(name) || IsUsed(name, text))
        {
            return;
        }

        if (Retired.TryGetValue(name, out var instead))
        {
            findings.Add(new Finding("", DiagnosticRules.LegacyField, $"'{name}' of '_STORAGE' is retired and ignored; {instead}.", entry.KeySpan));
        }
        else if (name.Length > 4 && Spelling.Closest(name, Fields, limit: 2) is { } meant)
        {
            findings.Add(new Finding(
                "", DiagnosticRules.UnknownField, $"'_STORAGE' has a symbol '{name}' that nothing uses; did you mean '{meant}'?", entry.KeySpan, FieldCorrection.Of(table, entry, meant)));
        }
    }

    private static bool IsUsed(string name, string text) =>
        text.IndexOf("$" + name, StringComparison.Ordinal) >= 0 || text.IndexOf("${" + name + "}", StringComparison.Ordinal) >= 0;
}
