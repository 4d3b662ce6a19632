namespace DataManifest.Generator.Analysis;

/// <summary>Warns where code uses a dataset that the project's <c>DatasetReference</c> items leave out: its build does not fetch it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExcludedDatasetAnalyzer() : CodeAnalyzer(DiagnosticRules.NotReferenced)
{
    private protected override void Start(CompilationStartAnalysisContext start, ProjectDatasets datasets, INamedTypeSymbol type)
    {
        if (DatasetReferences.Read(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions) is { Count: > 0 } references)
        {
            new WatchedDatasets(type, datasets, DatasetReferences.Excluded(references, datasets), DiagnosticRules.NotReferenced, node =>
                $"Dataset '{node.Dataset!.Name}' is used here, but the project's DatasetReference items leave it out, so its build does not fetch it. "
                + $"Add <DatasetReference Include=\"{node.Dataset.Name}\" /> to the project.").Register(start);
        }
    }
}
