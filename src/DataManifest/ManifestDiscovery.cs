namespace DataManifest;

/// <summary>Finds the manifest when nobody names it (specification, "File naming and discovery").</summary>
public static class ManifestDiscovery
{
    /// <summary>The names that a manifest can have; in one folder the first that exists wins.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["datamanifest.toml", "DataManifest.toml", "datasets.toml", "Datasets.toml"];

    /// <summary>
    /// The manifest that <c>DATAMANIFEST_TOML</c> or else <c>DATASETS_TOML</c> names, or else the first one in a folder or above it.
    /// </summary>
    /// <param name="folder">Where to begin.</param>
    /// <param name="variables">The environment variables; empty values count as unset.</param>
    /// <returns>The absolute path, which exists unless a variable names it; null when there is none.</returns>
    public static string? Find(string folder, IReadOnlyDictionary<string, string> variables)
    {
        foreach (var name in new[] { "DATAMANIFEST_TOML", "DATASETS_TOML" })
        {
            if (variables.TryGetValue(name, out var path) && path.Length > 0)
            {
                return Path.GetFullPath(path, Path.GetFullPath(folder));
            }
        }

        return FindUpward(folder);
    }

    /// <summary>The first manifest in a folder or above it; null when there is none.</summary>
    /// <param name="folder">Where to begin.</param>
    public static string? FindUpward(string folder)
    {
        for (var current = Path.GetFullPath(folder); current is not null; current = Path.GetDirectoryName(current))
        {
            foreach (var name in FileNames)
            {
                if (Path.Combine(current, name) is var path && File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }
}
