using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>
/// The members of a batch, or the objects below a prefix, that are here while others are not, each with what proves it: its source, size and digest. While it is in use the folder has a name of its own
/// writer; a writer that fails puts it back for the next one, and that of a writer which was killed is put back by <see cref="Staging.Recover"/>.
/// </summary>
internal sealed class KeptMembers
{
    private const string ProofsName = "proofs";
    private const string FilesName = "files";

    /// <summary>So many bytes of members wait for their proofs to be written at most: as much as a download that is cut off is not gone on with.</summary>
    private const long WorthNoting = 1024 * 1024;
    private const long LargestProofs = 1024 * 1024 * 1024;

    private static readonly TimeSpan LongestUnpinned = TimeSpan.FromDays(1);

    private readonly string _shared;
    private readonly string _folder;
    private readonly string[] _paths;
    private readonly object _gate = new();
    private readonly Dictionary<int, Proof> _proofs = [];
    private readonly bool _isNew = true;
    private readonly StringBuilder _unwritten = new();
    private long _unwrittenBytes;

    private KeptMembers(string shared, IEnumerable<string> paths)
    {
        (_shared, _folder) = (shared, Staging.NewPartialPath(shared));
        _paths = [.. paths.Select(path => Path.GetFullPath(StoragePath.Native(path), Files))];
        try
        {
            if (Directory.Exists(_shared))
            {
                Directory.Move(_shared, _folder);
                _isNew = new FileInfo(_folder).LinkTarget is not null || new FileInfo(Files).LinkTarget is not null || !Staging.IsLeftover(ProofsPath, LargestProofs);
            }

            if (_isNew)
            {
                Staging.Delete(_folder);
            }
            else
            {
                ReadProofs();
                DeleteOthers();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another writer was first, or they are another user's.
        }

        MakeFolders();
    }

    private string Files => Path.Combine(_folder, FilesName);

    private string ProofsPath => Path.Combine(_folder, ProofsName);

    /// <summary>Takes what an earlier writer left, or begins with nothing.</summary>
    /// <param name="shared">The name under which they wait; the lock of the dataset's entry is held.</param>
    /// <param name="paths">The paths of all members in the dataset's folder, with slashes; none leads out of it.</param>
    public static KeptMembers Claim(string shared, IEnumerable<string> paths) => new(shared, paths);

    /// <summary>Where a member is made; its folder is there.</summary>
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
        var proof = new Proof(Digest(uri), size.ToString(CultureInfo.InvariantCulture), checksum.ToString(), DateTime.UtcNow);
        lock (_gate)
        {
            _proofs[index] = proof;
            _unwritten.Append(CultureInfo.InvariantCulture, $"{index} {proof.Source} {proof.Size} {proof.Checksum} {proof.Time:O}\n");
            _unwrittenBytes += size;
            if (_unwrittenBytes >= WorthNoting)
            {
                WriteProofs();
            }
        }
    }

    /// <summary>Gives all members away at once; none is kept any more.</summary>
    /// <param name="target">The dataset's folder; nothing is there yet.</param>
    public void MoveTo(string target)
    {
        Directory.Move(Files, target);
        _proofs.Clear();
        MakeFolders();
    }

    /// <summary>Leaves what is here, and proven, to the next writer.</summary>
    public void Release()
    {
        try
        {
            if (_proofs.Count > 0)
            {
                WriteProofs();
                Staging.LeaveMembers(_folder, _shared);
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, perhaps, which is told of already.
        }

        Staging.Delete(_folder);
    }

    private void MakeFolders()
    {
        Directory.CreateDirectory(Files);
        foreach (var folder in Folders())
        {
            Directory.CreateDirectory(folder);
        }
    }

    private IEnumerable<string> Folders() => _paths.Select(path => Path.GetDirectoryName(path)!).Distinct();

    /// <summary>What was a member when an earlier writer began, and is none any more, would become a part of the dataset.</summary>
    private void DeleteOthers()
    {
        var files = _paths.ToHashSet(StringComparer.Ordinal);
        var pending = new Stack<DirectoryInfo>(Directory.Exists(Files) ? [new DirectoryInfo(Files)] : []);
        while (pending.TryPop(out var folder))
        {
            foreach (var entry in folder.GetFileSystemInfos())
            {
                if (entry is DirectoryInfo { LinkTarget: null } below && _paths.Any(path => StoragePath.IsBelow(path, below.FullName)))
                {
                    pending.Push(below);
                }
                else if (entry is DirectoryInfo || !files.Contains(entry.FullName))
                {
                    Staging.Delete(entry.FullName);
                }
            }
        }
    }

    /// <summary>A file for all, and many lines at once, since one for each of ten thousand small members would cost as much as the members do.</summary>
    private void WriteProofs()
    {
        // The first line end ends what a killed writer did not.
        File.AppendAllText(ProofsPath, $"\n{_unwritten}");
        _unwritten.Clear();
        _unwrittenBytes = 0;
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
