namespace DataManifest.Storage;

/// <summary>Copies one file with its time of writing.</summary>
internal static class FileCopy
{
    private const long LargeFile = 64L << 20;

    /// <summary>Copies a file; the file system may make the copy of one that is not large without copying its bytes.</summary>
    /// <param name="source">The file; a link is followed.</param>
    /// <param name="target">Its copy, where nothing is yet.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes of a large file that are done.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read or written.</exception>
    public static void Copy(string source, string target, CancellationToken cancellationToken, Action<long>? progress = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (new FileInfo(source).Length <= LargeFile)
        {
            File.Copy(source, target);
            return;
        }

        // The system's own copy neither ends when it is cancelled nor says how far it is.
        using (var from = File.OpenHandle(source, options: FileOptions.SequentialScan))
        using (var to = File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write))
        {
            var buffer = new byte[1024 * 1024];
            var done = 0L;
            for (int read; (read = RandomAccess.Read(from, buffer, done)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                RandomAccess.Write(to, buffer.AsSpan(0, read), done);
                done += read;
                progress?.Invoke(done);
            }
        }

        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(source));
    }
}
