using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Turns one word into a date, a time or both (TOML 1.0, "Offset Date-Time" to "Local Time"); seconds are required.</summary>
internal static class TomlDateTimeReader
{
    private const int DateLength = 10;

    /// <summary>Whether a word looks like a date.</summary>
    /// <param name="cursor">The text.</param>
    /// <param name="span">The word.</param>
    public static bool IsDate(TomlCursor cursor, TextSpan span) =>
        span.Length >= DateLength && cursor.At(span.Start + 4) == '-' && cursor.At(span.Start + 7) == '-';

    /// <summary>Whether a word looks like a time of day.</summary>
    /// <param name="cursor">The text.</param>
    /// <param name="span">The word.</param>
    public static bool IsTime(TomlCursor cursor, TextSpan span) => span.Length >= 3 && cursor.At(span.Start + 2) == ':';

    /// <summary>Reads a word that looks like a date or a time.</summary>
    /// <param name="cursor">The text, and errors.</param>
    /// <param name="span">The word; with the time behind the blank if there is one.</param>
    /// <exception cref="TomlException">It is malformed, or no such date or time exists.</exception>
    public static TomlDateTime Read(TomlCursor cursor, TextSpan span)
    {
        var position = span.Start;
        if (IsTime(cursor, span))
        {
            var timeOnly = ReadTime(cursor, span, ref position);
            return position == span.End ? new TomlDateTime(TomlKind.LocalTime, DateTime.MinValue, timeOnly, TimeSpan.Zero, span) : throw Malformed(cursor, span);
        }

        var year = Number(cursor, span, ref position, 4);
        position++;
        var month = Number(cursor, span, ref position, 2);
        position++;
        var day = Number(cursor, span, ref position, 2);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            throw cursor.Error($"There is no date `{cursor.Text.Substring(span.Start, DateLength)}`.", span);
        }

        var date = new DateTime(year, month, day);
        if (position == span.End)
        {
            return new TomlDateTime(TomlKind.LocalDate, date, TimeSpan.Zero, TimeSpan.Zero, span);
        }

        if (cursor.At(position++) is not ('T' or 't' or ' '))
        {
            throw Malformed(cursor, span);
        }

        var time = ReadTime(cursor, span, ref position);
        if (position == span.End)
        {
            return new TomlDateTime(TomlKind.LocalDateTime, date, time, TimeSpan.Zero, span);
        }

        var offset = ReadOffset(cursor, span, ref position);
        return position == span.End ? new TomlDateTime(TomlKind.OffsetDateTime, date, time, offset, span) : throw Malformed(cursor, span);
    }

    private static TimeSpan ReadTime(TomlCursor cursor, TextSpan span, ref int position)
    {
        var hour = Number(cursor, span, ref position, 2);
        Colon(cursor, span, ref position);
        var minute = Number(cursor, span, ref position, 2);
        Colon(cursor, span, ref position);
        var second = Number(cursor, span, ref position, 2);
        if (hour > 23 || minute > 59 || second > 59)
        {
            throw cursor.Error($"There is no time of day {hour:00}:{minute:00}:{second:00}.", span);
        }

        var ticks = new TimeSpan(hour, minute, second).Ticks;
        if (position < span.End && cursor.At(position) == '.')
        {
            ticks += ReadMicroseconds(cursor, span, ref position) * (TimeSpan.TicksPerMillisecond / 1000);
        }

        return new TimeSpan(ticks);
    }

    private static long ReadMicroseconds(TomlCursor cursor, TextSpan span, ref int position)
    {
        var start = ++position;
        long microseconds = 0;
        for (; position < span.End && IsDigit(cursor.At(position)); position++)
        {
            microseconds = position < start + 6 ? (microseconds * 10) + (cursor.At(position) - '0') : microseconds;
        }

        for (var missing = start + 6 - position; missing > 0; missing--)
        {
            microseconds *= 10;
        }

        return position > start ? microseconds : throw Malformed(cursor, span);
    }

    private static TimeSpan ReadOffset(TomlCursor cursor, TextSpan span, ref int position)
    {
        var sign = cursor.At(position++);
        if (sign is 'Z' or 'z')
        {
            return TimeSpan.Zero;
        }

        if (sign is not ('+' or '-'))
        {
            throw Malformed(cursor, span);
        }

        var hours = Number(cursor, span, ref position, 2);
        Colon(cursor, span, ref position);
        var minutes = Number(cursor, span, ref position, 2);
        if (hours > 23 || minutes > 59)
        {
            throw cursor.Error($"There is no offset {sign}{hours:00}:{minutes:00}.", span);
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return sign == '-' ? -offset : offset;
    }

    private static int Number(TomlCursor cursor, TextSpan span, ref int position, int digits)
    {
        var number = 0;
        for (var end = position + digits; position < end; position++)
        {
            var c = position < span.End ? cursor.At(position) : TomlCursor.End;
            number = IsDigit(c) ? (number * 10) + (c - '0') : throw Malformed(cursor, span);
        }

        return number;
    }

    private static void Colon(TomlCursor cursor, TextSpan span, ref int position)
    {
        if (position >= span.End || cursor.At(position++) != ':')
        {
            throw Malformed(cursor, span);
        }
    }

    private static TomlException Malformed(TomlCursor cursor, TextSpan span) => cursor.Error(
        $"`{(span.Length <= 60 ? span.Of(cursor.Text) : new TextSpan(span.Start, 60).Of(cursor.Text) + "…")}` is not a date or time; write 2024-01-31, 23:59:59 or 2024-01-31T23:59:59Z.",
        span);

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
