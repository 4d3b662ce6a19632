using System.Collections.Immutable;
using System.Reflection;
using DiagnosticSeverity = Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace DataManifest.Generator;

/// <summary>The compiler's view of the rules that can be broken by a manifest's text alone.</summary>
internal static class RuleDescriptors
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ByCode = typeof(DiagnosticRules)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null))
        .OfType<DiagnosticRule>()
        .ToImmutableDictionary(rule => rule.Code, Create);

    /// <summary>The descriptors of all rules, sorted by code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ByCode.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal).ToImmutableArray();

    /// <summary>The descriptor of a rule.</summary>
    /// <param name="rule">One of <see cref="DiagnosticRules"/>.</param>
    public static DiagnosticDescriptor Of(DiagnosticRule rule) => ByCode[rule.Code];

    private static DiagnosticDescriptor Create(DiagnosticRule rule) => new(
        rule.Code,
        rule.Title,
        "{0}",
        "DataManifest",
        SeverityOf(rule),
        isEnabledByDefault: true,
        helpLinkUri: rule.HelpLink);

    private static DiagnosticSeverity SeverityOf(DiagnosticRule rule) => rule.Severity switch
    {
        // The build itself warns, and knows the digest besides; what the compiler calls Info is shown by editors alone.
        _ when rule == DiagnosticRules.Unpinned => DiagnosticSeverity.Info,
        Diagnostics.DiagnosticSeverity.Suggestion => DiagnosticSeverity.Info,
        Diagnostics.DiagnosticSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Error,
    };
}
