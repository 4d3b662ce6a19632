using System.Collections.Immutable;
using DataManifest.Diagnostics;
using DataManifest.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace DataManifest.CodeFixes;

/// <summary>Writes the generated property in the place of a text that names a dataset or its path; also in a whole file, project or solution at once.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GeneratedPropertyCodeFix))]
public sealed class GeneratedPropertyCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(DiagnosticRules.NameInCode.Code, DiagnosticRules.PathInCode.Code);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(DatasetLiteralAnalyzer.ReplacementKey, out var replacement)
                && root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax found
                && found.Span == diagnostic.Location.SourceSpan)
            {
                // Written in full, and cut by the platform to what is enough at this place.
                var expression = SyntaxFactory.ParseExpression(replacement!);
                expression = expression
                    .ReplaceNodes(expression.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>(), static (_, node) => node.WithAdditionalAnnotations(Simplifier.Annotation))
                    .WithTriviaFrom(found);
                context.RegisterCodeFix(
                    CodeAction.Create(
                        "Use the generated property",
                        _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(found, expression))),
                        equivalenceKey: diagnostic.Id),
                    diagnostic);
            }
        }
    }
}
