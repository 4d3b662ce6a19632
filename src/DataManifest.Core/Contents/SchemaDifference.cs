namespace DataManifest.Contents;

/// <summary>What is new in the tables of a dataset compared with what they were.</summary>
public static class SchemaDifference
{
    private const int Shown = 12;

    /// <summary>Says what differs, for people; empty when the same code is generated for both.</summary>
    /// <param name="before">The contents as they were.</param>
    /// <param name="now">The contents as they are.</param>
    public static string Describe(DatasetContents before, DatasetContents now)
    {
        var old = before.Tables.ToDictionary(table => table.File, StringComparer.Ordinal);
        var differences = new List<string>();
        foreach (var table in now.Tables)
        {
            if (!old.TryGetValue(table.File, out var was))
            {
                differences.Add($"{Named(table)} is new");
                continue;
            }

            old.Remove(table.File);
            differences.AddRange(Columns(was, table).Select(difference => table.File.Length == 0 ? difference : $"{table.File}: {difference}"));
        }

        differences.AddRange(old.Values.Select(table => $"{Named(table)} is gone"));
        var more = differences.Count > Shown ? $"; and {differences.Count - Shown} more" : "";
        return string.Join("; ", differences.Take(Shown)) + more;
    }

    private static IEnumerable<string> Columns(TableSchema before, TableSchema now)
    {
        // A name may stand twice in a header; then its first column counts, as it does for a reader.
        var old = before.Columns.GroupBy(column => column.Name, StringComparer.Ordinal).ToDictionary(columns => columns.Key, columns => columns.First(), StringComparer.Ordinal);
        foreach (var column in now.Columns.GroupBy(column => column.Name, StringComparer.Ordinal).Select(columns => columns.First()))
        {
            if (!old.TryGetValue(column.Name, out var was))
            {
                yield return $"added '{column.Name}' ({column.TypeName})";
            }
            else if (was.TypeName != column.TypeName)
            {
                yield return $"'{column.Name}' was {was.TypeName} and is {column.TypeName}";
            }

            old.Remove(column.Name);
        }

        foreach (var column in before.Columns.Where(column => old.Remove(column.Name)))
        {
            yield return $"removed '{column.Name}' ({column.TypeName})";
        }
    }

    private static string Named(TableSchema table) => table.File.Length == 0 ? "the table" : $"table {table.File}";
}
