using System.Collections.Immutable;
using System.Globalization;
using DataManifest.Text;
using Microsoft.CodeAnalysis;

namespace DataManifest.Generator.Analysis;

/// <summary>Carries the change that sets a manifest right from the analyzer, which finds it, to the code fix, which makes it.</summary>
internal static class ManifestCorrection
{
    private const string Start = "CorrectionStart";
    private const string Length = "CorrectionLength";
    private const string NewText = "CorrectionText";

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
