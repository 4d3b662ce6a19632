namespace DataManifest.Tool.Output;

/// <summary>A text that may go to a terminal as it is: what comes from elsewhere has lost its control characters, and the colours and links in it are the tool's own.</summary>
internal readonly struct StyledText
{
    private readonly string _text;

    private StyledText(string text) => _text = text;

    /// <summary>A text from elsewhere, in which control characters are made visible.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator StyledText(string text) => new(ControlCharacters.MakeVisible(text));

    /// <summary>A text between two sequences of the terminal.</summary>
    /// <param name="start">The sequence before it.</param>
    /// <param name="text">The text.</param>
    /// <param name="end">The sequence behind it.</param>
    public static StyledText Between(string start, StyledText text, string end) => new(start + text._text + end);

    /// <summary>The text with the sequences in it.</summary>
    public override string ToString() => _text;
}
