using System.Text;

namespace DataManifest.Catalogs.Repositories;

/// <summary>
/// The text table of a PANGAEA dataset: a comment, a line of column names, rows. Where the first column is <c>Binary</c> and one is <c>Binary (Hash)</c>, the rows
/// are files and their MD5 digests; otherwise they are the data.
/// </summary>
internal static class PangaeaFileList
{
    private const string NameColumn = "Binary";
    private const string HashColumn = "Binary (Hash)";

    /// <summary>Whether the beginning of a table shows that its rows are data, so that the rest need not be read.</summary>
    /// <param name="start">The beginning.</param>
    public static bool IsData(ReadOnlySpan<byte> start)
    {
        var text = Encoding.UTF8.GetString(start);
        var lines = Lines(text[..(text.LastIndexOf('\n') + 1)]);
        return lines is [var columns, ..] && !IsList(columns);
    }

    /// <summary>Reads the files of a list.</summary>
    /// <param name="table">The table.</param>
    /// <param name="id">The dataset's number, for the files' addresses.</param>
    /// <returns>The files; null when the rows are data.</returns>
    public static IReadOnlyList<RepositoryFile>? Read(ReadOnlySpan<byte> table, string id)
    {
        var lines = Lines(Encoding.UTF8.GetString(table));
        if (lines is not [var header, .. var rows] || !IsList(header))
        {
            return null;
        }

        var columns = Columns(header);
        var (name, hash) = (columns.IndexOf(NameColumn), columns.IndexOf(HashColumn));
        var files = new List<RepositoryFile>();
        foreach (var row in rows.Select(row => row.Split('\t')).Where(row => row.Length > Math.Max(name, hash)))
        {
            var (file, md5) = (row[name].Trim(), row[hash].Trim());
            if (file.Length > 0)
            {
                var path = string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
                files.Add(new RepositoryFile(file, $"https://download.pangaea.de/dataset/{id}/files/{path}", md5.Length == 0 ? "" : $"md5:{md5}"));
            }
        }

        return files;
    }

    /// <summary>The lines behind the comment: the column names and the rows; none where the comment does not end.</summary>
    private static List<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r'));
        var isComment = false;
        var isBehind = false;
        var result = new List<string>();
        foreach (var line in lines)
        {
            if (isBehind)
            {
                result.Add(line);
            }
            else if (isComment || line.TrimStart().StartsWith("/*", StringComparison.Ordinal))
            {
                isComment = !line.TrimEnd().EndsWith("*/", StringComparison.Ordinal);
            }
            else
            {
                isBehind = true;
                result.Add(line);
            }
        }

        return result;
    }

    private static bool IsList(string header) => Columns(header) is [NameColumn, ..] and var columns && columns.Contains(HashColumn);

    private static List<string> Columns(string header) => [.. header.Split('\t').Select(column => column.Trim())];
}
