namespace DataManifest.Contents;

/// <summary>The types that values can have. A column has the first of them, in this order, that all its values have.</summary>
[Flags]
internal enum CellKinds
{
    None = 0,
    Boolean = 1,
    Int32 = 2,
    Int64 = 4,
    Double = 8,
    Date = 16,
    DateTime = 32,
    DateTimeOffset = 64,
    Time = 128,
    Text = 256,

    Numbers = Int32 | Int64 | Double,
    Times = Date | DateTime | DateTimeOffset | Time,
    All = Boolean | Numbers | Times | Text,
}
