using DataManifest.Toml;

namespace DataManifest.Contents;

/// <summary>
/// What a manifest says of the tables of a dataset, in place of what would be found out: <c>columns</c>, <c>table</c> and, for one file of several, <c>tables."file"</c> in
/// its <c>_DOTNET</c> table. What is malformed counts as not said; the manifest's reader reports it.
/// </summary>
public sealed record TableDeclaration
{
    /// <summary>Whether the tables are to be read at all; null where nothing is said, and so only those that are not too large.</summary>
    public bool? IsAsked { get; init; }

    /// <summary>What stands between values.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first row has the columns' names.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>What a line begins with that is none of the table; empty when every line is. Null where nothing is said.</summary>
    public string? Comment { get; init; }

    /// <summary>Whether values may stand in double quotes.</summary>
    public bool? IsQuoted { get; init; }

    /// <summary>Texts that stand for a missing value, besides those that always do.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The names of the columns, in their order; empty where the header's count.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What is said of single columns.</summary>
    public IReadOnlyList<ColumnDeclaration> Columns { get; init; } = [];

    /// <summary>Reads what a dataset's table says of one of its files.</summary>
    /// <param name="dataset">The dataset's table in the manifest.</param>
    /// <param name="file">The file's path in the dataset, with slashes; empty when the dataset is the file.</param>
    public static TableDeclaration Read(TomlTable dataset, string file)
    {
        if (dataset["_DOTNET"] is not TomlTable extras)
        {
            return new TableDeclaration();
        }

        var own = (extras["tables"] as TomlTable)?[file] as TomlTable;
        TomlTable?[] tables = [own, extras["table"] as TomlTable];
        T? First<T>(string key)
            where T : TomlValue => tables.Select(table => table?[key]).OfType<T>().FirstOrDefault();
        IReadOnlyList<string> Texts(string key) => First<TomlArray>(key) is { } list ? [.. list.Items.OfType<TomlString>().Select(item => item.Value)] : [];
        TomlValue?[] columns = [own?["columns"], extras["columns"]];
        return new TableDeclaration
        {
            IsAsked = columns.OfType<TomlBoolean>().FirstOrDefault()?.Value ?? (own is not null || columns.Any(value => value is TomlTable) || tables[1] is not null ? true : null),
            Delimiter = First<TomlString>("delimiter") is { Value: { Length: 1 } delimiter } ? delimiter[0] : null,
            HasHeader = First<TomlBoolean>("header")?.Value,
            Comment = First<TomlString>("comment") is { Value: { Length: <= 1 } comment } ? comment : null,
            IsQuoted = First<TomlBoolean>("quoted")?.Value,
            Missing = Texts("missing"),
            Names = Texts("names"),
            Columns = [.. columns.OfType<TomlTable>().SelectMany(table => table).GroupBy(entry => entry.Key, StringComparer.Ordinal).Select(entries => ColumnDeclaration.Read(entries.First()))],
        };
    }

    /// <summary>Whether a manifest names a file of a dataset as a table, whatever the file's name ends with.</summary>
    /// <param name="dataset">The dataset's table in the manifest.</param>
    /// <param name="file">The file's path in the dataset, with slashes.</param>
    public static bool IsNamed(TomlTable dataset, string file) => ((dataset["_DOTNET"] as TomlTable)?["tables"] as TomlTable)?[file] is TomlTable;
}
