namespace DataManifest.Toml;

/// <summary>
/// Makes a text that is no TOML for the moment, because somebody is writing it, one that can be read: what is broken becomes blanks. For editors, which
/// should not lose every dataset over one line; whatever acts on a manifest must refuse the text instead.
/// </summary>
public static class TomlRecovery
{
    /// <summary>How often a text is read again; each time costs as much as reading it, and more than a few broken places are no work in progress.</summary>
    private const int MaxAttempts = 16;

    /// <summary>The text with blanks for its broken statements. A broken header takes its table along, whose pairs would land in the table above.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A TOML text of the same length and with the same lines, as far as its broken places are few; empty otherwise.</returns>
    public static string Blank(string text)
    {
        var result = text.ToCharArray();
        for (var attempt = 0; attempt <= MaxAttempts; attempt++)
        {
            var current = new string(result);
            try
            {
                TomlReader.Read(current);
                return current;
            }
            catch (TomlException e)
            {
                var statement = LineStart(current, e.StatementStart);
                var broken = LineStart(current, Math.Min(e.Span.Start, current.Length));
                var isOpenList = statement < broken && IsHeader(current, broken);
                var (start, end) =
                    attempt == MaxAttempts - 1 ? (statement, current.Length)
                    : isOpenList ? (statement, broken)
                    : (broken, EndOfBroken(current, broken));
                Fill(result, start, end);
            }
        }

        return "";
    }

    private static int LineStart(string text, int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;

    private static int LineEnd(string text, int offset) => text.IndexOf('\n', offset) is >= 0 and var end ? end : text.Length;

    private static int EndOfBroken(string text, int start)
    {
        var end = LineEnd(text, start);
        if (!IsHeader(text, start))
        {
            return end;
        }

        while (end < text.Length && !IsHeader(text, end + 1))
        {
            end = LineEnd(text, end + 1);
        }

        return end;
    }

    private static bool IsHeader(string text, int start)
    {
        while (start < text.Length && text[start] is ' ' or '\t' or '\ufeff')
        {
            start++;
        }

        return start < text.Length && text[start] == '[';
    }

    private static void Fill(char[] text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            text[i] = text[i] is '\n' ? '\n' : ' ';
        }
    }
}
