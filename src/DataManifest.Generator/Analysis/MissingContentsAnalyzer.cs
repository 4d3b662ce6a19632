using DataManifest.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Says why a dataset has no <c>Files</c> or <c>ReadRows</c> where code uses them: nobody has looked into its data yet. The compiler's own error, which it stands beside,
/// only says that there is no such member.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingContentsAnalyzer() : CodeAnalyzer(DiagnosticRules.ContentsUnknown)
{
    private protected override void Start(CompilationStartAnalysisContext start, ProjectDatasets datasets, INamedTypeSymbol type) =>
        start.RegisterSyntaxNodeAction(Analyze, SyntaxKind.SimpleMemberAccessExpression);

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        // Names first: they cost nothing, and hardly any code has them.
        var access = (MemberAccessExpressionSyntax)context.Node;
        if (access.Name.Identifier.ValueText is not ("Files" or "ReadRows" or "ReadRowsAsync" or "Load")
            || context.SemanticModel.GetSymbolInfo(access, context.CancellationToken) is { Symbol: not null } or { CandidateSymbols.Length: > 0 }
            || context.SemanticModel.GetTypeInfo(access.Expression, context.CancellationToken).Type is not { BaseType: { Name: "Dataset", ContainingNamespace: { Name: "DataManifest", ContainingNamespace.IsGlobalNamespace: true } } } type
            || type.GetMembers("Files").Length + type.GetMembers("ReadRows").Length > 0)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            RuleDescriptors.Of(DiagnosticRules.ContentsUnknown), access.Name.GetLocation(),
            $"Nothing is known yet of the files and rows of {access.Expression}. Run 'dotnet build', which fetches the data and looks into them. "
            + "Data that are one file have no Files, and only tables (csv, tsv, JSON lines) have ReadRows, from net8.0 on."));
    }
}
