using System.Collections.Immutable;
using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Generator.Loading;
using DataManifest.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Reports, at its line in the manifest, a loader that the project does not have or that cannot be called as the binding says. Looks at the code
/// with everything that is generated, and so can tell what the generator, which does not see that, could not use.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoaderAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        RuleDescriptors.Of(DiagnosticRules.LoaderTypeNotFound),
        RuleDescriptors.Of(DiagnosticRules.LoaderMethodNotFound),
        RuleDescriptors.Of(DiagnosticRules.LoaderNotAccessible),
        RuleDescriptors.Of(DiagnosticRules.LoaderNotCallable),
        RuleDescriptors.Of(DiagnosticRules.LoaderArgument),
        RuleDescriptors.Of(DiagnosticRules.LoaderNeedsGeneratedType));

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(Analyze);
    }

    private static void Analyze(AdditionalFileAnalysisContext context)
    {
        if (!ManifestTexts.IsManifest(context.AdditionalFile, context.Options.AnalyzerConfigOptionsProvider)
            || ManifestTexts.Read(context.AdditionalFile, context.CancellationToken) is not { IsBroken: false, Document: var document }
            || ProjectDatasets.Of(context.Options, context.CancellationToken) is not { } datasets)
        {
            return;
        }

        // A manifest may serve several projects, and each says with its references which loaders are its own.
        var references = DatasetReferences.Read(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        var excluded = new HashSet<string>(references.Count == 0 ? [] : DatasetReferences.Excluded(references, datasets).Values.Select(node => node.Dataset!.Name));
        foreach (var finding in Find(document, excluded, context.Compilation, context.CancellationToken))
        {
            var lines = new LinePositionSpan(new(finding.Start.Line - 1, finding.Start.Column - 1), new(finding.End.Line - 1, finding.End.Column - 1));
            var location = Location.Create(context.AdditionalFile.Path, new TextSpan(finding.Span.Start, finding.Span.Length), lines);
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.Of(finding.Rule), location, finding.Message));
        }
    }

    /// <summary>The findings about a manifest's loaders. A loader of a format is one text, however many datasets it loads, and so is reported once.</summary>
    private static IEnumerable<ManifestDiagnostic> Find(ManifestDocument document, HashSet<string> excluded, Compilation compilation, CancellationToken cancellationToken)
    {
        var ladder = new LoadLadder(document.Structural, BuiltInFormats.Names);
        var reader = new ReferenceReader(compilation, explains: true);
        var references = new Dictionary<string, BoundReference>(StringComparer.Ordinal);
        var reported = new HashSet<Text.TextSpan>();
        foreach (var dataset in document.Datasets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (excluded.Contains(dataset.Name) || ladder.Resolve(dataset).Loader is not { } loader)
            {
                continue;
            }

            if (!references.TryGetValue(loader.Reference, out var reference))
            {
                references.Add(loader.Reference, reference = reader.Read(loader.Reference));
            }

            var (_, problem) = CallMatcher.Match(reference, loader.Arguments, loader.KeywordArguments, Model.LoaderModel.ShapeOf(dataset));
            if (problem is { Rule: { } rule } && reported.Add(problem.Span ?? loader.ReferenceSpan))
            {
                yield return document.Diagnose(rule, problem.Message, dataset.Name, problem.Span ?? loader.ReferenceSpan);
            }
        }
    }
}
