namespace DataManifest.Generator.Model;

/// <summary>A generated file with the code of one dataset, or, where there are many, of some.</summary>
/// <param name="Name">What stands in the file's name for them.</param>
/// <param name="Datasets">The datasets' properties, in the order of the manifests; one at least.</param>
internal sealed record DatasetFile(string Name, EquatableArray<PropertyModel> Datasets)
{
    // The compiler compares the names of all generated files with each other at every key pressed: 0.2 ms for this many, 250 ms for ten thousand.
    private const int MaxFiles = 128;

    /// <summary>The files of a project. A dataset stays in its file when others come, so that only what has changed is written again.</summary>
    /// <param name="properties">The properties of the generated code.</param>
    public static IEnumerable<DatasetFile> Divide(IReadOnlyList<PropertyModel> properties)
    {
        var datasets = properties.Where(property => property.Dataset is not null).ToList();
        if (datasets.Count <= MaxFiles)
        {
            return datasets.Select(dataset => new DatasetFile(dataset.FileName, new([dataset])));
        }

        var files = Enumerable.Range(0, MaxFiles).Select(_ => new List<PropertyModel>()).ToList();
        foreach (var dataset in datasets)
        {
            files[Hash(dataset.TypeName) % MaxFiles].Add(dataset);
        }

        return files.Select((part, i) => new DatasetFile($"{i + 1:d3}", new(part))).Where(file => file.Datasets.Count > 0);
    }

    /// <summary>The same number in every process, which <see cref="string.GetHashCode()"/> is not.</summary>
    private static int Hash(string text) => (int)(text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u)) >> 8);
}
