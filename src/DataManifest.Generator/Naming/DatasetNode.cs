using DataManifest.Generator.Model;

namespace DataManifest.Generator.Naming;

/// <summary>
/// One property of the generated code and the type it has: a dataset, or a group of datasets whose names share a part before a slash, or both.
/// </summary>
/// <param name="segment">The part of the name that it stands for.</param>
/// <param name="parent">The node that it is a property of; null for a property of the class itself.</param>
internal sealed class DatasetNode(string segment, DatasetNode? parent)
{
    /// <summary>The part of the dataset's name that the node stands for.</summary>
    public string Segment { get; } = segment;

    /// <summary>The node that this one is a property of; null for a property of the class itself.</summary>
    public DatasetNode? Parent { get; } = parent;

    /// <summary>The nodes that are properties of this one, in the order of the file.</summary>
    public List<DatasetNode> Children { get; } = [];

    /// <summary>The dataset; null for a mere group.</summary>
    public DatasetModel? Dataset { get; set; }

    /// <summary>Which manifest the dataset is from, by its place in the project.</summary>
    public int Manifest { get; set; }

    /// <summary>The full name of the first dataset that made the node.</summary>
    public string FirstDataset { get; set; } = "";

    /// <summary>The manifest of <see cref="FirstDataset"/>.</summary>
    public int FirstManifest { get; set; }

    /// <summary>The property's name.</summary>
    public string Identifier { get; set; } = "";

    /// <summary>The name of the property's type.</summary>
    public string TypeName { get; set; } = "";

    /// <summary>The start of the type names of the node and its children.</summary>
    public string TypePath { get; set; } = "";

    /// <summary>The start of the name of the file with the dataset's code; no other one is the same when letter case is ignored.</summary>
    public string FileName { get; set; } = "";

    /// <summary>The property as user code writes it, the class left out: <c>Jesstierney.LgmDA</c>.</summary>
    public string Expression
    {
        get
        {
            // A name's author decides how deep it goes, so no recursion; and nobody reads more than the last parts of a long one.
            const int shown = 32;
            var parts = new Stack<string>();
            for (var node = this; node is not null; node = node.Parent)
            {
                if (parts.Count == shown)
                {
                    parts.Push("…");
                    break;
                }

                parts.Push(node.Identifier);
            }

            return string.Join(".", parts);
        }
    }
}
