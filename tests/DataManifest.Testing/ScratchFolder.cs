namespace DataManifest.Testing;

/// <summary>A new empty folder that is removed with everything in it when disposed.</summary>
public sealed class ScratchFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public ScratchFolder() => Path = Directory.CreateTempSubdirectory("datamanifest-test-").FullName;

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>The full path of something in it.</summary>
    /// <param name="relative">A path with slashes.</param>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a UTF-8 file and the folders above it.</summary>
    /// <param name="relative">A path with slashes.</param>
    /// <param name="text">The content.</param>
    /// <returns>The full path.</returns>
    public string Write(string relative, string text) => Write(relative, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file and the folders above it.</summary>
    /// <param name="relative">A path with slashes.</param>
    /// <param name="bytes">The content.</param>
    /// <returns>The full path.</returns>
    public string Write(string relative, byte[] bytes)
    {
        var path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Every file and folder in it, relative, with slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Entries() =>
        [.. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Select(path => System.IO.Path.GetRelativePath(Path, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
