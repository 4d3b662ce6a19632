using System.Diagnostics.CodeAnalysis;

namespace DataManifest.Toml;

/// <summary>The types of TOML 1.0.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are the specification's own names of the types.")]
public enum TomlKind
{
    /// <summary>A string.</summary>
    String,

    /// <summary>An integer of any size.</summary>
    Integer,

    /// <summary>A binary64 floating-point number, infinities and NaN included.</summary>
    Float,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A date and time with an offset from UTC.</summary>
    OffsetDateTime,

    /// <summary>A date and time without an offset.</summary>
    LocalDateTime,

    /// <summary>A calendar date.</summary>
    LocalDate,

    /// <summary>A time of day.</summary>
    LocalTime,

    /// <summary>An array, written <c>[…]</c> or as <c>[[tables]]</c>.</summary>
    Array,

    /// <summary>A table, written under a header, through dotted keys, or inline.</summary>
    Table,
}
