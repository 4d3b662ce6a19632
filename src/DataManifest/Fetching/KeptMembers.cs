using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Hashing;
using DataManifest.Storage;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching;

/// <summary>
/// The members of a batch, or the objects below a prefix, that are here while others are not, each with what proves it: its source, size and digest. While it is in use the folder has a name of its own
/// writer; a writer that fails puts it back for the next one, and that of a writer which was killed is put back by <see cref="Staging.Recover"/>.
/// </summary>
internal sealed class KeptMembers
{
    private const string ProofsName = "proofs";
    private const long LargestProofs = 1024 * 1024 * 1024;

    private static readonly TimeSpan LongestUnpinned = TimeSpan.FromDays(1);

    private readonly string _shared;
    private readonly string _folder;
    private readonly object _gate = new();
    private readonly Dictionary<int, Proof> _proofs = [];
    private readonly bool _isNew = true;
    private SafeFileHandle? _log;
    private long _logLength;

    private KeptMembers(string shared)
    {
        (_shared, _folder) = (shared, Staging.NewPartialPath(shared));
        try
        {
            if (Directory.Exists(_shared))
            {
                Directory.Move(_shared, _folder);
                _isNew = new FileInfo(_folder).LinkTarget is not null || !Staging.IsLeftover(ProofsPath, LargestProofs);
            }

            if (_isNew)
            {
                Staging.Delete(_folder);
            }
            else
            {
                ReadProofs();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another writer was first, or they are another user's.
        }

        Directory.CreateDirectory(_folder);
    }

    private string ProofsPath => Path.Combine(_folder, ProofsName);

    /// <summary>Takes what an earlier writer left, or begins with nothing.</summary>
    /// <param name="shared">The name under which they wait; the lock of the dataset's entry is held.</param>
    public static KeptMembers Claim(string shared) => new(shared);

    /// <summary>Where a member is made.</summary>
    /// <param name="index">Its number.</param>
    public string PathOf(int index) => Path.Combine(_folder, index.ToString(CultureInfo.InvariantCulture));

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
            _log ??= OpenLog();
            var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index} {proof.Source} {proof.Size} {proof.Checksum} {proof.Time:O}\n"));
            RandomAccess.Write(_log, line, _logLength);
            _logLength += line.Length;
        }
    }

    /// <summary>Gives a member away; it is not kept any more.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="target">Its place in the dataset.</param>
    public void MoveTo(int index, string target)
    {
        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
        }

        if (_proofs.Remove(index))
        {
            File.Move(PathOf(index), target);
        }
        else
        {
            Staging.Move(PathOf(index), target);
        }
    }

    /// <summary>Leaves what is here, and proven, to the next writer.</summary>
    public void Release()
    {
        _log?.Dispose();
        _log = null;
        if (_proofs.Count > 0)
        {
            Staging.LeaveMembers(_folder, _shared);
        }
        else
        {
            Staging.Delete(_folder);
        }
    }

    /// <summary>A file for all, since one for each of ten thousand small members would cost as much as the members do.</summary>
    private SafeFileHandle OpenLog()
    {
        var log = File.OpenHandle(ProofsPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        _logLength = RandomAccess.GetLength(log);
        if (_logLength > 0)
        {
            // Ends what a killed writer did not.
            RandomAccess.Write(log, "\n"u8, _logLength++);
        }

        return log;
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
