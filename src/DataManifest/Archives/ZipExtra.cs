using static DataManifest.Archives.ArchiveFile;

namespace DataManifest.Archives;

/// <summary>The further fields of a zip entry.</summary>
/// <param name="bytes">Their bytes: for each a number, its length and its content.</param>
internal readonly ref struct ZipExtra(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The field with numbers of more than four bytes; empty when there is none.</summary>
    public ReadOnlySpan<byte> Large() => Find(1);

    /// <summary>The time of the last change in universal time; null when there is none.</summary>
    public DateTimeOffset? Modified() => Find(0x5455) is { Length: >= 5 } times && (times[0] & 1) != 0 ? DateTimeOffset.FromUnixTimeSeconds((int)U32(times, 1)) : null;

    /// <summary>A time as DOS wrote it, in the time of the place where the archive is unpacked; null when it is none.</summary>
    /// <param name="date">Year, month and day.</param>
    /// <param name="time">Hour, minute and half the second.</param>
    public static DateTimeOffset? DosTime(ushort date, ushort time)
    {
        var (year, month, day) = (1980 + (date >> 9), (date >> 5) & 15, date & 31);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && time >> 11 < 24 && ((time >> 5) & 63) < 60 && (time & 31) < 30
            ? new DateTimeOffset(new DateTime(year, month, day, time >> 11, (time >> 5) & 63, (time & 31) * 2, DateTimeKind.Local))
            : null;
    }

    private ReadOnlySpan<byte> Find(ushort id)
    {
        for (var rest = _bytes; rest.Length >= 4;)
        {
            var length = Math.Min(U16(rest, 2), rest.Length - 4);
            if (U16(rest, 0) == id)
            {
                return rest.Slice(4, length);
            }

            rest = rest[(4 + length)..];
        }

        return [];
    }
}
