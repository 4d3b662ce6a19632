namespace DataManifest.Tool.Output;

/// <summary>Colours and links of single words, for terminals only: without one, every text stays as it is.</summary>
/// <param name="isOn">Whether the text goes to a terminal.</param>
internal readonly struct Style(bool isOn)
{
    /// <summary>A heading.</summary>
    public StyledText Bold(StyledText text) => Wrap("1", text);

    /// <summary>Something that matters less.</summary>
    public StyledText Dim(StyledText text) => Wrap("2", text);

    /// <summary>Something that is as it should be.</summary>
    public StyledText Good(StyledText text) => Wrap("32", text);

    /// <summary>Something to look at.</summary>
    public StyledText Warning(StyledText text) => Wrap("33", text);

    /// <summary>Something that is wrong.</summary>
    public StyledText Bad(StyledText text) => Wrap("31", text);

    /// <summary>Something that stands out.</summary>
    public StyledText Accent(StyledText text) => Wrap("36", text);

    /// <summary>A text that opens a file, folder or address when it is clicked (OSC 8).</summary>
    /// <param name="target">An absolute path or an address; empty for no link.</param>
    /// <param name="text">What is shown.</param>
    public StyledText Link(string target, StyledText text)
    {
        if (!isOn || target.Length == 0)
        {
            return text;
        }

        var address = Path.IsPathFullyQualified(target) ? new Uri(target).AbsoluteUri : target;
        return StyledText.Between($"\e]8;;{address}\e\\", text, "\e]8;;\e\\");
    }

    private StyledText Wrap(string code, StyledText text) => isOn ? StyledText.Between($"\e[{code}m", text, "\e[0m") : text;
}
