using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A TOML date, time, or both.</summary>
/// <param name="kind">One of the four date and time kinds; it says which parts count.</param>
/// <param name="date">Year, month and day; midnight, 0001-01-01 for a local time.</param>
/// <param name="time">The time of day to the microsecond, the finest that the format's tools agree on; zero for a local date.</param>
/// <param name="offset">The offset from UTC, for an offset date-time.</param>
/// <param name="span">Where it is written.</param>
public sealed class TomlDateTime(TomlKind kind, DateTime date, TimeSpan time, TimeSpan offset, TextSpan span = default) : TomlValue(span)
{
    /// <inheritdoc/>
    public override TomlKind Kind { get; } = kind;

    /// <summary>Year, month and day.</summary>
    public DateTime Date { get; } = date;

    /// <summary>The time of day, to the microsecond.</summary>
    public TimeSpan Time { get; } = time;

    /// <summary>The offset from UTC; zero unless <see cref="Kind"/> is <see cref="TomlKind.OffsetDateTime"/>.</summary>
    public TimeSpan Offset { get; } = offset;
}
