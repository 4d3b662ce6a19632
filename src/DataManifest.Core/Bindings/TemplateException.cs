using System.Diagnostics.CodeAnalysis;
using DataManifest.Diagnostics;

namespace DataManifest.Bindings;

/// <summary>A template of a command or of an argument that cannot be filled in.</summary>
/// <param name="rule">Which finding it is.</param>
/// <param name="message">What is wrong and what to do.</param>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always carries a rule.")]
public sealed class TemplateException(DiagnosticRule rule, string message) : Exception(message)
{
    /// <summary>Which finding it is.</summary>
    public DiagnosticRule Rule { get; } = rule;
}
