using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Reports what is wrong with a manifest at its line: what the manifest's reader finds, names that the generated class had to change, and, to editors alone,
/// datasets without a checksum.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ManifestAnalyzer : ManifestFileAnalyzer
{
    private protected override IEnumerable<ManifestDiagnostic> Find(ReadManifest manifest, ProjectDatasets datasets, AdditionalFileAnalysisContext context)
    {
        var document = manifest.Document;
        var names = manifest.IsBroken ? [] : NameFindings.Find(document, datasets.Manifests.ToList().IndexOf(manifest), datasets.Files, datasets.Tree, datasets.Settings.ClassName);
        var unpinned = document.Datasets.Where(dataset => dataset.LacksPin).Select(dataset => document.Diagnose(
            DiagnosticRules.Unpinned, $"Dataset '{dataset.Name}' has no checksum. Run 'dotnet build -t:DataSync' to fetch it and write its checksum into the manifest.", dataset.Name));
        return document.Diagnostics.Concat(names).Concat(unpinned);
    }
}
