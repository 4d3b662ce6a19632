namespace DataManifest.Storage;

/// <summary>Symbolic links at the paths of files, of which this framework tells nothing.</summary>
internal static class FileLink
{
    /// <summary>The path itself. For a state file behind a link, what another process writes meanwhile is not seen.</summary>
    /// <param name="path">The path.</param>
    public static string TargetOf(string path) => path;
}
