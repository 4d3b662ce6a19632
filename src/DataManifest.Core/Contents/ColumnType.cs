using System.Diagnostics.CodeAnalysis;

namespace DataManifest.Contents;

/// <summary>The C# type that the values of a table's column have.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The types of .NET are what is named.")]
public enum ColumnType
{
    /// <summary><c>string</c>: what is nothing else.</summary>
    Text,

    /// <summary><c>bool</c>: <c>true</c> or <c>false</c>, in any case.</summary>
    Boolean,

    /// <summary><c>int</c>: a whole number without leading zeros.</summary>
    Int32,

    /// <summary><c>long</c>: a whole number, some of which no <c>int</c> holds.</summary>
    Int64,

    /// <summary><c>decimal</c>: a number that keeps its decimal places. Never inferred, only declared.</summary>
    Decimal,

    /// <summary><c>double</c>: a number with a decimal point or an exponent.</summary>
    Double,

    /// <summary><c>DateOnly</c>: <c>2023-05-06</c>.</summary>
    Date,

    /// <summary><c>DateTime</c>: <c>2023-05-06T07:08:09.5</c>, or with a blank in place of the T; of no kind.</summary>
    DateTime,

    /// <summary><c>DateTimeOffset</c>: the same with <c>Z</c> or <c>+02:00</c> behind it.</summary>
    DateTimeOffset,

    /// <summary><c>TimeOnly</c>: <c>07:08</c> or <c>07:08:09.5</c>.</summary>
    Time,
}
