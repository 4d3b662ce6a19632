using DataManifest.Bindings;
using DataManifest.Generator.Loading;
using DataManifest.Generator.Model;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Reports, at its line in the manifest, a loader that the project does not have or that cannot be called as the binding says. Looks at the code
/// with everything that is generated, and so can tell what the generator, which does not see that, could not use.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoaderAnalyzer() : ManifestFileAnalyzer(
    DiagnosticRules.LoaderTypeNotFound, DiagnosticRules.LoaderMethodNotFound, DiagnosticRules.LoaderNotAccessible, DiagnosticRules.LoaderNotCallable,
    DiagnosticRules.LoaderArgument, DiagnosticRules.LoaderNeedsGeneratedType)
{
    /// <summary>The findings about a manifest's loaders. A loader of a format is one text, however many datasets it loads, and so is reported once.</summary>
    private protected override IEnumerable<ManifestDiagnostic> Find(ReadManifest manifest, ProjectDatasets datasets, AdditionalFileAnalysisContext context)
    {
        if (manifest.IsBroken)
        {
            yield break;
        }

        var document = manifest.Document;
        var excluded = Excluded(datasets, context.Options);
        var ladder = new LoadLadder(document.Structural, BuiltInFormats.Names);
        var reader = new ReferenceReader(context.Compilation, explains: true);
        var references = new Dictionary<string, BoundReference>(StringComparer.Ordinal);
        var reported = new HashSet<Text.TextSpan>();
        foreach (var dataset in document.Datasets)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (excluded.Contains(dataset.Name) || ladder.Resolve(dataset).Loader is not { } loader)
            {
                continue;
            }

            if (!references.TryGetValue(loader.Reference, out var reference))
            {
                references.Add(loader.Reference, reference = reader.Read(loader.Reference));
            }

            var (_, problem) = CallMatcher.Match(reference, loader.Arguments, loader.KeywordArguments, LoaderModel.ShapeOf(dataset));
            if (problem is { Rule: { } rule } && reported.Add(problem.Span ?? loader.ReferenceSpan))
            {
                var span = problem.Span ?? loader.ReferenceSpan;
                yield return document.Diagnose(rule, problem.Message, dataset.Name, span) with
                {
                    Correction = problem.Meant is null ? null : ManifestCorrection.Of(document.Text, span, problem.Span is null ? loader.Reference : null, problem.Meant),
                };
            }
        }
    }

    /// <summary>A manifest may serve several projects, and each says with its references which loaders are its own.</summary>
    private static HashSet<string> Excluded(ProjectDatasets datasets, AnalyzerOptions options)
    {
        var references = DatasetReferences.Read(options.AnalyzerConfigOptionsProvider.GlobalOptions);
        return new HashSet<string>(references.Count == 0 ? [] : DatasetReferences.Excluded(references, datasets).Values.Select(node => node.Dataset!.Name));
    }
}
