using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Analysis;

/// <summary>Reports where code uses certain datasets; not where one that is also a group is only on the way to another one.</summary>
/// <param name="type">The generated class.</param>
/// <param name="datasets">The project's datasets.</param>
/// <param name="watched">The datasets, by the names of their types.</param>
/// <param name="rule">What is reported.</param>
/// <param name="message">The message about a dataset.</param>
internal sealed class WatchedDatasets(
    INamedTypeSymbol type, ProjectDatasets datasets, IReadOnlyDictionary<string, DatasetNode> watched, DiagnosticRule rule, Func<DatasetNode, string> message)
{
    private readonly HashSet<string> _identifiers = new(watched.Values.Select(node => node.Identifier));

    /// <summary>Begins to look; at nothing when there is no such dataset.</summary>
    /// <param name="start">The project.</param>
    public void Register(CompilationStartAnalysisContext start)
    {
        if (watched.Count > 0)
        {
            start.RegisterSyntaxNodeAction(Analyze, SyntaxKind.IdentifierName);
        }
    }

    private void Analyze(SyntaxNodeAnalysisContext context)
    {
        // Names first: they cost nothing, and hardly any code has them.
        var name = (IdentifierNameSyntax)context.Node;
        if (!_identifiers.Contains(name.Identifier.ValueText) || TypeOf(name) is not { } used || !watched.TryGetValue(used, out var node) || name.IsPartOfStructuredTrivia())
        {
            return;
        }

        var whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name;
        if (whole.Parent is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax member } outer && outer.Expression == whole && TypeOf(member) is not null)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.Of(rule), name.GetLocation(), message(node)));

        // The name of a property's type says which dataset it is; the types of all datasets lie in one class.
        string? TypeOf(IdentifierNameSyntax identifier) =>
            context.SemanticModel.GetSymbolInfo(identifier, context.CancellationToken).Symbol is IPropertySymbol { Type: { ContainingType: { } types } property }
            && types.Name == datasets.Tree.TypesName
            && SymbolEqualityComparer.Default.Equals(types.ContainingType, type)
                ? property.Name
                : null;
    }
}
