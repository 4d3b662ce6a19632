using DataManifest.Manifest;

namespace DataManifest.Bindings;

/// <summary>The formats that are loaded without a loader, under all their names; letter case does not matter.</summary>
public static class BuiltInFormats
{
    private static readonly Dictionary<string, BuiltInFormat> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["txt"] = BuiltInFormat.Text,
        ["text"] = BuiltInFormat.Text,
        ["md"] = BuiltInFormat.Text,
        ["bytes"] = BuiltInFormat.Bytes,
        ["bin"] = BuiltInFormat.Bytes,
        ["json"] = BuiltInFormat.Json,
        ["geojson"] = BuiltInFormat.Json,
        ["yaml"] = BuiltInFormat.Yaml,
        ["yml"] = BuiltInFormat.Yaml,
        ["toml"] = BuiltInFormat.Toml,
        ["csv"] = BuiltInFormat.Table,
        ["tsv"] = BuiltInFormat.Table,
        ["tab"] = BuiltInFormat.Table,
        ["jsonl"] = BuiltInFormat.Table,
        ["ndjson"] = BuiltInFormat.Table,
        ["jsonlines"] = BuiltInFormat.Table,
        ["zip"] = BuiltInFormat.Archive,
        ["tar"] = BuiltInFormat.Archive,
        ["tar.gz"] = BuiltInFormat.Archive,
        ["tgz"] = BuiltInFormat.Archive,
        ["gz"] = BuiltInFormat.Archive,
        ["tar.bz2"] = BuiltInFormat.Archive,
        ["tbz2"] = BuiltInFormat.Archive,
        ["tbz"] = BuiltInFormat.Archive,
    };

    /// <summary>The names, for <see cref="LoadLadder"/>.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>What is made of a dataset that no loader is bound to; <see cref="BuiltInFormat.None"/> when it needs one.</summary>
    /// <param name="dataset">The dataset.</param>
    public static BuiltInFormat Of(DatasetDeclaration dataset) =>
        dataset.LazyAccess ? BuiltInFormat.None
        : dataset.Extract || dataset.Uris.Count > 0 ? BuiltInFormat.Folder
        : IsCompressedTable(dataset) ? BuiltInFormat.Table
        : dataset.ArchiveFormat.Length > 0 ? BuiltInFormat.Archive
        : ByName.TryGetValue(dataset.Format.Trim(), out var format) ? format
        : BuiltInFormat.None;

    /// <summary>Whether the data are a table that is compressed by gzip, <c>x.csv.gz</c>: rows are read through it, as if it were not.</summary>
    private static bool IsCompressedTable(DatasetDeclaration dataset) =>
        dataset.ArchiveFormat == ArchiveFormat.Gzip && ByName.TryGetValue(DatasetKey.Format(dataset.ExtractedFileName), out var format) && format == BuiltInFormat.Table;
}
