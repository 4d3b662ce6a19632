namespace DataManifest.Contents;

/// <summary>Which files are looked into as tables, and how many.</summary>
internal static class TableFiles
{
    /// <summary>The most columns that a table has.</summary>
    public const int MostColumns = 16_384;

    /// <summary>The most columns that the tables of one dataset have together: each becomes a property, which costs the compiler time.</summary>
    public const int MostColumnsOfDataset = 2 * MostColumns;

    /// <summary>The most tables that are looked into in one dataset.</summary>
    public const int MostTables = 100;

    /// <summary>The largest file that is looked into without being asked for, in bytes.</summary>
    public const long LargestBytes = 256L * 1024 * 1024;

    /// <summary>What a file's name says of it; null when it is no table.</summary>
    /// <param name="name">The name, which <c>.gz</c> may follow, or a format.</param>
    public static TableKind? KindOf(string name)
    {
        var bare = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return bare[(bare.LastIndexOf('.') + 1)..].ToLowerInvariant() switch
        {
            "csv" => TableKind.Delimited,
            "tsv" or "tab" => TableKind.Tabs,
            "jsonl" or "ndjson" or "jsonlines" => TableKind.JsonLines,
            _ => null,
        };
    }
}

/// <summary>What kind of table a file's name announces.</summary>
internal enum TableKind
{
    /// <summary>Delimited text; the delimiter is found out.</summary>
    Delimited,

    /// <summary>Delimited by tabs.</summary>
    Tabs,

    /// <summary>A JSON object in each line.</summary>
    JsonLines,
}
