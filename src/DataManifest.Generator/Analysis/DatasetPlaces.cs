using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Datasets by where their data lie. Only places of two parts and more count, <c>example.org/co2.csv</c>: a single name says too little to be sure that it is meant.
/// </summary>
internal sealed class DatasetPlaces
{
    /// <summary>More parts than any path has that somebody wrote by hand.</summary>
    private const int MaxParts = 32;

    private readonly Dictionary<string, (DatasetNode Node, bool IsWhole)> _byPlace = new(StringComparer.Ordinal);

    /// <summary>Reads the places of all datasets.</summary>
    /// <param name="datasets">The datasets.</param>
    public DatasetPlaces(ProjectDatasets datasets)
    {
        foreach (var declaration in datasets.Manifests.SelectMany(manifest => manifest.Readable.Datasets))
        {
            // A place of the user's own is a whole path, and what ends like it is another one; the store may lie anywhere.
            var isWhole = declaration.StoragePath.Length > 0;
            var parts = Parts(isWhole ? declaration.StoragePath : declaration.StoredName);
            var place = string.Join("/", parts);

            // The first one has it: what shares a place is reported elsewhere.
            if (parts.Count > 1 && datasets.NodeOf(declaration.Name) is { } node && !_byPlace.ContainsKey(place))
            {
                _byPlace.Add(place, (node, isWhole));
            }
        }
    }

    /// <summary>Finds the dataset that a path leads to.</summary>
    /// <param name="path">A path, relative or absolute, with the separators of any system.</param>
    /// <param name="rest">What follows the dataset's own place: the path of a file in a folder; empty for the dataset itself.</param>
    /// <returns>The dataset with the longest place in the path; null when there is none.</returns>
    public DatasetNode? Find(string path, out string rest) => Find(Parts(path), 0, out rest);

    /// <summary>Finds the dataset that an absolute path leads to, below the store's folder.</summary>
    /// <param name="path">The path.</param>
    /// <param name="rest">What follows the dataset's own place.</param>
    /// <returns>The dataset; null when there is none, or when its place is the whole path, as that of an address is.</returns>
    public DatasetNode? FindBelow(string path, out string rest) => Find(Parts(path), 1, out rest);

    private DatasetNode? Find(List<string> parts, int first, out string rest)
    {
        for (var length = parts.Count > MaxParts ? 0 : parts.Count; length > 1; length--)
        {
            for (var start = parts.Count - length; start >= first; start--)
            {
                if (_byPlace.TryGetValue(string.Join("/", parts.Skip(start).Take(length)), out var place) && (start == 0 || !place.IsWhole))
                {
                    rest = string.Join("/", parts.Skip(start + length));
                    return place.Node;
                }
            }
        }

        rest = "";
        return null;
    }

    /// <summary>The parts of a path; symbols at its beginning, which stand for folders of this or that machine, and steps upward say nothing.</summary>
    private static List<string> Parts(string path) =>
        [.. path.Split('/', '\\').Where(part => part is not ("" or ".")).SkipWhile(part => part == ".." || part[0] is '$' or '~')];
}
