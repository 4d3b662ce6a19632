using DataManifest.Diagnostics;
using DataManifest.Text;

namespace DataManifest.Bindings;

/// <summary>Why a ladder ends in an error instead of taking a later rung.</summary>
/// <param name="Rule">Which finding it is.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Span">The text that is wrong; null when something is missing rather than wrong.</param>
public sealed record BindingProblem(DiagnosticRule Rule, string Message, TextSpan? Span = null);
