namespace DataManifest.Tool.Output;

/// <summary>Paths for people.</summary>
internal static class Paths
{
    /// <summary>A path relative to the current folder when it lies in it; as it is otherwise.</summary>
    /// <param name="path">An absolute path.</param>
    public static string Short(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
