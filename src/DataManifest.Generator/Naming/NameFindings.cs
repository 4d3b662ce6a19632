using DataManifest.Manifest;

namespace DataManifest.Generator.Naming;

/// <summary>What a manifest's author should know of the names that the generated class gave.</summary>
internal static class NameFindings
{
    /// <summary>The findings about one manifest's datasets.</summary>
    /// <param name="document">The manifest.</param>
    /// <param name="manifest">Its place among the project's manifests.</param>
    /// <param name="files">The files of all manifests.</param>
    /// <param name="tree">The names.</param>
    /// <param name="className">The generated class.</param>
    public static IEnumerable<ManifestDiagnostic> Find(
        ManifestDocument document, int manifest, IReadOnlyList<AdditionalText> files, DatasetTree tree, string className)
    {
        foreach (var node in tree.Renamed.Where(node => node.FirstManifest == manifest))
        {
            var what = node.Dataset is null ? $"The group '{node.Segment}/'" : $"Dataset '{node.FirstDataset}'";
            yield return document.Diagnose(
                DiagnosticRules.PropertyRenamed,
                $"{what} is {className}.{node.Expression} in C#, because another member has the name {Identifier.ToPascalCase(node.Segment)}. Rename one of them for a name that stays when the file changes.",
                node.FirstDataset);
        }

        foreach (var duplicate in tree.Duplicates.Where(duplicate => duplicate.Manifest == manifest))
        {
            var first = Path.GetFileName(files[duplicate.FirstManifest].Path);
            yield return document.Diagnose(
                DiagnosticRules.DatasetInTwoManifests,
                $"Dataset '{duplicate.Name}' is also in {first}, the project's manifest number {duplicate.FirstManifest + 1}, and {className} can have only one of them. Rename this one, or leave one manifest out of the project.",
                duplicate.Name);
        }
    }
}
