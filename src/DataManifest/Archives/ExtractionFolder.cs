using System.Buffers;
using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Archives;

/// <summary>
/// The folder that an archive is unpacked into, and the only place that writes there. It knows every path it was given, so that nothing is written
/// twice or through a link: links are made last, when all files are there and their targets can be judged.
/// </summary>
/// <param name="root">The existing, empty folder.</param>
/// <param name="limits">The limits.</param>
/// <param name="archiveBytes">The archive's size, for the limit of the ratio.</param>
/// <param name="cancellationToken">Stops within one buffer.</param>
/// <param name="progress">Told the bytes written so far, once per buffer; called from several threads.</param>
internal sealed class ExtractionFolder(string root, ArchiveLimits limits, long archiveBytes, CancellationToken cancellationToken, Action<long>? progress = null)
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private static readonly StringComparer Names =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private readonly Dictionary<string, string> _links = new(Names);
    private readonly HashSet<string> _files = new(Names);
    private readonly HashSet<string> _folders = new(Names) { "" };
    private readonly long _allowedBytes = limits.AllowedBytes(archiveBytes);
    private long _written;
    private int _entries;

    /// <summary>Counts an entry.</summary>
    /// <exception cref="FetchFaultException">There are more than the limit.</exception>
    public void Count()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_entries > limits.Entries)
        {
            throw TooLarge($"more than {limits.Entries} entries, the limit {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.Entries)}");
        }
    }

    /// <summary>Makes a folder, and those above it; one that is there already is left.</summary>
    /// <param name="name">The entry's name.</param>
    public void AddFolder(string name) => EnsureFolder(name, EntryPath.Split(name));

    /// <summary>Reserves a path for a file and makes the folders above it. Not thread-safe, unlike <see cref="Write"/>.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="isNew">False when an earlier entry has the path: its content must be the same then.</param>
    /// <returns>The full path.</returns>
    public string AddFile(string name, out bool isNew)
    {
        var segments = EntryPath.Split(name);
        if (segments.Length == 0)
        {
            throw EntryPath.Refuse(name, "is a file that has the folder's own name");
        }

        EnsureFolder(name, segments[..^1]);
        var path = string.Join('/', segments);
        if (_folders.Contains(path) || _links.ContainsKey(path))
        {
            throw EntryPath.Refuse(name, "is there twice, as different things");
        }

        isNew = _files.Add(path);
        return Full(path);
    }

    /// <summary>Reserves a path for a symbolic link; <see cref="MakeLinks"/> makes it.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="target">The link's text.</param>
    public void AddLink(string name, string target)
    {
        var segments = EntryPath.Split(name);
        if (target.Length == 0 || target[0] is '/' or '\\' || target.Contains('\0') || (target.Length > 1 && target[1] == ':'))
        {
            throw EntryPath.Refuse(name, $"is a link to '{target}', outside the folder");
        }

        var path = string.Join('/', segments);
        EnsureFolder(name, segments[..Math.Max(0, segments.Length - 1)]);
        if (_folders.Contains(path) || _files.Contains(path) || (_links.TryGetValue(path, out var other) && other != target))
        {
            throw EntryPath.Refuse(name, "is there twice, as different things");
        }

        _links[path] = target;
    }

    /// <summary>Copies a file that was unpacked before, for a hard link.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="target">The name of the entry that has the content.</param>
    public void AddCopy(string name, string target)
    {
        var source = string.Join('/', EntryPath.Split(target));
        if (!_files.Contains(source))
        {
            throw EntryPath.Refuse(name, $"is a hard link to '{target}', which is no earlier file of the archive");
        }

        var path = AddFile(name, out var isNew);
        if (!isNew)
        {
            throw EntryPath.Refuse(name, "is there twice");
        }

        Grow(new FileInfo(Full(source)).Length);
        File.Copy(Full(source), path);
    }

    /// <summary>Writes a file's content; thread-safe.</summary>
    /// <param name="path">What <see cref="AddFile"/> returned.</param>
    /// <param name="content">The content.</param>
    /// <param name="length">The length that the archive promises.</param>
    /// <param name="mode">Permissions; set-id bits are dropped and the owner can always read and write. Null for the usual ones.</param>
    /// <param name="modified">The modification time, or null.</param>
    /// <param name="onBytes">Sees every buffer that is written, or null.</param>
    public void Write(string path, Stream content, long length, UnixFileMode? mode, DateTimeOffset? modified, Action<ArraySegment<byte>>? onBytes = null)
    {
        if (length > _allowedBytes)
        {
            throw TooManyBytes();
        }

        using (var file = Create(path, mode))
        {
            var copied = Copy(content, path, bytes =>
            {
                file.Write(bytes);
                onBytes?.Invoke(bytes);
            });
            if (copied != length)
            {
                throw Damaged($"'{Path.GetFileName(path)}' has {copied} bytes instead of {length}");
            }
        }

        // Windows knows no time before 1601.
        if (modified is { Year: > 1600 } time)
        {
            File.SetLastWriteTimeUtc(path, time.UtcDateTime);
        }
    }

    /// <summary>Compares a repeated entry with what the first one wrote.</summary>
    /// <param name="name">The entry's name.</param>
    /// <param name="path">What <see cref="AddFile"/> returned.</param>
    /// <param name="content">The repeated entry's content.</param>
    /// <exception cref="FetchFaultException">The contents differ.</exception>
    public void RequireSame(string name, string path, Stream content)
    {
        using var first = File.OpenRead(path);
        var buffer = new byte[128 * 1024];
        var length = Copy(content, path, bytes =>
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
    public void Drain(Stream rest) => Copy(rest, "its end", _ => { });

    /// <summary>Makes the symbolic links, after proving that each stays inside the folder however many links its way crosses.</summary>
    /// <exception cref="FetchFaultException">A link leaves the folder or runs in a circle.</exception>
    public void MakeLinks()
    {
        foreach (var (path, target) in _links)
        {
            LinkTarget.RequireInside(path, target, _links);
        }

        foreach (var (path, target) in _links)
        {
            File.CreateSymbolicLink(Full(path), target);
        }
    }

    /// <summary>The fault of an archive that cannot be right.</summary>
    /// <param name="reason">What was found.</param>
    /// <param name="inner">What it follows from, or null.</param>
    public static FetchFaultException Damaged(string reason, Exception? inner = null) => new(
        DiagnosticRules.DamagedArchive, $"The archive is cut short or damaged: {reason}. Nothing was unpacked; fetch it again or correct its source.", inner);

    private long Copy(Stream content, string path, Action<ArraySegment<byte>> sink)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            var copied = 0L;
            for (int read; (read = content.Read(buffer, 0, 128 * 1024)) > 0; copied += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Grow(read);
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
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (mode is { } bits && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = (bits & Permissions) | UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private void Grow(long bytes)
    {
        var written = Interlocked.Add(ref _written, bytes);
        if (written > _allowedBytes)
        {
            throw TooManyBytes();
        }

        progress?.Invoke(written);
    }

    private FetchFaultException TooManyBytes() => limits.TotalBytes <= _allowedBytes
        ? TooLarge($"more than {limits.TotalBytes} bytes, the limit {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.TotalBytes)}")
        : TooLarge($"more than {_allowedBytes} bytes, {limits.Ratio} times its size, the limit {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.Ratio)}");

    private static FetchFaultException TooLarge(string what) =>
        new(DiagnosticRules.ArchiveTooLarge, $"The archive unpacks to {what}. Nothing was unpacked; raise the limit if the archive is what it should be.");

    private string Full(string path) => Path.Combine(root, path);

    private void EnsureFolder(string name, string[] segments)
    {
        var path = "";
        foreach (var segment in segments)
        {
            path = path.Length == 0 ? segment : $"{path}/{segment}";
            if (_folders.Contains(path))
            {
                continue;
            }

            if (_files.Contains(path) || _links.ContainsKey(path))
            {
                throw EntryPath.Refuse(name, "lies below an entry that is a file or a link");
            }

            Directory.CreateDirectory(Full(path));
            _folders.Add(path);
        }
    }
}
