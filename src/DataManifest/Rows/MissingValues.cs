namespace DataManifest.Rows;

/// <summary>The texts that stand for a missing value in a column of anything but text.</summary>
internal static class MissingValues
{
    /// <summary>Whether a value is missing: nothing, blanks, or one of the words for it.</summary>
    /// <param name="cell">The value's text.</param>
    public static bool Contains(ReadOnlySpan<char> cell) => cell.Trim(' ') switch
    {
        "" or "NA" or "N/A" or "n/a" or "NaN" or "nan" or "NAN" or "null" or "NULL" or "Null" or "None" or "#N/A" or "<NA>" => true,
        _ => false,
    };
}
