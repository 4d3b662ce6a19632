using System.Globalization;
using System.Numerics;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Turns one word into an integer or a float (TOML 1.0, "Integer", "Float").</summary>
internal static class TomlNumberReader
{
    /// <summary>The longest integer that is read, in digits: converting longer ones takes time that grows with the square of their length.</summary>
    public const int MaxDigits = 4300;

    // Every number of so many decimal digits fits into a long.
    private const int CheapDigits = 18;

    /// <summary>Reads a word as a number.</summary>
    /// <param name="cursor">For errors.</param>
    /// <param name="span">The word.</param>
    /// <exception cref="TomlException">The word is no number of TOML.</exception>
    public static TomlValue Read(TomlCursor cursor, TextSpan span)
    {
        var text = cursor.Text;
        var start = span.Start;
        var signed = text[start] is '+' or '-';
        var digits = signed ? start + 1 : start;
        if (IsWord(cursor, digits, span.End, "inf"))
        {
            return new TomlFloat(text[start] == '-' ? double.NegativeInfinity : double.PositiveInfinity, span);
        }

        if (IsWord(cursor, digits, span.End, "nan"))
        {
            return new TomlFloat(double.NaN, span);
        }

        if (cursor.At(digits) == '0' && digits + 1 < span.End && text[digits + 1] is 'x' or 'o' or 'b')
        {
            return signed ? throw cursor.Error("A hexadecimal, octal or binary number has no sign.", span) : ReadPrefixed(cursor, span);
        }

        var position = SkipDigits(cursor, digits, span);
        if (position > digits + 1 && text[digits] == '0')
        {
            throw cursor.Error($"The number `{span.Of(text)}` must not begin with a zero.", span);
        }

        return position == span.End ? ReadInteger(cursor, span, digits) : ReadFloat(cursor, span, position);
    }

    private static TomlInteger ReadInteger(TomlCursor cursor, TextSpan span, int digits)
    {
        var text = cursor.Text;
        var negative = text[span.Start] == '-';
        if (span.End - digits <= CheapDigits)
        {
            long number = 0;
            for (var i = digits; i < span.End; i++)
            {
                number = text[i] == '_' ? number : (number * 10) + (text[i] - '0');
            }

            return new TomlInteger(negative ? -number : number, span);
        }

        var plain = CheckLength(cursor, span, text.Substring(digits, span.End - digits).Replace("_", ""));
        var value = BigInteger.Parse(plain, NumberStyles.None, CultureInfo.InvariantCulture);
        return new TomlInteger(negative ? -value : value, span);
    }

    private static TomlInteger ReadPrefixed(TomlCursor cursor, TextSpan span)
    {
        var text = cursor.Text;
        var bits = text[span.Start + 1] switch { 'x' => 4, 'o' => 3, _ => 1 };
        for (var i = span.Start + 2; i <= span.End; i++)
        {
            var c = i < span.End ? text[i] : '_';
            var isDigit = DigitValue(c) < 1 << bits;
            if (!isDigit && (c != '_' || i == span.Start + 2 || text[i - 1] == '_'))
            {
                throw NoNumber(cursor, span);
            }
        }

        var value = BigInteger.Zero;
        foreach (var c in CheckLength(cursor, span, text.Substring(span.Start + 2, span.Length - 2).Replace("_", "")))
        {
            value = (value << bits) + DigitValue(c);
        }

        return new TomlInteger(value, span);
    }

    private static TomlFloat ReadFloat(TomlCursor cursor, TextSpan span, int position)
    {
        var text = cursor.Text;
        if (text[position] == '.')
        {
            position = SkipDigits(cursor, position + 1, span);
        }

        if (position < span.End && text[position] is 'e' or 'E')
        {
            position++;
            position = SkipDigits(cursor, cursor.At(position) is '+' or '-' ? position + 1 : position, span);
        }

        return position < span.End
            ? throw NoNumber(cursor, span)
            : new TomlFloat(Parse(span.Of(text).Replace("_", "")), span);
    }

    // .NET Framework, where editors may run this, throws for numbers that round to infinity.
    private static double Parse(string number)
    {
        try
        {
            return double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return number[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }
    }

    // One digit or more; an underscore must stand between two of them.
    private static int SkipDigits(TomlCursor cursor, int start, TextSpan span)
    {
        var text = cursor.Text;
        var i = start;
        while (i < span.End && (IsDigit(text[i]) || (text[i] == '_' && i > start && IsDigit(text[i - 1]) && IsDigit(cursor.At(i + 1)))))
        {
            i++;
        }

        return i > start ? i : throw NoNumber(cursor, span);
    }

    private static string CheckLength(TomlCursor cursor, TextSpan span, string digits) => digits.Length <= MaxDigits
        ? digits
        : throw cursor.Error($"An integer can have {MaxDigits} digits at most; this one has {digits.Length}.", span);

    private static TomlException NoNumber(TomlCursor cursor, TextSpan span) =>
        cursor.Error($"`{Shorten(span.Of(cursor.Text))}` is not a valid number or date; a string needs quotes.", span);

    private static string Shorten(string word) => word.Length <= 40 ? word : word.Substring(0, 40) + "…";

    private static bool IsWord(TomlCursor cursor, int start, int end, string word) =>
        end - start == word.Length && string.CompareOrdinal(cursor.Text, start, word, 0, word.Length) == 0;

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static int DigitValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => int.MaxValue,
    };
}
