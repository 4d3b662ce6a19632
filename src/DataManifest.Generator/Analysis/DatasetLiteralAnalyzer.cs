using System.Collections.Immutable;
using DataManifest.Diagnostics;
using DataManifest.Generator.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Suggests the generated property where code names a dataset by a text, <c>database["co2"]</c>, or opens its file by a path: the compiler checks a property
/// and knows nothing of texts. Only suggestions, so the compiler of a build does not run it at all.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DatasetLiteralAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The key of a finding's properties under which the code is that can take the place of what was found.</summary>
    internal const string ReplacementKey = "Replacement";

    private static readonly HashSet<string> PathTypes = ["Directory", "DirectoryInfo", "File", "FileInfo", "FileStream", "StreamReader"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(RuleDescriptors.Of(DiagnosticRules.NameInCode), RuleDescriptors.Of(DiagnosticRules.PathInCode));

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // Without the class there is nothing to suggest: the generator did not run.
            if (ProjectDatasets.Of(start.Options, start.CancellationToken) is { } datasets && start.Compilation.GetTypeByMetadataName(datasets.ClassName) is not null)
            {
                start.RegisterSyntaxNodeAction(node => Analyze(node, datasets), SyntaxKind.StringLiteralExpression);
            }
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, ProjectDatasets datasets)
    {
        // What is cheap comes first: most texts are no argument, and of those that are most name no dataset. Only what does is looked up in the compilation.
        if (context.Node.Parent is not ArgumentSyntax argument)
        {
            return;
        }

        var text = ((LiteralExpressionSyntax)context.Node).Token.ValueText;
        switch (argument.Parent)
        {
            case BracketedArgumentListSyntax { Arguments.Count: 1, Parent: ElementAccessExpressionSyntax access }
                when datasets.Find(text) is { } node && DatabaseAccess.Is(access, datasets, context.SemanticModel, context.CancellationToken):
                Report(context, DiagnosticRules.NameInCode, access, node, "", datasets);
                break;
            case ArgumentListSyntax { Parent: InvocationExpressionSyntax combine } list when PathCombination.NameOf(combine) is not null:
                if (list.Arguments.Last() == argument
                    && datasets.Places.Find(PathCombination.Tail(list), out var member) is { } combined
                    && IsPathType(context, combine, static name => name == "Path"))
                {
                    Report(context, DiagnosticRules.PathInCode, combine, combined, member, datasets);
                }

                break;
            case ArgumentListSyntax { Parent: ExpressionSyntax call } list
                when list.Arguments[0] == argument && datasets.Places.Find(text, out var rest) is { } opened && IsPathType(context, call, PathTypes.Contains):
                Report(context, DiagnosticRules.PathInCode, argument.Expression, opened, rest, datasets);
                break;
        }
    }

    private static bool IsPathType(SyntaxNodeAnalysisContext context, ExpressionSyntax call, Func<string, bool> isName) =>
        context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol?.ContainingType is { ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } } type
        && isName(type.Name);

    private static void Report(SyntaxNodeAnalysisContext context, DiagnosticRule rule, ExpressionSyntax found, DatasetNode node, string rest, ProjectDatasets datasets)
    {
        var shown = $"{datasets.Settings.ClassName}.{node.Expression}";
        var message = rule == DiagnosticRules.NameInCode
            ? $"Write {shown} for dataset '{node.Dataset!.Name}': the compiler then knows when it is renamed or gone."
            : $"This is where dataset '{node.Dataset!.Name}' lies; {shown}.Path finds it wherever it is.";
        var property = $"global::{string.Join(".", datasets.ClassName.Split('.').Select(Identifier.Escape))}.{node.Expression}";
        var replacement = rule == DiagnosticRules.NameInCode ? property
            : rest.Length == 0 ? $"{property}.Path"
            : $"global::System.IO.Path.Combine({property}.Path, {SymbolDisplay.FormatLiteral(rest, quote: true)})";

        // An expression that is too deep to be shown is too deep to be written.
        var properties = node.Expression.StartsWith("…", StringComparison.Ordinal)
            ? ImmutableDictionary<string, string?>.Empty
            : ImmutableDictionary<string, string?>.Empty.Add(ReplacementKey, replacement);
        context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.Of(rule), found.GetLocation(), properties, message));
    }
}
