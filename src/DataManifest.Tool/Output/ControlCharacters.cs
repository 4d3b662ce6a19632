using System.Globalization;
using System.Text;

namespace DataManifest.Tool.Output;

/// <summary>
/// Makes control characters visible. Names and addresses come from manifests that somebody else has written, and a terminal obeys what it is sent: it would be recoloured,
/// lines be overwritten, and text be turned round.
/// </summary>
internal static class ControlCharacters
{
    /// <summary>A text in which every control character is written as TOML would write it: <c>\n</c>, <c>\u001B</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepLines">Whether line ends and tabs stay, because the text is of several lines.</param>
    public static string MakeVisible(string text, bool keepLines = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsActive(text[i], keepLines))
            {
                return Rewrite(text, i, keepLines);
            }
        }

        return text;
    }

    private static string Rewrite(string text, int first, bool keepLines)
    {
        var visible = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (var c in text.AsSpan(first))
        {
            _ = c switch
            {
                _ when !IsActive(c, keepLines) => visible.Append(c),
                '\n' => visible.Append(@"\n"),
                '\r' => visible.Append(@"\r"),
                '\t' => visible.Append(@"\t"),
                _ => visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
            };
        }

        return visible.ToString();
    }

    // Besides the control characters those that change the direction of writing, with which a text can be made to look like another.
    private static bool IsActive(char c, bool keepLines) => c switch
    {
        '\n' or '\t' => !keepLines,
        < ' ' or (>= '\u007f' and <= '\u009f') => true,
        '\u061c' or '\u200e' or '\u200f' or '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => true,
        _ => false,
    };
}
