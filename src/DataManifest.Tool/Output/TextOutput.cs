using System.Runtime.CompilerServices;

namespace DataManifest.Tool.Output;

/// <summary>Where lines go that are made of the tool's own words and of texts from elsewhere.</summary>
/// <param name="writer">Gets the lines.</param>
/// <param name="isForPeople">Whether control characters of texts from elsewhere are made visible; a script gets them as they are, since it may pass them on.</param>
internal sealed class TextOutput(TextWriter writer, bool isForPeople)
{
    /// <summary>Gets the lines; for libraries and for documents that are made safe otherwise.</summary>
    public TextWriter Writer { get; } = writer;

    /// <summary>Whether control characters of texts from elsewhere are made visible.</summary>
    public bool IsForPeople { get; } = isForPeople;

    /// <summary>A text from elsewhere as it is written here.</summary>
    /// <param name="text">The text.</param>
    public string Shown(string text) => IsForPeople ? ControlCharacters.MakeVisible(text) : text;

    /// <summary>Writes lines that may come from elsewhere.</summary>
    /// <param name="lines">The lines, without the last one's end.</param>
    public void WriteLine(string lines) => Writer.WriteLine(IsForPeople ? ControlCharacters.MakeVisible(lines, keepLines: true) : lines);

    /// <summary>Writes a line with colours and links.</summary>
    /// <param name="line">The line, without its end.</param>
    public void WriteLine(StyledText line) => Writer.WriteLine(line.ToString());

    /// <summary>Writes a line of own words in which texts from elsewhere stand.</summary>
    /// <param name="line">The line, without its end.</param>
    public void WriteLine([InterpolatedStringHandlerArgument("")] ref LineHandler line) => Writer.WriteLine(line.ToStringAndClear());

    /// <summary>Writes own words in which texts from elsewhere stand, and stays on the line.</summary>
    /// <param name="text">The text.</param>
    public void Write([InterpolatedStringHandlerArgument("")] ref LineHandler text)
    {
        Writer.Write(text.ToStringAndClear());
        Writer.Flush();
    }
}
