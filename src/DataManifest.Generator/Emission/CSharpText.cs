using System.Globalization;
using System.Text;

namespace DataManifest.Generator.Emission;

/// <summary>Writes texts that others chose into C# code so that they stay texts.</summary>
internal static class CSharpText
{
    /// <summary>
    /// A string literal for every language version. Only letters and digits stand for themselves beside plain ASCII: invisible characters and those
    /// that change the direction of writing must not hide what the code says.
    /// </summary>
    /// <param name="text">The string's value; half surrogates are kept.</param>
    public static string Literal(string text)
    {
        var result = new StringBuilder(text.Length + 16).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when c is >= ' ' and <= '~' || char.IsLetterOrDigit(c) => result.Append(c),
                _ => result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        return result.Append('"').ToString();
    }

    /// <summary>
    /// The lines of a text as XML, for a documentation comment. Control characters, halves of surrogate pairs and characters that change the
    /// direction of writing become U+FFFD; every kind of line end, those of C# and of Unicode, ends a line.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static IEnumerable<string> XmlLines(string text)
    {
        var line = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' or '\v' or '\f')
            {
                if (line.ToString().Trim() is { Length: > 0 } full)
                {
                    yield return full;
                }

                line.Clear();
                continue;
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                line.Append(c).Append(text[++i]);
                continue;
            }

            _ = c switch
            {
                '&' => line.Append("&amp;"),
                '<' => line.Append("&lt;"),
                '>' => line.Append("&gt;"),
                '"' => line.Append("&quot;"),
                '\t' => line.Append(' '),
                _ => line.Append(IsSafe(c) ? c : '\ufffd'),
            };
        }

        if (line.ToString().Trim() is { Length: > 0 } last)
        {
            yield return last;
        }
    }

    /// <summary>A text as XML on one line, also good for an attribute's value.</summary>
    /// <param name="text">Any text.</param>
    public static string Xml(string text) => string.Join(" ", XmlLines(text));

    private static bool IsSafe(char c) => c is not ('\ufffe' or '\uffff') && CharUnicodeInfo.GetUnicodeCategory(c)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate);
}
