using System.Collections.Immutable;
using DataManifest.Generator;
using DataManifest.Generator.Analysis;
using DataManifest.Text;
using DataManifest.Toml;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.CodeFixes;

/// <summary>Sets a manifest right where the finding knows how: a misspelt key. Everything else in the text stays as it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ManifestCodeFix), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)])]
public sealed class ManifestCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        RuleDescriptors.All.Select(descriptor => descriptor.Id).Except(new GeneratedPropertyCodeFix().FixableDiagnosticIds).ToImmutableArray();

    /// <summary>None: the platform's own fix all changes C# files alone.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.TextDocument;
        var text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (ManifestCorrection.Of(diagnostic) is { } correction && correction.Span.End <= text.Length && IsToml(correction.Apply(text.ToString())))
            {
                var change = new TextChange(new(correction.Span.Start, correction.Span.Length), correction.NewText);
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Change '{correction.Span.Of(text.ToString())}' to '{correction.NewText}'",
                        _ => Task.FromResult(document.Project.Solution.WithAdditionalDocumentText(document.Id, text.WithChanges(change))),
                        equivalenceKey: $"{diagnostic.Id} {correction.NewText}"),
                    diagnostic);
            }
        }
    }

    private static bool IsToml(string text)
    {
        try
        {
            TomlDocument.Parse(text);
            return true;
        }
        catch (TomlException)
        {
            return false;
        }
    }
}
