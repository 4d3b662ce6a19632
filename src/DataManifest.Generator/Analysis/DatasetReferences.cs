using DataManifest.Generator.Naming;
using DataManifest.Manifest;

namespace DataManifest.Generator.Analysis;

/// <summary>Which datasets a project says that it uses: its <c>DatasetReference</c> items, and what they require.</summary>
internal static class DatasetReferences
{
    private const string Property = "build_property._DataManifestReferenceNames";

    /// <summary>
    /// The identities of the items, which the build shows with a bar behind each. The compiler takes what follows a <c>#</c> for a comment: a list that does not
    /// end with a bar is cut, and counts as none.
    /// </summary>
    /// <param name="options">The properties that the project shows to analyzers.</param>
    public static IReadOnlyList<string> Read(AnalyzerConfigOptions options) =>
        options.TryGetValue(Property, out var value) && value.EndsWith("|", StringComparison.Ordinal) ? value.Split(['|'], StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>The datasets that are left out, by the names of their types; none when a reference names no dataset, which fails the build.</summary>
    /// <param name="references">The identities of the items.</param>
    /// <param name="datasets">The project's datasets.</param>
    public static IReadOnlyDictionary<string, DatasetNode> Excluded(IReadOnlyList<string> references, ProjectDatasets datasets)
    {
        var declarations = new Dictionary<string, DatasetDeclaration>();
        foreach (var declaration in datasets.Manifests.SelectMany(manifest => manifest.Readable.Datasets).Where(declaration => !declarations.ContainsKey(declaration.Name)))
        {
            declarations.Add(declaration.Name, declaration);
        }

        var included = new HashSet<string>();
        var open = new Stack<string>(references);
        while (open.Count > 0)
        {
            if (datasets.Find(open.Pop()) is not { Dataset.Name: var name })
            {
                return new Dictionary<string, DatasetNode>();
            }

            if (included.Add(name))
            {
                foreach (var requirement in declarations[name].Requires)
                {
                    open.Push(requirement);
                }
            }
        }

        return datasets.Tree.Datasets.Where(node => !included.Contains(node.Dataset!.Name)).ToDictionary(node => node.TypeName);
    }
}
