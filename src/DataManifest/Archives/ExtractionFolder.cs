using System.Buffers;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;

namespace DataManifest.Archives;

/// <summary>
/// The folder that an archive is unpacked into, and the only place that writes there. Nothing is written twice or through a link: links are made last, when
/// all files are there and their targets can be judged.
/// </summary>
/// <param name="root">The existing, empty folder.</param>
/// <param name="meter">The limits.</param>
/// <param name="cancellationToken">Stops within one buffer.</param>
/// <param name="rules">Which names the file system takes; null for those of this system.</param>
internal sealed class ExtractionFolder(string root, ExtractionMeter meter, CancellationToken cancellationToken, FileNameRules? rules = null)
{
    private const int BufferSize = 128 * 1024;
    private const int FolderCost = 2048; // What one takes at least, on disk and here.
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const UnixFileMode UsualMode = (UnixFileMode)0b110_110_110;

    private readonly ArchiveTree _tree = new(rules ?? FileNameRules.ForThisSystem);
    private readonly List<(string Path, DateTimeOffset Modified)> _folderTimes = [];

    /// <summary>Told the digests of the files; null for none.</summary>
    public FileDigests? Digests { get; init; }

    /// <summary>Counts an entry.</summary>
    /// <exception cref="FetchFaultException">There are more than the limit.</exception>
    public void Count()
    {
        cancellationToken.ThrowIfCancellationRequested();
        meter.CountEntry();
    }

    /// <summary>Refuses an archive whose files have more bytes than the limits, before anything is written.</summary>
    /// <param name="bytes">What the archive says that they have.</param>
    public void RequireRoom(decimal bytes) => meter.RequireAllowed(bytes);

    /// <summary>Reserves a folder, and those above it; <see cref="MakeFolders"/> makes them.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="modified">The modification time, or null.</param>
    public void AddFolder(string name, DateTimeOffset? modified)
    {
        var path = Within(_tree.AddFolder(name));
        if (modified is { } time && path.Length > 0)
        {
            _folderTimes.Add((path, time));
        }
    }

    /// <summary>Reserves a path for a file and the folders above it. Not thread-safe, unlike <see cref="Write"/>.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="isNew">False when an earlier entry has the path: its content must be the same then.</param>
    /// <returns>The full path.</returns>
    public string AddFile(string name, out bool isNew) => Full(Within(_tree.AddFile(name, out isNew)));

    /// <summary>Reserves a path for a symbolic link; <see cref="Finish"/> makes it.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="target">The link's text.</param>
    public void AddLink(string name, string target)
    {
        _tree.AddLink(name, target);
        Within(name);
    }

    /// <summary>Makes the folders that were reserved.</summary>
    public void MakeFolders()
    {
        foreach (var folder in _tree.TakeNewFolders())
        {
            Directory.CreateDirectory(Full(folder));
        }
    }

    /// <summary>Copies a file that was unpacked before, or reserves a path for a link that was, for a hard link.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="target">The name of the entry that has the content.</param>
    public void Copy(string name, string target)
    {
        if (_tree.FindLink(target) is { } text)
        {
            AddLink(name, text);
            return;
        }

        var source = Full(_tree.FindFile(name, target));
        var path = AddFile(name, out var isNew);
        if (!isNew)
        {
            throw EntryPath.Refuse(name, "is there twice");
        }

        MakeFolders();
        meter.Add(new FileInfo(source).Length);
        File.Copy(source, path);
    }

    /// <summary>Writes a file's content; thread-safe. Its folder is there.</summary>
    /// <param name="path">What <see cref="AddFile"/> returned.</param>
    /// <param name="content">The content.</param>
    /// <param name="length">The length that the archive promises; null when it does not.</param>
    /// <param name="mode">Permissions; set-id bits are dropped and the owner can always read and write. Null for the usual ones.</param>
    /// <param name="modified">The modification time, or null.</param>
    /// <param name="onBytes">Sees every buffer that is written, or null.</param>
    public void Write(string path, Stream content, long? length, UnixFileMode? mode, DateTimeOffset? modified, Action<ArraySegment<byte>>? onBytes = null)
    {
        meter.RequireAllowed(length ?? 0);
        using var file = Create(path, mode);
        using var hasher = Digests is null ? null : new ContentHasher(Checksum.DefaultAlgorithm);
        var copied = Read(content, path, bytes =>
        {
            file.Write(bytes);
            onBytes?.Invoke(bytes);
            hasher?.Append(bytes);
        });
        if (length is not null && copied != length)
        {
            throw Damaged($"'{Path.GetFileName(path)}' has {copied} bytes instead of {length}");
        }

        // Windows knows no time before 1601.
        if (modified is { Year: > 1600 } time)
        {
            File.SetLastWriteTimeUtc(file.SafeFileHandle, time.UtcDateTime);
        }

        Digests?.Note(Path.GetRelativePath(root, path).Replace('\\', '/'), copied, hasher!.Finish()[0].Hex);
    }

    /// <summary>Compares a repeated entry with what the first one wrote.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="path">What <see cref="AddFile"/> returned.</param>
    /// <param name="content">The repeated entry's content.</param>
    /// <exception cref="FetchFaultException">The contents differ.</exception>
    public void RequireSame(string name, string path, Stream content)
    {
        using var first = File.OpenRead(path);
        var buffer = new byte[BufferSize];
        var length = Read(content, path, bytes =>
        {
            var same = buffer.AsSpan(0, bytes.Count);
            if (first.ReadAtLeast(same, same.Length, throwOnEndOfStream: false) != same.Length || !same.SequenceEqual(bytes))
            {
                throw EntryPath.Refuse(name, "is there twice with different content");
            }
        });
        if (length != first.Length)
        {
            throw EntryPath.Refuse(name, "is there twice with different content");
        }
    }

    /// <summary>Reads what lies behind the last entry, within the limits, so that a check value at the end is checked too.</summary>
    /// <param name="rest">The stream.</param>
    public void Drain(Stream rest) => Read(rest, "its end", _ => { });

    /// <summary>
    /// Makes what is left: the folders without files, the symbolic links, after proving that each stays inside however many links its way crosses, and the
    /// folders' times.
    /// </summary>
    /// <exception cref="FetchFaultException">A link leaves the folder or runs in a circle.</exception>
    public void Finish()
    {
        MakeFolders();
        foreach (var (path, target) in _tree.Links)
        {
            LinkTarget.RequireInside(path, target, _tree.Links);
        }

        foreach (var (path, target) in _tree.Links)
        {
            File.CreateSymbolicLink(Full(path), target);
        }

        foreach (var (path, modified) in _folderTimes.Where(each => each.Modified.Year > 1600))
        {
            Directory.SetLastWriteTimeUtc(Full(path), modified.UtcDateTime);
        }
    }

    /// <summary>The fault of an archive that cannot be right.</summary>
    /// <param name="reason">What was found.</param>
    /// <param name="inner">What it follows from, or null.</param>
    public static FetchFaultException Damaged(string reason, Exception? inner = null) => new(
        DiagnosticRules.DamagedArchive, $"The archive is cut short or damaged: {reason}. Nothing was unpacked; fetch it again or correct its source.", inner);

    private long Read(Stream content, string path, Action<ArraySegment<byte>> sink)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var copied = 0L;
            for (int read; (read = content.Read(buffer, 0, BufferSize)) > 0; copied += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                meter.Add(read);
                sink(new ArraySegment<byte>(buffer, 0, read));
            }

            return copied;
        }
        catch (Exception cut) when (cut is InvalidDataException or EndOfStreamException)
        {
            throw Damaged($"'{Path.GetFileName(path)}' ends early or is garbled", cut);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileStream Create(string path, UnixFileMode? mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (mode is { } bits && !OperatingSystem.IsWindows() && ((bits & Permissions) | UnixFileMode.UserRead | UnixFileMode.UserWrite) is var wanted && wanted != UsualMode)
        {
            options.UnixCreateMode = wanted;
        }

        return new FileStream(path, options);
    }

    /// <summary>Names and folders count like content, and folders like entries too: a small archive may have deep paths without end, and each part of them is kept in memory and made.</summary>
    private string Within(string path)
    {
        meter.RequireAllowed(_tree.Characters + ((long)_tree.Folders * FolderCost));
        meter.RequireCount(_tree.Folders);
        return path;
    }

    private string Full(string path) => Path.Join(root, path);
}
