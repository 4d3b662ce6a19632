using DataManifest.Rows;

namespace DataManifest.Contents;

/// <summary>Finds out from the beginning of a text how it is delimited, and where the table begins.</summary>
/// <param name="declared">What the manifest says, which is not found out.</param>
internal sealed class DelimitedSniffer(TableDeclaration declared)
{
    private const int SampleChars = 64 * 1024;
    private const int SampleLines = 100;

    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    /// <summary>The names in the last line of a leading comment, when they are the header.</summary>
    public IReadOnlyList<string> CommentedHeader { get; private set; } = [];

    /// <summary>Looks at a text.</summary>
    /// <param name="text">The text, from its beginning.</param>
    /// <param name="isTabs">Whether the file's name says that tabs are between the values.</param>
    /// <returns>How to read it, whether there is a header left open; null when it is no text.</returns>
    public TableFormat? Sniff(TextReader text, bool isTabs)
    {
        var buffer = new char[SampleChars];
        var length = text.ReadBlock(buffer);
        var sample = buffer.AsSpan(0, length);
        if (sample.Contains('\0'))
        {
            return null;
        }

        List<string> lines = [.. Lines(sample, isWhole: length < SampleChars)];
        var skipped = Preamble(lines);
        var comment = declared.Comment is { } own ? own.FirstOrDefault() : '#';
        var comments = comment == '\0' ? 0 : lines.Skip(skipped).TakeWhile(line => line.Length == 0 || line[0] == comment).Count();
        var hasComments = declared.Comment is { Length: 1 } || lines.Skip(skipped).Take(comments).Any(line => line.Length > 0);
        List<string> table = [.. lines.Skip(skipped + (hasComments ? comments : 0)).Where(line => line.Length > 0 && !(hasComments && line[0] == comment)).Take(SampleLines)];
        var delimiter = declared.Delimiter ?? (isTabs ? '\t' : Delimiters.MaxBy(candidate => Score(table, candidate)));
        var isQuoted = declared.IsQuoted ?? (delimiter != '\t' || table.Any(line => line.Split(delimiter).Any(cell => cell is ['"', .., '"'])));
        if (hasComments && comments > 0 && declared.HasHeader is null && declared.Names.Count == 0)
        {
            CommentedHeader = HeaderIn(lines[skipped + comments - 1], table, delimiter);
        }

        // Lines of a preamble are skipped by their number, since a quote in them would reach into the table.
        return new TableFormat(
            Delimiter: delimiter, HasHeader: declared.HasHeader ?? CommentedHeader.Count == 0, SkippedLines: hasComments ? skipped + comments : skipped, Comment: hasComments ? comment : null,
            IsQuoted: isQuoted)
        {
            Missing = declared.Missing,
        };
    }

    private static List<string> Lines(ReadOnlySpan<char> sample, bool isWhole)
    {
        List<string> lines = [.. sample.ToString().Split(["\r\n", "\n", "\r"], StringSplitOptions.None)];
        return isWhole || lines.Count == 1 ? lines : lines[..^1];
    }

    /// <summary>The lines of a description in front, as <c>/* … */</c>.</summary>
    private static int Preamble(List<string> lines)
    {
        if (!lines[0].StartsWith("/*", StringComparison.Ordinal))
        {
            return 0;
        }

        return lines.FindIndex(line => line.TrimEnd().EndsWith("*/", StringComparison.Ordinal)) + 1;
    }

    /// <summary>How many lines have one and the same number of values, if it is more than one; a delimiter with which all have counts most.</summary>
    private static int Score(List<string> lines, char delimiter)
    {
        var most = lines.Select(line => CountOf(line, delimiter)).GroupBy(count => count).Where(group => group.Key > 1).OrderByDescending(group => group.Count()).FirstOrDefault();
        return most is null ? 0 : (most.Count() * 1000) + Math.Min(most.Key, 999);
    }

    private static int CountOf(string line, char delimiter)
    {
        var count = 1;
        var isInQuotes = false;
        foreach (var c in line)
        {
            isInQuotes ^= c == '"';
            count += c == delimiter && !isInQuotes ? 1 : 0;
        }

        return count;
    }

    private static string[] HeaderIn(string line, List<string> table, char delimiter)
    {
        var names = line.TrimStart('#', ' ').Split(delimiter);
        var first = table.Count == 0 ? [] : table[0].Split(delimiter);
        return names.Length > 1 && names.Length == first.Length && !names.Any(IsTyped) && first.Any(IsTyped) ? [.. names.Select(name => name.Trim())] : [];
    }

    private static bool IsTyped(string cell) => (CellRules.KindsOf(cell.Trim(), CellKinds.All) & ~CellKinds.Text) != 0;
}
