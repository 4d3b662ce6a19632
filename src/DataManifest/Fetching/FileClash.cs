namespace DataManifest.Fetching;

/// <summary>
/// Paths that differ as texts and are one file all the same: by segments that mean nothing, or by their case where the file system does not care. One file would take the other's place
/// without anybody noticing, since the digest of the folder may be taken before its files are on the disk.
/// </summary>
internal static class FileClash
{
    /// <summary>The numbers of two such paths; null for none.</summary>
    /// <param name="paths">The full paths.</param>
    /// <param name="ignoresCase">Whether the file system does not care for case; asked only where it matters.</param>
    public static (int First, int Second)? Find(IReadOnlyList<string> paths, Func<bool> ignoresCase) =>
        Find(paths, StringComparer.OrdinalIgnoreCase) is not { } alike ? null
            : ignoresCase() ? alike
            : Find(paths, StringComparer.Ordinal);

    private static (int First, int Second)? Find(IReadOnlyList<string> paths, StringComparer comparer)
    {
        var first = new Dictionary<string, int>(paths.Count, comparer);
        for (var i = 0; i < paths.Count; i++)
        {
            if (!first.TryAdd(paths[i], i))
            {
                return (first[paths[i]], i);
            }
        }

        return null;
    }
}
