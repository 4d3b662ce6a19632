using DataManifest.Text;

namespace DataManifest.Hashing;

/// <summary>
/// The files of a folder in the order that its digest takes them (specification, "Checksums"): in each folder first its files, then its
/// sub-folders, both by the code points of their names. A link to a file counts as that file, a link to a folder contributes nothing, and only
/// the root itself may be a link that is followed.
/// </summary>
internal static class FolderOrder
{
    /// <summary>Compares the paths of two files in a folder, with slashes.</summary>
    public static IComparer<string> Paths { get; } = Comparer<string>.Create(Compare);

    /// <summary>Lists the files, lazily and without recursion, so that depth costs no stack.</summary>
    /// <param name="root">An existing folder.</param>
    /// <exception cref="IOException">A link leads nowhere or to itself, or a folder cannot be read.</exception>
    public static IEnumerable<FileInfo> Files(string root)
    {
        var pending = new Stack<DirectoryInfo>();
        pending.Push(new DirectoryInfo(root));
        while (pending.TryPop(out var folder))
        {
            var files = new List<FileInfo>();
            var folders = new List<DirectoryInfo>();
            foreach (var entry in folder.EnumerateFileSystemInfos("*", Everything))
            {
                SpecialFile.RequireName(entry);
                if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || entry.LinkTarget is null)
                {
                    Sort(entry, entry);
                }
                else
                {
                    Sort(entry, Resolve(entry));
                }
            }

            files.Sort((left, right) => CodePointComparer.Instance.Compare(left.Name, right.Name));
            folders.Sort((left, right) => CodePointComparer.Instance.Compare(right.Name, left.Name));
            foreach (var file in files)
            {
                yield return file;
            }

            folders.ForEach(pending.Push);

            void Sort(FileSystemInfo entry, FileSystemInfo target)
            {
                if (target is FileInfo)
                {
                    files.Add((FileInfo)entry);
                }
                else if (ReferenceEquals(entry, target))
                {
                    folders.Add((DirectoryInfo)entry);
                }
            }
        }
    }

    private static int Compare(string? left, string? right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        var a = left.AsSpan(common);
        var b = right.AsSpan(common);
        var (endOfA, endOfB) = (a.IndexOf('/'), b.IndexOf('/'));
        return (endOfA < 0) != (endOfB < 0) ? endOfA.CompareTo(endOfB)
            : CodePointComparer.Instance.Compare(First(a, endOfA), First(b, endOfB));

        // Where a name ends it is shorter than the other.
        static string First(ReadOnlySpan<char> rest, int end) => rest.Length == 0 || end == 0 ? "" : rest[0].ToString();
    }

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private static FileSystemInfo Resolve(FileSystemInfo link)
    {
        var target = link.ResolveLinkTarget(returnFinalTarget: true);
        return target is { Exists: true }
            ? Directory.Exists(target.FullName) ? new DirectoryInfo(target.FullName) : new FileInfo(target.FullName)
            : throw new FileNotFoundException($"The link '{link.FullName}' leads to '{link.LinkTarget}', which does not exist, so its folder has no checksum. Remove the link, or set skip_checksum = true.", link.FullName);
    }
}
