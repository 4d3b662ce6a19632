namespace DataManifest.Storage;

/// <summary>Reads the files that people write, which are never large: a wrong path, or a disk full of garbage, must not fill the memory.</summary>
internal static class SmallFile
{
    /// <summary>The largest manifest or configuration file that is read, in bytes: 64 MiB, some 250,000 datasets.</summary>
    public const long LargestBytes = 64 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileTooLargeException">It is larger than <see cref="LargestBytes"/>; nothing of it was read.</exception>
    /// <exception cref="IOException">It is not there or cannot be read.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length > LargestBytes)
        {
            throw new FileTooLargeException($"It has {stream.Length} bytes; a file of its kind has {LargestBytes} at most.");
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>A file is larger than any of its kind.</summary>
/// <param name="message">How large.</param>
internal sealed class FileTooLargeException(string message) : IOException(message);
