using DataManifest.Generator.Emission;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Warns where code uses an obsolete dataset that is a group of others, too. The compiler, which warns of all other obsolete datasets, cannot tell it from the way to those.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ObsoleteDatasetAnalyzer() : CodeAnalyzer(DiagnosticRules.ObsoleteGroup)
{
    private protected override void Start(CompilationStartAnalysisContext start, ProjectDatasets datasets, INamedTypeSymbol type)
    {
        var obsolete = datasets.Tree.Datasets.Where(node => node.Dataset!.Obsolete is not null && node.Children.Count > 0).ToDictionary(node => node.TypeName);
        new WatchedDatasets(type, datasets, obsolete, DiagnosticRules.ObsoleteGroup, node =>
            $"Dataset '{node.Dataset!.Name}' is obsolete: {(node.Dataset.Obsolete is { Length: > 0 } reason ? reason : DatasetDocumentation.NoReason)}").Register(start);
    }
}
