using System.Collections.Concurrent;

namespace DataManifest.Hashing;

/// <summary>The SHA-256 digests of the files of a folder that were taken while they were written, so that none need be read for that again. Thread-safe.</summary>
internal sealed class FileDigests
{
    private readonly ConcurrentDictionary<string, (long Size, string Sha256)> _files = new(StringComparer.Ordinal);

    /// <summary>Notes a file.</summary>
    /// <param name="path">Its path in the folder, with slashes.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="sha256">Its digest, lower-case hexadecimal.</param>
    public void Note(string path, long size, string sha256) => _files[path] = (size, sha256);

    /// <summary>The digest of a file; null when it was not noted, or has another size now.</summary>
    /// <param name="path">Its path in the folder, with slashes.</param>
    /// <param name="size">Its size in bytes.</param>
    public string? Find(string path, long size) => _files.TryGetValue(path, out var file) && file.Size == size ? file.Sha256 : null;

    /// <summary>Forgets everything, for a folder that is made anew.</summary>
    public void Clear() => _files.Clear();
}
