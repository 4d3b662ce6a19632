using System.Collections.Immutable;
using System.Reflection;
using DataManifest.Diagnostics;
using Microsoft.CodeAnalysis;

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
        rule.Severity == Diagnostics.DiagnosticSeverity.Error ? Microsoft.CodeAnalysis.DiagnosticSeverity.Error : Microsoft.CodeAnalysis.DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: rule.HelpLink);
}
