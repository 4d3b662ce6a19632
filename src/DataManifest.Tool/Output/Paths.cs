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

    /// <summary>A path with <c>~</c> in place of the user's home folder.</summary>
    /// <param name="path">An absolute path.</param>
    public static string FromHome(string path)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 1 && (path == home || path.StartsWith(home + Path.DirectorySeparatorChar, StringComparison.Ordinal)) ? "~" + path[home.Length..] : path;
    }

    /// <summary>A path as the user wrote it with the home folder in place of a leading <c>~</c>.</summary>
    /// <param name="path">The path.</param>
    public static string ToHome(string path) => path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
        ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) + path[1..]
        : path;
}
