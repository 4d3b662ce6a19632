using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>Copies a file or folder as it is: links stay links, and times and modes stay.</summary>
internal static class TreeCopy
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Copies.</summary>
    /// <param name="from">The file or folder; a link there is followed.</param>
    /// <param name="to">Its copy, where nothing is yet; the folder above it exists.</param>
    /// <param name="progress">Told the bytes that are done.</param>
    /// <param name="cancellationToken">Stops within one buffer of a large file, or between two others.</param>
    /// <exception cref="IOException">Something cannot be read or written, or is neither file, folder nor link.</exception>
    /// <exception cref="UnauthorizedAccessException">Something must not be read or written.</exception>
    public static void Copy(string from, string to, Action<long> progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(from))
        {
            CopyFile(from, to, progress, cancellationToken);
            return;
        }

        var bytes = 0L;

        var folders = new List<(DirectoryInfo From, string To)>();
        var pending = new Stack<(DirectoryInfo From, string To)>([(new DirectoryInfo(from), to)]);
        while (pending.TryPop(out var folder))
        {
            Directory.CreateDirectory(folder.To);
            folders.Add(folder);
            foreach (var child in folder.From.EnumerateFileSystemInfos("*", Everything))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var target = Path.Combine(folder.To, child.Name);
                if (child.LinkTarget is { } link)
                {
                    CreateLink(target, link, isFolder: child is DirectoryInfo);
                }
                else if (child is DirectoryInfo inner)
                {
                    pending.Push((inner, target));
                }
                else
                {
                    var before = bytes;
                    bytes += CopyFile(child.FullName, target, done => progress(before + done), cancellationToken);
                }
            }
        }

        // From the inside out: a folder may be one that nobody writes to, and writing into it changes its time.
        for (var i = folders.Count - 1; i >= 0; i--)
        {
            var (source, target) = folders[i];
            Directory.SetLastWriteTimeUtc(target, source.LastWriteTimeUtc);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, source.UnixFileMode | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <summary>Makes a link; Windows wants to know what kind of thing it leads to.</summary>
    internal static void CreateLink(string path, string target, bool isFolder)
    {
        if (isFolder)
        {
            Directory.CreateSymbolicLink(path, target);
        }
        else
        {
            File.CreateSymbolicLink(path, target);
        }
    }

    private static long CopyFile(string from, string to, Action<long> progress, CancellationToken cancellationToken)
    {
        SpecialFile.Refuse(from);
        FileCopy.Copy(from, to, cancellationToken, progress);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(to, File.GetUnixFileMode(from) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var bytes = new FileInfo(to).Length;
        progress(bytes);
        return bytes;
    }
}
