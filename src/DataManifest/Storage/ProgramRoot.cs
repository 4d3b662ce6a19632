using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>Finds the project's root of a program that runs, which may be a build's output or an installed program.</summary>
internal static class ProgramRoot
{
    /// <summary>The root folder, absolute.</summary>
    /// <param name="baseDirectory">The program's folder.</param>
    /// <param name="assemblyName">The assembly with the generated datasets.</param>
    public static string Find(string baseDirectory, string assemblyName) =>
        ReadManifestPath(Path.Combine(baseDirectory, assemblyName + ".datamanifest.toml")) is { } written && File.Exists(written) ? Path.GetDirectoryName(written)!
        : ManifestDiscovery.FindUpward(baseDirectory) is { } found ? Path.GetDirectoryName(found)!
        : Path.TrimEndingDirectorySeparator(baseDirectory);

    /// <summary>The manifest that the build's note names. A note that cannot be read counts as none: the other rungs are there for programs without one.</summary>
    private static string? ReadManifestPath(string note)
    {
        try
        {
            return File.Exists(note) && TomlDocument.Parse(File.ReadAllText(note)).Root["manifest"] is TomlString manifest && Path.IsPathFullyQualified(manifest.Value)
                ? manifest.Value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TomlException)
        {
            return null;
        }
    }
}
