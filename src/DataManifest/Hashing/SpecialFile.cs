using System.Formats.Tar;

namespace DataManifest.Hashing;

/// <summary>Pipes, sockets and devices: reading one would block for ever or never end. And files whose names the runtime cannot tell the system.</summary>
internal static class SpecialFile
{
    /// <summary>Does nothing for a regular file or a link to one, or where nothing is.</summary>
    /// <param name="path">The path of something that is no folder.</param>
    /// <exception cref="IOException">It is a pipe, socket or device.</exception>
    public static void Refuse(string path) => Refuse(new FileInfo(path));

    /// <summary>Does nothing for a regular file or a link to one, or where nothing is.</summary>
    /// <param name="entry">Something that is no folder.</param>
    /// <exception cref="IOException">It is a pipe, socket or device.</exception>
    public static void Refuse(FileInfo entry)
    {
        RequireName(entry);
        var isLink = entry.Exists && entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
        var file = isLink && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? new FileInfo(target.FullName) : entry;

        // All of them report a length of zero, so that only empty files pay for the closer look.
        if (!OperatingSystem.IsWindows() && file is { Exists: true, Length: 0 } && !IsRegular(file.FullName))
        {
            throw new IOException($"'{entry.FullName}' is a pipe, socket or device; a dataset consists of files and folders. Remove it.");
        }
    }

    /// <summary>Does nothing for a name in UTF-8. The runtime shows any other with signs in place of what it cannot read, and by that name finds nothing.</summary>
    /// <param name="entry">Something that was listed.</param>
    /// <exception cref="IOException">Its name is another one.</exception>
    public static void RequireName(FileSystemInfo entry)
    {
        if (entry.Name.Contains('\uFFFD') && !Path.Exists(entry.FullName) && new FileInfo(entry.FullName).LinkTarget is null)
        {
            throw new IOException($"The name of '{entry.FullName}' is no UTF-8, so it cannot be read. Rename it where it is made.");
        }
    }

    /// <summary>Asks the tar writer, the one place of the platform that tells the kinds of files apart.</summary>
    private static bool IsRegular(string path)
    {
        using var scratch = new MemoryStream();
        try
        {
            using var writer = new TarWriter(scratch, TarEntryFormat.Pax, leaveOpen: true);
            writer.WriteEntry(path, "probe");
        }
        catch (IOException)
        {
            // A socket, which tar cannot hold.
            return false;
        }

        scratch.Position = 0;
        using var reader = new TarReader(scratch);
        return reader.GetNextEntry()?.EntryType is TarEntryType.RegularFile;
    }
}
