using System.Globalization;

namespace DataManifest.Rows;

/// <summary>Turns the text of one value into its type, the same on every machine: whatever the culture, and only what is written in full.</summary>
internal static class CellParser
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    public static bool TryParse(ReadOnlySpan<char> cell, out int value) => int.TryParse(cell, Whole, CultureInfo.InvariantCulture, out value);

    public static bool TryParse(ReadOnlySpan<char> cell, out long value) => long.TryParse(cell, Whole, CultureInfo.InvariantCulture, out value);

    public static bool TryParse(ReadOnlySpan<char> cell, out decimal value) => decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a number; also <c>inf</c>, as C, Python and R write what .NET writes as <c>Infinity</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || TryInfinity(cell.Trim(' '), out value);

    public static bool TryParse(ReadOnlySpan<char> cell, out bool value) => bool.TryParse(cell, out value);

    /// <summary>Reads <c>yyyy-MM-dd</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out DateOnly value)
    {
        cell = cell.Trim(' ');
        value = default;
        if (cell.Length != 10 || cell[4] != '-' || cell[7] != '-' || Digits(cell[..4]) is not (>= 1 and var year) || Digits(cell[5..7]) is not (>= 1 and <= 12 and var month)
            || Digits(cell[8..]) is not (>= 1 and var day) || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        value = new DateOnly(year, month, day);
        return true;
    }

    /// <summary>Reads <c>HH:mm</c>, <c>HH:mm:ss</c>, and that with up to seven decimal places.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out TimeOnly value)
    {
        cell = cell.Trim(' ');
        value = default;
        if (cell.Length < 5 || cell[2] != ':' || Digits(cell[..2]) is not (>= 0 and <= 23 and var hour) || Digits(cell[3..5]) is not (>= 0 and <= 59 and var minute))
        {
            return false;
        }

        var second = 0;
        var ticks = 0;
        if (cell.Length > 5)
        {
            if (cell.Length < 8 || cell[5] != ':' || (second = Digits(cell[6..8])) is not (>= 0 and <= 59))
            {
                return false;
            }

            if (cell.Length > 8)
            {
                if (cell[8] != '.' || cell.Length is < 10 or > 16 || (ticks = Digits(cell[9..])) < 0)
                {
                    return false;
                }

                for (var places = cell.Length - 9; places < 7; places++)
                {
                    ticks *= 10;
                }
            }
        }

        value = new TimeOnly((((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + ticks);
        return true;
    }

    /// <summary>Reads a date, a T or a blank, and a time.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out DateTime value)
    {
        cell = cell.Trim(' ');
        if (TryParse(cell, out DateOnly day))
        {
            value = day.ToDateTime(default);
            return true;
        }

        if (cell.Length < 16 || cell[10] is not ('T' or ' ') || !TryParse(cell[..10], out day) || !TryParse(cell[11..], out TimeOnly time) || cell[11] == ' ')
        {
            value = default;
            return false;
        }

        value = day.ToDateTime(time);
        return true;
    }

    /// <summary>Reads a date and a time with <c>Z</c>, <c>+hh:mm</c>, <c>+hhmm</c> or <c>+hh</c> behind them.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out DateTimeOffset value)
    {
        cell = cell.Trim(' ');
        value = default;
        var sign = cell.Length < 17 ? -1 : cell[11..].IndexOfAny('Z', '+', '-') + 11;
        if (sign < 16 || !TryParse(cell[..sign], out DateTime local) || Offset(cell[sign..]) is not { } offset)
        {
            return false;
        }

        if (local.Ticks - offset.Ticks is < 0 or > 3155378975999999999)
        {
            return false; // In the first or the last hours of all years there is no such moment.
        }

        value = new DateTimeOffset(local, offset);
        return true;
    }

    private static TimeSpan? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z")
        {
            return TimeSpan.Zero;
        }

        var minutes = text.Length switch { 3 => 0, 5 => Digits(text[3..]), 6 when text[3] == ':' => Digits(text[4..]), _ => -1 };
        return text[0] != 'Z' && minutes is >= 0 and <= 59 && Digits(text[1..3]) is >= 0 and <= 13 and var hours
            ? (text[0] == '-' ? -1 : 1) * new TimeSpan(hours, minutes, 0)
            : null;
    }

    private static bool TryInfinity(ReadOnlySpan<char> cell, out double value)
    {
        value = cell is ['-', ..] ? double.NegativeInfinity : double.PositiveInfinity;
        return (cell is ['-' or '+', ..] ? cell[1..] : cell) is "inf" or "Inf" or "INF";
    }

    /// <summary>The number that is written with decimal digits alone; -1 when anything else is there.</summary>
    private static int Digits(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }
}
