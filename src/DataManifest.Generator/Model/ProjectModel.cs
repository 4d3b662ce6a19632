using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Model;

/// <summary>Everything that is generated for a project, with the names given.</summary>
/// <param name="Class">The generated class.</param>
/// <param name="Storages">The <c>_STORAGE</c> table of each manifest in canonical form, in the order of the project.</param>
/// <param name="Properties">The properties, parents before their children, otherwise in the order of the manifests.</param>
/// <param name="DatasetTypes">The types of the datasets, in the order of the manifests.</param>
internal sealed record ProjectModel(ClassModel Class, EquatableArray<string> Storages, EquatableArray<PropertyModel> Properties, EquatableArray<string> DatasetTypes)
{
    /// <summary>The model of a project.</summary>
    /// <param name="manifests">Its manifests.</param>
    /// <param name="settings">What it says of the class.</param>
    public static ProjectModel Create(EquatableArray<ManifestModel> manifests, GeneratorSettings settings)
    {
        var tree = new DatasetTree(manifests, settings.ClassName);
        var owner = new ClassModel(settings, tree.TypesName, tree.AllName);
        return new ProjectModel(
            owner,
            new([.. manifests.Select(manifest => manifest.Storage)]),
            new([.. tree.Nodes.Select(node => PropertyModel.Create(owner, node))]),
            new([.. tree.Datasets.Select(node => node.TypeName)]));
    }
}
