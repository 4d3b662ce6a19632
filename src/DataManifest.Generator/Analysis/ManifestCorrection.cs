using System.Collections.Immutable;
using System.Globalization;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Generator.Analysis;

/// <summary>Carries the change that sets a manifest right from the analyzer, which finds it, to the code fix, which makes it.</summary>
internal static class ManifestCorrection
{
    private const string Start = "CorrectionStart";
    private const string Length = "CorrectionLength";
    private const string NewText = "CorrectionText";

    /// <summary>The change of a text or a key, between its quotes where it has some; null when what is written is not simply what it says.</summary>
    /// <param name="manifest">The manifest's text.</param>
    /// <param name="span">What is changed, quotes included.</param>
    /// <param name="expected">What is written there if it is the place of the mistake and not the name of one; null where it is that anyway.</param>
    /// <param name="meant">What comes there instead.</param>
    public static TextEdit? Of(string manifest, TextSpan span, string? expected, string meant)
    {
        var written = span.Of(manifest);
        if (written[0] is not ('"' or '\''))
        {
            return new TextEdit(span, TomlFormat.Key(meant));
        }

        var inside = written.Length > 2 ? written.Substring(1, written.Length - 2) : "";
        return inside.Length == 0 || inside[0] == written[0] || inside.IndexOf('\\') >= 0 || (expected is not null && expected != inside)
            ? null
            : new TextEdit(new TextSpan(span.Start + 1, inside.Length), meant);
    }

    /// <summary>The change as properties of a finding; none for none.</summary>
    /// <param name="correction">The change.</param>
    public static ImmutableDictionary<string, string?> ToProperties(TextEdit? correction) => correction is null
        ? ImmutableDictionary<string, string?>.Empty
        : ImmutableDictionary<string, string?>.Empty
            .Add(Start, correction.Span.Start.ToString(CultureInfo.InvariantCulture))
            .Add(Length, correction.Span.Length.ToString(CultureInfo.InvariantCulture))
            .Add(NewText, correction.NewText);

    /// <summary>The change that a finding carries; null when it carries none.</summary>
    /// <param name="finding">The finding.</param>
    public static TextEdit? Of(Diagnostic finding) =>
        finding.Properties.TryGetValue(Start, out var start)
        && finding.Properties.TryGetValue(Length, out var length)
        && finding.Properties.TryGetValue(NewText, out var newText)
            ? new TextEdit(new(int.Parse(start!, CultureInfo.InvariantCulture), int.Parse(length!, CultureInfo.InvariantCulture)), newText!)
            : null;
}
