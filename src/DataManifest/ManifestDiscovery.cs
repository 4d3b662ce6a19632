namespace DataManifest;

/// <summary>Finds the manifest when nobody names it (specification, "File naming and discovery").</summary>
public static class ManifestDiscovery
{
    private static readonly string[] Variables = ["DATAMANIFEST_TOML", "DATASETS_TOML"];

    /// <summary>The names that a manifest can have; in one folder the first that exists wins.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["datamanifest.toml", "DataManifest.toml", "datasets.toml", "Datasets.toml"];

    /// <summary>
    /// The manifest that <c>DATAMANIFEST_TOML</c> or else <c>DATASETS_TOML</c> names, or else the first one in a folder or above it.
    /// </summary>
    /// <param name="folder">Where to begin.</param>
    /// <param name="variables">The environment variables; empty values count as unset.</param>
    /// <returns>The absolute path, which exists unless a variable names it; null when there is none.</returns>
    public static string? Find(string folder, IReadOnlyDictionary<string, string> variables) =>
        NameIn(variables) is { } path ? Path.GetFullPath(path, Path.GetFullPath(folder)) : FindUpward(folder);

    /// <summary>The files beside a manifest that are not used because it is there, by their names, in the order of <see cref="FileNames"/>.</summary>
    /// <param name="manifest">The manifest that was found.</param>
    /// <returns>None where the folder cannot be listed, which does not keep the manifest from being read.</returns>
    public static IReadOnlyList<string> PassedOver(string manifest)
    {
        // As the folder spells them: where case does not count, a manifest can be found by two names.
        string[] present;
        try
        {
            present = [.. Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(manifest))!, "*.toml").Select(file => Path.GetFileName(file)!)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        var found = Path.GetFileName(manifest);
        var used = present.Contains(found) ? found : present.FirstOrDefault(name => string.Equals(name, found, StringComparison.OrdinalIgnoreCase));
        return [.. FileNames.Where(name => name != used && present.Contains(name))];
    }

    /// <summary>The manifest that a variable names; null when none does.</summary>
    /// <param name="variables">The environment variables; empty values count as unset.</param>
    internal static string? NameIn(IReadOnlyDictionary<string, string> variables) =>
        Variables.Select(name => variables.TryGetValue(name, out var path) ? path : "").FirstOrDefault(path => path.Length > 0);

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
