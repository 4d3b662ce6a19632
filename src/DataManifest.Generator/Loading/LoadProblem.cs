using DataManifest.Text;

namespace DataManifest.Generator.Loading;

/// <summary>Why a binding cannot be called.</summary>
/// <param name="Rule">Which finding it is; null when the compiler reports it.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Span">The argument that is wrong; null for the reference.</param>
/// <param name="Meant">What was meant in place of the text at <paramref name="Span"/>; null when nobody but the author can know.</param>
internal sealed record LoadProblem(DiagnosticRule? Rule, string Message, TextSpan? Span = null, string? Meant = null);
