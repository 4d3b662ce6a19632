using System.Globalization;
using System.Text;
using DataManifest.Toml;

namespace DataManifest.Contents;

/// <summary>Writes what datasets contain as one text, the same for the same contents: TOML with LF, one line per file and column.</summary>
public static class ContentsWriter
{
    private const string Head = """
        # What the datasets contain, found out when they were fetched. Generated code has its files and columns from here.
        # Written by DataManifest; edits are lost.

        """;

    /// <summary>Writes contents.</summary>
    /// <param name="datasets">The datasets, in any order; they are written in ordinal order of their names.</param>
    public static string Write(IEnumerable<DatasetContents> datasets)
    {
        var text = new StringBuilder(Head.Replace("\r\n", "\n"));
        foreach (var dataset in datasets.OrderBy(dataset => dataset.Name, StringComparer.Ordinal))
        {
            Write(text, dataset);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, DatasetContents dataset)
    {
        text.Append("\n[[dataset]]\n");
        Line(text, "name", dataset.Name);
        Line(text, "checksum", dataset.Checksum);
        Line(text, "recipe", dataset.Recipe);
        if (dataset.Size is { } size)
        {
            Line(text, "size", size);
        }

        foreach (var (key, rows) in new[] { ("notes", dataset.Notes.Select(TomlFormat.BasicString)), ("files", dataset.Files.Select(file => $"[{TomlFormat.BasicString(file.Path)}, {Number(file.Length)}]")) })
        {
            List(text, key, rows);
        }

        if (dataset.OmittedFiles > 0)
        {
            Line(text, "omitted_files", dataset.OmittedFiles);
        }

        foreach (var table in dataset.Tables)
        {
            text.Append("\n[[dataset.table]]\n");
            Write(text, table);
        }
    }

    /// <summary>Writes one table, as generated code carries it.</summary>
    /// <param name="table">The table.</param>
    public static string Write(TableSchema table)
    {
        var text = new StringBuilder();
        Write(text, table);
        return text.ToString();
    }

    private static void Write(StringBuilder text, TableSchema table)
    {
        var format = table.Format;
        Line(text, "file", table.File);
        if (format.IsJsonLines)
        {
            text.Append("json_lines = true\n");
        }
        else
        {
            Line(text, "delimiter", format.Delimiter.ToString());
            Line(text, "comment", format.Comment?.ToString() ?? "");
            Line(text, "skipped_lines", format.SkippedLines);
            text.Append(format.HasHeader ? "header = true\n" : "header = false\n");
            text.Append(format.IsQuoted ? "quoted = true\n" : "quoted = false\n");
            text.Append(format.IsLatin1 ? "encoding = \"latin1\"\n" : "");
        }

        List(text, "missing", format.Missing.Select(TomlFormat.BasicString));
        Line(text, "rows", table.Rows);
        List(text, "columns", table.Columns.Select(column =>
            $"[{TomlFormat.BasicString(column.Name)}, {TomlFormat.BasicString(column.TypeName)}{(column.Property.Length > 0 ? ", " + TomlFormat.BasicString(column.Property) : "")}]"));
    }

    private static void List(StringBuilder text, string key, IEnumerable<string> items)
    {
        var isEmpty = true;
        foreach (var item in items)
        {
            text.Append(isEmpty ? $"{key} = [\n" : "").Append("    ").Append(item).Append(",\n");
            isEmpty = false;
        }

        text.Append(isEmpty ? "" : "]\n");
    }

    private static void Line(StringBuilder text, string key, string value) => text.Append(key).Append(" = ").Append(TomlFormat.BasicString(value)).Append('\n');

    private static void Line(StringBuilder text, string key, long value) => text.Append(key).Append(" = ").Append(Number(value)).Append('\n');

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
