namespace DataManifest.Storage;

/// <summary>Finds the project's root of a program that runs, which may be a build's output or an installed program.</summary>
internal static class ProgramRoot
{
    /// <summary>The root folder, absolute.</summary>
    /// <param name="baseDirectory">The program's folder.</param>
    /// <param name="note">What the build has noted beside the program.</param>
    /// <param name="manifest">Which of the manifests that the program was compiled with.</param>
    public static string Find(string baseDirectory, ProgramNote note, int manifest = 0) =>
        note.RootOf(manifest) is { } noted ? noted
        : ManifestDiscovery.FindUpward(baseDirectory) is { } found ? Path.GetDirectoryName(found)!
        : Path.TrimEndingDirectorySeparator(baseDirectory);
}
