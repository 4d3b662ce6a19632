using System.Collections.Immutable;
using DataManifest.Diagnostics;
using DataManifest.Generator.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DataManifest.Generator.Analysis;

/// <summary>Warns where code uses a dataset that the project's <c>DatasetReference</c> items leave out: its build does not fetch it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExcludedDatasetAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleDescriptors.Of(DiagnosticRules.NotReferenced));

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (DatasetReferences.Read(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions) is { Count: > 0 } references
                && ProjectDatasets.Of(start.Options, start.CancellationToken) is { } datasets
                && start.Compilation.GetTypeByMetadataName(datasets.ClassName) is { } type
                && DatasetReferences.Excluded(references, datasets) is { Count: > 0 } excluded)
            {
                var identifiers = new HashSet<string>(excluded.Values.Select(node => node.Identifier));
                start.RegisterSyntaxNodeAction(
                    node =>
                    {
                        if (identifiers.Contains(((IdentifierNameSyntax)node.Node).Identifier.ValueText))
                        {
                            Analyze(node, type, datasets, excluded);
                        }
                    },
                    SyntaxKind.IdentifierName);
            }
        });
    }

    private static void Analyze(
        SyntaxNodeAnalysisContext context, INamedTypeSymbol datasetsClass, ProjectDatasets datasets, IReadOnlyDictionary<string, DatasetNode> excluded)
    {
        var name = (IdentifierNameSyntax)context.Node;
        if (TypeOf(name) is not { } type || !excluded.TryGetValue(type, out var node) || name.IsPartOfStructuredTrivia())
        {
            return;
        }

        // A dataset that is also a group may only be on the way to another one.
        var whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name;
        if (whole.Parent is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax member } outer && outer.Expression == whole && TypeOf(member) is not null)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            RuleDescriptors.Of(DiagnosticRules.NotReferenced),
            name.GetLocation(),
            $"Dataset '{node.Dataset!.Name}' is used here, but the project's DatasetReference items leave it out, so its build does not fetch it. "
                + $"Add <DatasetReference Include=\"{node.Dataset.Name}\" /> to the project."));

        // The name of a property's type says which dataset it is; the types of all datasets lie in one class.
        string? TypeOf(IdentifierNameSyntax identifier) =>
            context.SemanticModel.GetSymbolInfo(identifier, context.CancellationToken).Symbol is IPropertySymbol { Type: { ContainingType: { } types } property }
            && types.Name == datasets.Tree.TypesName
            && SymbolEqualityComparer.Default.Equals(types.ContainingType, datasetsClass)
                ? property.Name
                : null;
    }
}
