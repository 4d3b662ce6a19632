namespace DataManifest.Maintenance;

/// <summary>What one look at a path tells.</summary>
/// <param name="Exists">Whether a file or folder is there; a link counts as what it leads to.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Length">A file's size in bytes.</param>
/// <param name="Written">When it was written.</param>
/// <param name="Accessed">When it was read last, or else written; null when the file system tells neither.</param>
internal readonly record struct PathFacts(bool Exists, bool IsFolder, long Length, DateTimeOffset? Written, DateTimeOffset? Accessed)
{
    private const FileAttributes Missing = (FileAttributes)(-1);

    /// <summary>Looks at a path; what must not be looked at counts as missing.</summary>
    /// <param name="path">The path; empty for none.</param>
    public static PathFacts Of(string path)
    {
        try
        {
            var info = path.Length == 0 ? null : new FileInfo(path);
            if (info is null || info.Attributes == Missing)
            {
                return default;
            }

            if (info.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                info = info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? new FileInfo(target.FullName) : info;
                if (info.Attributes == Missing)
                {
                    return default;
                }
            }

            var isFolder = info.Attributes.HasFlag(FileAttributes.Directory);
            var written = Known(info.LastWriteTimeUtc);
            return new PathFacts(true, isFolder, isFolder ? 0 : info.Length, written, Known(info.LastAccessTimeUtc) ?? written);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return default;
        }
    }

    private static DateTimeOffset? Known(DateTime time) => time > DateTime.UnixEpoch ? new DateTimeOffset(time, TimeSpan.Zero) : null;
}
