using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>
/// The members of a batch that are here while others are not, each with what proves it: its source, size and digest. While it is in use the folder has a name of its own
/// writer; a writer that fails puts it back for the next one, and that of a writer which was killed is put back by <see cref="Staging.Recover"/>.
/// </summary>
internal sealed class KeptMembers
{
    private const string ProofSuffix = ".proof";

    private static readonly TimeSpan LongestUnpinned = TimeSpan.FromDays(1);

    private readonly string _shared;
    private readonly string _folder;

    private KeptMembers(string shared) => (_shared, _folder) = (shared, Staging.NewPartialPath(shared));

    /// <summary>Takes what an earlier writer left, or begins with nothing.</summary>
    /// <param name="entry">The dataset's entry; its lock is held.</param>
    public static KeptMembers Claim(EntryPaths entry)
    {
        var members = new KeptMembers(entry.PartialMembers);
        try
        {
            Directory.Move(members._shared, members._folder);
        }
        catch (IOException)
        {
            // Not there, or another writer was first.
        }

        Directory.CreateDirectory(members._folder);
        return members;
    }

    /// <summary>Where a member is made.</summary>
    /// <param name="index">Its number in <c>uris</c>.</param>
    public string PathOf(int index) => Path.Combine(_folder, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a member is here, whole, and from this source. What is here and does not prove right is deleted.</summary>
    /// <param name="index">Its number in <c>uris</c>.</param>
    /// <param name="uri">Its source.</param>
    /// <param name="isPinned">Whether the whole is checked later; without that, a member that was fetched long ago is not put together with new ones.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    public async Task<bool> HasAsync(int index, string uri, bool isPinned, CancellationToken cancellationToken)
    {
        var (path, proof) = (PathOf(index), PathOf(index) + ProofSuffix);
        if (File.Exists(proof) && File.Exists(path) && (isPinned || DateTime.UtcNow - File.GetLastWriteTimeUtc(proof) < LongestUnpinned))
        {
            var lines = await File.ReadAllLinesAsync(proof, cancellationToken).ConfigureAwait(false);
            if (lines is [var source, var size, var digest] && source == Digest(uri) && size == SizeOf(path)
                && digest == (await ContentDigest.ComputeAsync(path, Checksum.DefaultAlgorithm, cancellationToken).ConfigureAwait(false)).ToString())
            {
                return true;
            }
        }

        Staging.Delete(proof);
        Staging.Delete(path);
        return false;
    }

    /// <summary>Notes that a member is here, wholly.</summary>
    /// <param name="index">Its number in <c>uris</c>.</param>
    /// <param name="uri">Its source.</param>
    /// <param name="checksum">Its digest; null for a folder, which is not kept.</param>
    public void Note(int index, string uri, Checksum? checksum)
    {
        if (checksum is not null && File.Exists(PathOf(index)))
        {
            File.WriteAllLines(PathOf(index) + ProofSuffix, [Digest(uri), SizeOf(PathOf(index)), checksum.ToString()]);
        }
    }

    /// <summary>Gives a member away; it is not kept any more.</summary>
    /// <param name="index">Its number in <c>uris</c>.</param>
    /// <param name="target">Its place in the dataset.</param>
    public void MoveTo(int index, string target)
    {
        File.Delete(PathOf(index) + ProofSuffix);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Staging.Move(PathOf(index), target);
    }

    /// <summary>Leaves what is here, and proven, to the next writer.</summary>
    public void Release()
    {
        if (Directory.EnumerateFiles(_folder, "*" + ProofSuffix).Any())
        {
            Staging.LeaveMembers(_folder, _shared);
        }
        else
        {
            Staging.Delete(_folder);
        }
    }

    private static string SizeOf(string path) => new FileInfo(path).Length.ToString(CultureInfo.InvariantCulture);

    /// <summary>A source by its digest, because it may hold a password.</summary>
    private static string Digest(string uri) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(uri)));
}
