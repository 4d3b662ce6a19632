using System.IO.Enumeration;

namespace DataManifest.Maintenance;

/// <summary>Counts the bytes of files. A link to a file counts as that file; links to folders are not followed.</summary>
internal static class TreeSize
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>The bytes of a file, or of all files below a folder; what cannot be looked at counts nothing.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    public static long Of(string path, CancellationToken cancellationToken)
    {
        var root = PathFacts.Of(path);
        if (!root.IsFolder)
        {
            return root.Length;
        }

        var sum = 0L;
        try
        {
            foreach (var length in Lengths(path))
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum += length;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody is changing the folder; what was counted is the best answer there is.
        }

        return sum;
    }

    private static FileSystemEnumerable<long> Lengths(string folder) => new(
        folder,
        (ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint) ? PathFacts.Of(entry.ToFullPath()).Length : entry.Length,
        Everything)
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    };
}
