namespace DataManifest.Text;

/// <summary>A change of a text: what comes in the place of a range.</summary>
/// <param name="Span">The range.</param>
/// <param name="NewText">What comes there instead.</param>
public sealed record TextEdit(TextSpan Span, string NewText)
{
    /// <summary>The changed text.</summary>
    /// <param name="text">The text that the range was taken from.</param>
    public string Apply(string text) => text.Substring(0, Span.Start) + NewText + text.Substring(Span.End);
}
