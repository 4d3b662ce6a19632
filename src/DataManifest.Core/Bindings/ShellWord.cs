namespace DataManifest.Bindings;

/// <summary>One word of a command template, taken apart where its quotes begin and end.</summary>
/// <param name="Parts">The parts in order, quotes and escapes resolved; a variable never reaches from one into the next.</param>
internal sealed record ShellWord(IReadOnlyList<ShellWordPart> Parts)
{
    /// <summary>Whether any part is quoted, which keeps a word even when nothing is in it.</summary>
    public bool IsQuoted => Parts.Any(part => part.IsQuoted);
}

/// <summary>A part of a word.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsQuoted">Whether it was in quotes.</param>
internal readonly record struct ShellWordPart(string Text, bool IsQuoted);
