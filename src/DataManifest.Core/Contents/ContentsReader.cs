using DataManifest.Toml;

namespace DataManifest.Contents;

/// <summary>
/// Reads what <see cref="ContentsWriter"/> writes. The text may come from anywhere, so a dataset of which a part is not as it is written is left out as a whole.
/// </summary>
public static class ContentsReader
{
    private const int MostColumns = 20_000;

    /// <summary>Reads contents; never throws for what the text says.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The datasets that can be read, the first of each name; none when the text is no TOML.</returns>
    public static IReadOnlyList<DatasetContents> Read(string text)
    {
        try
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            return TomlDocument.Parse(text).Root["dataset"] is TomlArray { Items: var items }
                ? [.. items.Select(ReadDataset).OfType<DatasetContents>().Where(dataset => names.Add(dataset.Name))]
                : [];
        }
        catch (TomlException)
        {
            return [];
        }
    }

    /// <summary>Reads one table, as generated code carries it.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="TomlException">It is no TOML.</exception>
    /// <exception cref="FormatException">It is no table.</exception>
    public static TableSchema ReadTable(string text) => ReadTable(TomlDocument.Parse(text).Root) ?? throw new FormatException("The text describes no table.");

    private static DatasetContents? ReadDataset(TomlValue item)
    {
        if (item is not TomlTable table || Text(table["name"]) is not { } name || Text(table["checksum"]) is not { } checksum || Text(table["recipe"]) is not { } recipe)
        {
            return null;
        }

        var files = List(table["files"], ReadFile);
        var tables = List(table["table"], ReadTable);
        var notes = List(table["notes"], Text);
        return files is null || tables is null || notes is null || HasDuplicates(files.Select(file => file.Path)) || HasDuplicates(tables.Select(one => one.File))
            ? null
            : new DatasetContents(name, checksum, recipe, files, (int)(Number(table["omitted_files"], int.MaxValue) ?? 0), tables, notes) { Size = Number(table["size"], long.MaxValue) };
    }

    private static ContentFile? ReadFile(TomlValue item) =>
        item is TomlArray { Items: { Count: 2 } parts } && Text(parts[0]) is { } text && IsInside(text) && Number(parts[1], long.MaxValue) is { } number ? new ContentFile(text, number) : null;

    private static TableSchema? ReadTable(TomlValue item)
    {
        if (item is not TomlTable table || Text(table["file"]) is not { } file || !(file.Length == 0 || IsInside(file))
            || Number(table["rows"], long.MaxValue) is not { } rows || List(table["columns"], ReadColumn) is not { Count: > 0 and <= MostColumns } columns)
        {
            return null;
        }

        var format = table["json_lines"] is TomlBoolean { Value: true } ? new TableFormat(IsJsonLines: true) : ReadFormat(table);
        return format is null || List(table["missing"], Text) is not { } missing ? null : new TableSchema(file, format with { Missing = missing }, rows, columns);
    }

    private static TableFormat? ReadFormat(TomlTable table) =>
        Text(table["delimiter"]) is { Length: 1 } delimiter && Text(table["comment"]) is { Length: <= 1 } comment && Number(table["skipped_lines"], int.MaxValue) is { } skipped
            && table["header"] is TomlBoolean header && table["quoted"] is TomlBoolean quoted
            ? new TableFormat(false, delimiter[0], header.Value, (int)skipped, comment.Length == 0 ? null : comment[0], quoted.Value, Text(table["encoding"]) == "latin1")
            : null;

    private static ColumnSchema? ReadColumn(TomlValue item) =>
        item is TomlArray { Items: { Count: 2 or 3 } parts } && Text(parts[0]) is { } name && Text(parts[1]) is { } typeName && ColumnTypeNames.Parse(typeName) is var (type, isNullable)
            && (parts.Count == 2 ? "" : Text(parts[2])) is { } property
            ? new ColumnSchema(name, type, isNullable, property)
            : null;

    private static List<T>? List<T>(TomlValue? value, Func<TomlValue, T?> read)
        where T : class
    {
        var found = new List<T>();
        foreach (var item in value is null ? [] : (value as TomlArray)?.Items ?? [value])
        {
            if (read(item) is not { } one)
            {
                return null;
            }

            found.Add(one);
        }

        return found;
    }

    private static bool HasDuplicates(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return !paths.All(seen.Add);
    }

    private static string? Text(TomlValue? value) => (value as TomlString)?.Value;

    private static long? Number(TomlValue? value, long most) => value is TomlInteger { Value: var number } && number >= 0 && number <= most ? (long)number : null;

    /// <summary>Whether a path stays in the folder that it belongs to; a program opens it.</summary>
    private static bool IsInside(string path) =>
        path.Length > 0 && path.IndexOfAny(['\0', '\\']) < 0 && !path.Split('/').Any(part => part is "" or "." or "..") && !(path.Length > 1 && path[1] == ':');
}
