using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>
/// The members of a batch, or the objects below a prefix, that are here while others are not, each with what proves it: its source, size and digest. While it is in use the folder has a name of
/// its writer's own; a writer that fails puts it back for the next one, and that of a writer which was killed is put back by <see cref="Staging.Recover"/>.
/// </summary>
internal sealed class KeptMembers : IDisposable
{
    private const string ProofsName = "proofs";
    private const string FilesName = "files";

    /// <summary>For how long proofs wait for others to be written with them, in milliseconds: a writer that is killed loses so much work at most.</summary>
    private const int Delay = 1000;
    private const long LargestProofs = 1024 * 1024 * 1024;

    private static readonly TimeSpan LongestUnpinned = TimeSpan.FromDays(1);

    private readonly string _shared;
    private readonly string _folder;
    private readonly string[] _paths;
    private readonly object _gate = new();
    private Dictionary<int, Proof> _proofs = [];
    private readonly List<(int Index, string Uri, long Size, Checksum Checksum, DateTime Time)> _unwritten = [];
    private readonly Timer _writing;
    private bool _isNew = true;
    private bool _hasWritten;

    private KeptMembers(string shared, IEnumerable<string> paths)
    {
        (_shared, _folder) = (shared, Staging.NewPartialPath(shared));
        _paths = [.. paths.Select(path => Path.GetFullPath(StoragePath.Native(path), Files))];
        _writing = new Timer(_ => TryWriteProofs(), null, Timeout.Infinite, Timeout.Infinite);
    }

    private string Files => Path.Combine(_folder, FilesName);

    private string ProofsPath => Path.Combine(_folder, ProofsName);

    /// <summary>Takes what an earlier writer left, or begins with nothing.</summary>
    /// <param name="shared">The name under which they wait; the lock of the dataset's entry is held.</param>
    /// <param name="paths">The paths of all members in the dataset's folder, with slashes; none leads out of it.</param>
    public static KeptMembers Claim(string shared, IReadOnlyList<string> paths)
    {
        var kept = new KeptMembers(shared, paths);
        if (!Directory.Exists(shared) || kept.TryTake())
        {
            return kept;
        }

        // Another name: what cannot be cleared away must not become a part of the dataset.
        kept._writing.Dispose();
        Staging.Delete(kept._folder);
        return new KeptMembers(shared, paths);
    }

    /// <summary>The numbers of two members that would be one file here; null for none.</summary>
    public (int First, int Second)? FindClash() => FileClash.Find(_paths, () =>
    {
        Directory.CreateDirectory(Files);
        return Directory.Exists(Path.Combine(_folder, FilesName.ToUpperInvariant()));
    });

    /// <summary>Makes the folders that members are made in.</summary>
    public void MakeFolders()
    {
        Directory.CreateDirectory(Files);
        foreach (var folder in _paths.Select(path => Path.GetDirectoryName(path)!).Distinct())
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>Where a member is made.</summary>
    /// <param name="index">Its number.</param>
    public string PathOf(int index) => _paths[index];

    /// <summary>The digest of a member that is here, whole, and from this source; null when it is not. What is here and does not prove right is deleted.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="uri">Its source.</param>
    /// <param name="isPinned">Whether the whole is checked later; without that, a member that was fetched long ago is not put together with new ones.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    public async Task<Checksum?> FindAsync(int index, string uri, bool isPinned, CancellationToken cancellationToken)
    {
        if (_isNew)
        {
            return null;
        }

        var path = PathOf(index);
        if (Find(index) is { } proof && proof.Source == Digest(uri) && (isPinned || DateTime.UtcNow - proof.Time < LongestUnpinned) && new FileInfo(path) is { Exists: true, LinkTarget: null } && proof.Size == SizeOf(path)
            && await ContentDigest.ComputeAsync(path, Checksum.DefaultAlgorithm, cancellationToken).ConfigureAwait(false) is var checksum && checksum.ToString() == proof.Checksum)
        {
            return checksum;
        }

        lock (_gate)
        {
            _proofs.Remove(index);
        }

        Staging.Delete(path);
        return null;
    }

    /// <summary>Notes that a member is here, wholly.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="uri">Its source.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="checksum">Its digest.</param>
    public void Note(int index, string uri, long size, Checksum checksum)
    {
        lock (_gate)
        {
            _unwritten.Add((index, uri, size, checksum, DateTime.UtcNow));
            if (_unwritten.Count == 1)
            {
                _writing.Change(Delay, Timeout.Infinite);
            }
        }
    }

    /// <summary>Gives all members away at once; none is kept any more.</summary>
    /// <param name="target">The dataset's folder; nothing is there yet.</param>
    public void MoveTo(string target)
    {
        Directory.Move(Files, target);
        lock (_gate)
        {
            (_proofs, _hasWritten) = ([], false);
            _unwritten.Clear();
        }
    }

    /// <summary>Leaves what is here, and proven, to the next writer.</summary>
    public void Dispose()
    {
        _writing.Dispose();
        TryWriteProofs();
        if (_hasWritten || _proofs.Count > 0)
        {
            Staging.LeaveMembers(_folder, _shared);
            return;
        }

        Staging.Delete(_folder);
    }

    /// <summary>Takes what an earlier writer left. Without success this writer has nothing, or something that must not be used.</summary>
    private bool TryTake()
    {
        try
        {
            Directory.Move(_shared, _folder);
            if (new FileInfo(_folder).LinkTarget is not null || new FileInfo(Files).LinkTarget is not null || !Staging.IsLeftover(ProofsPath, LargestProofs))
            {
                return false;
            }

            ReadProofs();
            DeleteOthers();
            _isNew = false;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another writer was first, or they are another user's.
            return false;
        }
    }

    /// <summary>What was a member when an earlier writer began, and is none any more, would become a part of the dataset.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    private void DeleteOthers()
    {
        var files = _paths.ToHashSet(StringComparer.Ordinal);
        var folders = FoldersOnTheWay();
        var pending = new Stack<DirectoryInfo>(Directory.Exists(Files) ? [new DirectoryInfo(Files)] : []);
        while (pending.TryPop(out var folder))
        {
            foreach (var entry in folder.GetFileSystemInfos())
            {
                if (entry is DirectoryInfo { LinkTarget: null } below && folders.Contains(below.FullName))
                {
                    pending.Push(below);
                }
                else if (entry is DirectoryInfo || !files.Contains(entry.FullName))
                {
                    Staging.Delete(entry.FullName);
                    RequireGone(entry.FullName);
                }
            }
        }
    }

    /// <summary>All folders between the members and their root.</summary>
    private HashSet<string> FoldersOnTheWay()
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in _paths)
        {
            for (var folder = Path.GetDirectoryName(path); folder is not null && folder.Length > Files.Length && folders.Add(folder); folder = Path.GetDirectoryName(folder))
            {
            }
        }

        return folders;
    }

    private static void RequireGone(string path)
    {
        if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"'{path}' cannot be deleted.");
        }
    }

    /// <summary>A file for all, and many lines at once, since one for each of ten thousand small members would cost as much as the members do.</summary>
    private void WriteProofs()
    {
        lock (_gate)
        {
            if (_unwritten.Count == 0)
            {
                return;
            }

            // The first line end ends what a killed writer did not.
            var lines = new StringBuilder("\n");
            foreach (var (index, uri, size, checksum, time) in _unwritten)
            {
                lines.Append(CultureInfo.InvariantCulture, $"{index} {Digest(uri)} {size} {checksum} {time:O}\n");
            }

            _unwritten.Clear();
            File.AppendAllText(ProofsPath, lines.ToString());
            _hasWritten = true;
        }
    }

    private void TryWriteProofs()
    {
        try
        {
            WriteProofs();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // These are not kept, then; a full disk is told of by those that are fetched.
        }
    }

    private Proof? Find(int index)
    {
        lock (_gate)
        {
            return _proofs.GetValueOrDefault(index);
        }
    }

    /// <summary>The last line of a member counts; one that a killed writer did not finish has no end.</summary>
    private void ReadProofs()
    {
        foreach (var line in File.ReadAllText(ProofsPath).Split('\n')[..^1])
        {
            if (line.Split(' ') is [var number, var source, var size, var checksum, var time] && int.TryParse(number, CultureInfo.InvariantCulture, out var index)
                && DateTime.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var noted))
            {
                _proofs[index] = new Proof(source, size, checksum, noted);
            }
        }
    }

    private static string SizeOf(string path) => new FileInfo(path).Length.ToString(CultureInfo.InvariantCulture);

    /// <summary>A source by its digest, because it may hold a password.</summary>
    private static string Digest(string uri) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(uri)));

    private sealed record Proof(string Source, string Size, string Checksum, DateTime Time);
}
