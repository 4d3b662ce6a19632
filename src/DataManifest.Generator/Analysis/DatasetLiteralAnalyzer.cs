using System.Collections.Immutable;
using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Suggests the generated property where code names a dataset by a text, <c>database["co2"]</c>, or has its path: the compiler checks a property
/// and knows nothing of texts. Only suggestions, so the compiler of a build does not run it at all.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DatasetLiteralAnalyzer() : CodeAnalyzer(DiagnosticRules.NameInCode, DiagnosticRules.PathInCode)
{
    /// <summary>The key of a finding's properties under which the code is that can take the place of what was found.</summary>
    internal const string ReplacementKey = "Replacement";

    private protected override void Start(CompilationStartAnalysisContext start, ProjectDatasets datasets, INamedTypeSymbol type) =>
        start.RegisterSyntaxNodeAction(node => Analyze(node, datasets), SyntaxKind.StringLiteralExpression);

    private static void Analyze(SyntaxNodeAnalysisContext context, ProjectDatasets datasets)
    {
        // What is cheap comes first: most texts neither name a dataset nor are paths. Only what may be one is looked up in the compilation.
        var literal = (LiteralExpressionSyntax)context.Node;
        var text = literal.Token.ValueText;
        var access = new DatabaseAccess(datasets, context.SemanticModel, context.CancellationToken);
        if (literal.Parent is ArgumentSyntax { Parent: BracketedArgumentListSyntax })
        {
            if (datasets.Find(text) is { } indexed && access.Indexed(literal) is { } whole)
            {
                Report(context, DiagnosticRules.NameInCode, whole, indexed, "", "", datasets);
            }

            return;
        }

        if (literal.Parent is ArgumentSyntax or ExpressionElementSyntax or InitializerExpressionSyntax && datasets.NodeOf(text) is { } named && access.IsName(literal))
        {
            Report(context, DiagnosticRules.NameInCode, literal, named, ".Name", "", datasets);
            return;
        }

        if (literal.Parent is ArgumentSyntax { Parent: ArgumentListSyntax list } argument)
        {
            switch (list.Parent)
            {
                case InvocationExpressionSyntax combine when PathCombination.NameOf(combine) is not null:
                    if (list.Arguments.Last() == argument
                        && datasets.Places.Find(PathCombination.Tail(list), out var file) is { } combined
                        && PathCombination.Is(combine, context.SemanticModel, context.CancellationToken))
                    {
                        Report(context, DiagnosticRules.PathInCode, combine, combined, ".Path", file, datasets);
                    }

                    return;
                case ExpressionSyntax call when datasets.Places.Find(text, out var rest) is { } opened && PathTexts.IsPath(argument, call, context.SemanticModel, context.CancellationToken):
                    Report(context, DiagnosticRules.PathInCode, literal, opened, ".Path", rest, datasets);
                    return;
            }
        }

        if (PathTexts.IsAbsolute(text) && datasets.Places.FindBelow(text, out var inside) is { } stored && !PathTexts.IsConstant(literal))
        {
            Report(context, DiagnosticRules.PathInCode, literal, stored, ".Path", inside, datasets);
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, DiagnosticRule rule, ExpressionSyntax found, DatasetNode node, string member, string file, ProjectDatasets datasets)
    {
        var shown = $"{datasets.Settings.ClassName}.{node.Expression}{member}";
        var message = rule == DiagnosticRules.NameInCode
            ? $"Write {shown} for dataset '{node.Dataset!.Name}': the compiler then knows when it is renamed or gone."
            : $"This is where dataset '{node.Dataset!.Name}' lies; {shown} finds it wherever it is.";
        var property = $"global::{string.Join(".", datasets.ClassName.Split('.').Select(Identifier.Escape))}.{node.Expression}{member}";
        var replacement = file.Length == 0 ? property : $"global::System.IO.Path.Combine({property}, {SymbolDisplay.FormatLiteral(file, quote: true)})";

        // An expression that is too deep to be shown is too deep to be written.
        var properties = node.Expression.StartsWith("…", StringComparison.Ordinal)
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(ReplacementKey, replacement);
        context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.Of(rule), found.GetLocation(), properties, message));
    }
}
