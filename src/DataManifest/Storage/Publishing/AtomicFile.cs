namespace DataManifest.Storage;

/// <summary>Replaces small files so that a reader, or a process that is killed at any moment, sees the old content or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file. A link at the path and the permissions of the old file stay.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="content">The new content.</param>
    /// <exception cref="IOException">It cannot be written; the old content is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var target = FileLink.TargetOf(path);
        var staging = Staging.NewPath(target);
        try
        {
            using (var stream = new FileStream(staging, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            if (!File.Exists(target))
            {
                File.Move(staging, target, overwrite: true);
            }
            else if (OperatingSystem.IsWindows())
            {
                File.Replace(staging, target, destinationBackupFileName: null);
            }
            else
            {
                File.SetUnixFileMode(staging, File.GetUnixFileMode(target));
                File.Move(staging, target, overwrite: true);
            }
        }
        finally
        {
            Staging.Delete(staging);
        }
    }
}
