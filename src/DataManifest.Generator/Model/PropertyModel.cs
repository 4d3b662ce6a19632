using DataManifest.Generator.Loading;
using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Model;

/// <summary>A property of the generated code as a value: what the code of one dataset, or of one group, is made of and nothing else.</summary>
/// <param name="Class">The generated class.</param>
/// <param name="Identifier">The property's name.</param>
/// <param name="TypeName">The name of its type.</param>
/// <param name="ParentType">The type that it is a member of; empty for a property of the class itself.</param>
/// <param name="Segment">The part of the dataset's name that it stands for.</param>
/// <param name="FileName">The start of the name of the generated file.</param>
/// <param name="Manifest">Which manifest the dataset is from, by its place in the project.</param>
/// <param name="Dataset">The dataset; null for a mere group.</param>
/// <param name="IsGroup">Whether other datasets are below it.</param>
internal sealed record PropertyModel(
    ClassModel Class, string Identifier, string TypeName, string ParentType, string Segment, string FileName, int Manifest, DatasetModel? Dataset, bool IsGroup)
{
    /// <summary>How the dataset is loaded; null for a group, and until the project's code has been looked at.</summary>
    public LoadPlan? Load { get; init; }

    /// <summary>How large the data are, for people; empty for a group, and where nobody knows.</summary>
    public string Size { get; init; } = "";

    /// <summary>The model of a node of the names.</summary>
    /// <param name="owner">The generated class.</param>
    /// <param name="node">The node.</param>
    public static PropertyModel Create(ClassModel owner, DatasetNode node) =>
        new(owner, node.Identifier, node.TypeName, node.Parent?.TypeName ?? "", node.Segment, node.FileName, node.Manifest, node.Dataset, node.Children.Count > 0);
}
