using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Reads the four forms of TOML strings; line ends inside become LF, so that a checkout's line endings do not change values.</summary>
internal static class TomlStringReader
{
    /// <summary>Reads the string that begins at the cursor's quotation mark.</summary>
    /// <param name="cursor">Where to read; moved behind the closing quotes.</param>
    /// <returns>The text, with escapes resolved.</returns>
    /// <exception cref="TomlException">The string does not end, or contains what it must not.</exception>
    public static string Read(TomlCursor cursor)
    {
        var quote = cursor.Current;
        return cursor.AtTriple(quote) ? ReadMultiLine(cursor, quote) : ReadSingleLine(cursor, quote);
    }

    [MethodImpl(HotPath.CompiledWell)]
    private static string ReadSingleLine(TomlCursor cursor, char quote)
    {
        var text = cursor.Text;
        var opening = cursor.Position;
        var start = opening + 1;
        StringBuilder? builder = null;
        for (var i = start; ; i++)
        {
            while (i < text.Length && text[i] is >= ' ' and not ('\\' or '\x7f') && text[i] != quote)
            {
                i++;
            }

            if (i >= text.Length || cursor.NewlineLength(i) > 0)
            {
                throw cursor.Error($"The string is not closed: expected `{quote}` before {cursor.Describe(i)}.", opening, i);
            }

            var c = text[i];
            if (c == quote)
            {
                cursor.Position = i + 1;
                return builder is null ? text.Substring(start, i - start) : builder.Append(text, start, i - start).ToString();
            }

            if (c == '\\' && quote == '"')
            {
                builder = (builder ?? new StringBuilder()).Append(text, start, i - start);
                i = AppendEscape(cursor, i, builder) - 1;
                start = i + 1;
            }
            else if (TomlCursor.IsControl(c))
            {
                throw ControlError(cursor, i);
            }
        }
    }

    private static string ReadMultiLine(TomlCursor cursor, char quote)
    {
        var text = cursor.Text;
        var opening = cursor.Position;
        var start = opening + 3;
        start += cursor.NewlineLength(start);
        StringBuilder? builder = null;
        for (var i = start; ; i++)
        {
            if (i >= text.Length)
            {
                throw cursor.Error($"The multi-line string is not closed: expected `{new string(quote, 3)}` before the end of the file.", opening, opening + 3);
            }

            var c = text[i];
            if (c == quote && cursor.At(i + 1) == quote && cursor.At(i + 2) == quote)
            {
                // Up to two quotes may stand directly before the closing three.
                var end = i;
                while (end < i + 2 && cursor.At(end + 3) == quote)
                {
                    end++;
                }

                cursor.Position = end + 3;
                return builder is null ? text.Substring(start, end - start) : builder.Append(text, start, end - start).ToString();
            }

            if (c == '\\' && quote == '"')
            {
                builder = (builder ?? new StringBuilder()).Append(text, start, i - start);
                var continued = SkipLineContinuation(cursor, i);
                i = (continued > i ? continued : AppendEscape(cursor, i, builder)) - 1;
                start = i + 1;
            }
            else if (c == '\r' && cursor.At(i + 1) == '\n')
            {
                builder = (builder ?? new StringBuilder()).Append(text, start, i - start);
                start = i + 1;
            }
            else if (c != '\n' && TomlCursor.IsControl(c))
            {
                throw ControlError(cursor, i);
            }
        }
    }

    // A backslash that ends a line swallows all blanks and line ends up to the next other character.
    private static int SkipLineContinuation(TomlCursor cursor, int backslash)
    {
        var i = backslash + 1;
        while (cursor.At(i) is ' ' or '\t')
        {
            i++;
        }

        if (cursor.NewlineLength(i) == 0)
        {
            return backslash;
        }

        while (cursor.At(i) is ' ' or '\t' || cursor.NewlineLength(i) > 0)
        {
            i += Math.Max(1, cursor.NewlineLength(i));
        }

        return i;
    }

    private static int AppendEscape(TomlCursor cursor, int backslash, StringBuilder builder)
    {
        var c = cursor.At(backslash + 1);
        if (c is 'u' or 'U')
        {
            return AppendUnicode(cursor, backslash, c == 'u' ? 4 : 8, builder);
        }

        builder.Append(c switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'f' => '\f',
            'r' => '\r',
            '"' => '"',
            '\\' => '\\',
            _ => throw cursor.Error(
                $"A backslash must not be followed by {cursor.Describe(backslash + 1)}: write `\\\\` for a backslash, or use single quotes.",
                backslash,
                backslash + 2),
        });
        return backslash + 2;
    }

    private static int AppendUnicode(TomlCursor cursor, int backslash, int digits, StringBuilder builder)
    {
        var start = backslash + 2;
        var end = start;
        while (end < start + digits && Uri.IsHexDigit(cursor.At(end)))
        {
            end++;
        }

        if (end < start + digits)
        {
            throw cursor.Error($"`\\{cursor.At(backslash + 1)}` needs {digits} hexadecimal digits.", backslash, end);
        }

        var code = uint.Parse(cursor.Text.Substring(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (code is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            throw cursor.Error($"U+{code:X4} is not a Unicode character.", backslash, end);
        }

        builder.Append(char.ConvertFromUtf32((int)code));
        return end;
    }

    private static TomlException ControlError(TomlCursor cursor, int offset) =>
        cursor.Error($"A string must not contain {cursor.Describe(offset)}; write it as an escape in double quotes.", offset, offset + 1);
}
