using DataManifest.Diagnostics;
using DataManifest.Text;

namespace DataManifest.Manifest;

/// <summary>A diagnostic on its way: the document turns its span into lines and columns.</summary>
/// <param name="Dataset">The dataset that it is about; empty when it is about none.</param>
/// <param name="Rule">Which finding it is.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Span">The text that it is about.</param>
/// <param name="Correction">The change of the text that sets it right; null when nobody but the author can know.</param>
internal sealed record Finding(string Dataset, DiagnosticRule Rule, string Message, TextSpan Span, TextEdit? Correction = null);
