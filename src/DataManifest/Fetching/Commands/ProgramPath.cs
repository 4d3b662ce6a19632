namespace DataManifest.Fetching.Commands;

/// <summary>Finds programs as a shell does; the runtime would look into its own folder and the current one first.</summary>
internal static class ProgramPath
{
    private static readonly string[] Suffixes = OperatingSystem.IsWindows() ? ["", ".exe", ".com"] : [""];

    /// <summary>A program's file; null when there is none.</summary>
    /// <param name="program">A path, or a name that is looked for in <c>PATH</c>.</param>
    /// <param name="folder">Where a relative path begins.</param>
    /// <param name="searched">The folders that are searched, as <c>PATH</c> has them; null for this process's own.</param>
    public static string? Find(string program, string folder, string? searched) => FindAll(program, folder, searched).FirstOrDefault();

    /// <summary>All files that a program's name stands for, in the order in which they are looked for.</summary>
    /// <param name="program">A path, or a name that is looked for in <c>PATH</c>.</param>
    /// <param name="folder">Where a relative path begins.</param>
    /// <param name="searched">The folders that are searched, as <c>PATH</c> has them; null for this process's own.</param>
    public static IEnumerable<string> FindAll(string program, string folder, string? searched)
    {
        var isPath = program.Contains('/') || (OperatingSystem.IsWindows() && program.IndexOfAny(['\\', ':']) >= 0);
        string[] folders = isPath
            ? [folder]
            : [.. (searched ?? Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)];
        return program.Contains('\0')
            ? []
            : folders.SelectMany(place => Suffixes.Select(suffix => Path.GetFullPath(program + suffix, place))).Where(IsProgram);
    }

    private static bool IsProgram(string path) => File.Exists(path)
        && (OperatingSystem.IsWindows() ? Path.HasExtension(path)
            : (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
