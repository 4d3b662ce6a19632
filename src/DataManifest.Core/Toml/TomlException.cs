using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A text is not TOML 1.0: where, and why.</summary>
/// <param name="reason">What is wrong, as a sentence without the place.</param>
/// <param name="span">The offending text.</param>
/// <param name="position">The line and column where it begins.</param>
public sealed class TomlException(string reason, TextSpan span, LinePosition position)
    : FormatException($"({position}): {reason}")
{
    /// <summary>What is wrong, as a sentence without the place.</summary>
    public string Reason { get; } = reason;

    /// <summary>The offending text.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The line and column where it begins.</summary>
    public LinePosition Position { get; } = position;

    /// <summary>Where the header or pair begins that could not be read; a list may have swallowed the headers below it.</summary>
    internal int StatementStart { get; set; } = span.Start;
}
