namespace DataManifest.Contents;

/// <summary>How the text of a table is to be read.</summary>
/// <param name="IsJsonLines">Whether each line is a JSON object; otherwise values stand between delimiters, and the rest of this counts.</param>
/// <param name="Delimiter">What stands between values.</param>
/// <param name="HasHeader">Whether the first row has the columns' names.</param>
/// <param name="SkippedLines">How many lines in front of everything else are no part of the table.</param>
/// <param name="Comment">What a line begins with that is none of the table; null when every line is.</param>
/// <param name="IsQuoted">Whether values may stand in double quotes, a double quote in them doubled.</param>
/// <param name="IsLatin1">Whether bytes are ISO 8859-1 characters. Otherwise they are UTF-8, or what a byte order mark says.</param>
public sealed record TableFormat(
    bool IsJsonLines = false, char Delimiter = ',', bool HasHeader = true, int SkippedLines = 0, char? Comment = null, bool IsQuoted = true, bool IsLatin1 = false)
{
    /// <summary>Texts that stand for a missing value, besides those that always do.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
