namespace DataManifest.Storage;

/// <summary>Text rules for paths in the store.</summary>
internal static class StoragePath
{
    private static readonly StringComparison Comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Whether a path is a folder or lies in it. Both are normalised.</summary>
    /// <param name="path">The path.</param>
    /// <param name="folder">The folder.</param>
    public static bool IsBelowOrEqual(string path, string folder) => string.Equals(path, folder, Comparison) || IsBelow(path, folder);

    /// <summary>Whether a path lies in a folder. Both are normalised.</summary>
    /// <param name="path">The path.</param>
    /// <param name="folder">The folder.</param>
    public static bool IsBelow(string path, string folder) =>
        path.Length > folder.Length && path.StartsWith(folder, Comparison) && (Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar);

    /// <summary>The path with the system's own separators.</summary>
    /// <param name="path">The path.</param>
    public static string Native(string path) => Path.DirectorySeparatorChar == '/' ? path : path.Replace('/', Path.DirectorySeparatorChar);
}
