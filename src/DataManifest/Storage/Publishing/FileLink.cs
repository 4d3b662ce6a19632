namespace DataManifest.Storage;

/// <summary>Symbolic links at the paths of files.</summary>
internal static class FileLink
{
    /// <summary>The file that is read or written when a path is: the path itself, or what it links to in the end, there or not.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="IOException">The link leads in a circle.</exception>
    public static string TargetOf(string path) => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
}
