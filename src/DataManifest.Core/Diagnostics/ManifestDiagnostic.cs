using DataManifest.Text;

namespace DataManifest.Diagnostics;

/// <summary>Something that a person should know about a manifest, with the place where it is written.</summary>
/// <param name="Rule">Which finding it is: code, severity, title.</param>
/// <param name="Message">What is wrong and what to do, in one or two sentences.</param>
/// <param name="Span">The text that it is about.</param>
/// <param name="Start">The line and column where that text begins.</param>
/// <param name="End">The line and column just behind it.</param>
/// <param name="Dataset">The name of the dataset that it is about; empty when it is about the whole manifest.</param>
/// <param name="Correction">The change of the text that sets it right, which an editor can offer; null when nobody but the author can know.</param>
public sealed record ManifestDiagnostic(
    DiagnosticRule Rule, string Message, TextSpan Span, LinePosition Start, LinePosition End, string Dataset = "", TextEdit? Correction = null);
