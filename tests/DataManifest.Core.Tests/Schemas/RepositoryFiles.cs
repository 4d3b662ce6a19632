namespace DataManifest.Schemas;

/// <summary>Files of the repository that the tests run in.</summary>
internal static class RepositoryFiles
{
    /// <summary>The repository's root, found upward from the tests' own folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a schema of this repository.</summary>
    public static string Schema(string name) => Path.Combine(Root, "docs", "schemas", name + ".schema.json");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DataManifest.Build.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException(AppContext.BaseDirectory);
        }

        return folder;
    }
}
