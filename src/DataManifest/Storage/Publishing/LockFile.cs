using System.Text;

namespace DataManifest.Storage;

/// <summary>A lock file as it was seen at one moment. Content and time together tell two locks apart, since every holder keeps touching its own.</summary>
/// <param name="Content">The file's content.</param>
/// <param name="TouchedUtc">When it was written or touched.</param>
internal sealed record LockFile(string Content, DateTime TouchedUtc)
{
    // Beyond this multiple of the staleness age a holder counts as frozen, whatever its process does (specification, "Contention").
    private const int GraceMultiple = 5;

    // A host name has 255 bytes at most.
    private const int LongestContent = 1024;

    /// <summary>Who holds the lock.</summary>
    public LockHolder Holder => LockHolder.Parse(Content);

    /// <summary>Reads a lock; null when there is none, or when it cannot be read, which then counts as fresh.</summary>
    /// <param name="path">The lock file.</param>
    public static LockFile? TryRead(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[LongestContent];
            return new LockFile(Encoding.UTF8.GetString(content, 0, RandomAccess.Read(file, content, 0)), File.GetLastWriteTimeUtc(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the lock's holder is gone, so that somebody else may take it: at once when its process on this machine is dead, and after one age when the file names no process,
    /// whatever else it says.
    /// </summary>
    /// <param name="staleAge">The staleness age; <see cref="Timeout.InfiniteTimeSpan"/> for never by age.</param>
    /// <param name="hostName">This machine's name.</param>
    /// <param name="unchanged">How long the lock has been seen as it is: counts where the clock that it was touched by is ahead of this one.</param>
    public bool IsStale(TimeSpan staleAge, string hostName, TimeSpan unchanged)
    {
        var age = DateTime.UtcNow - TouchedUtc;
        age = age > unchanged ? age : unchanged;
        var isLocal = Holder.HostName.Length == 0 || Holder.HostName == hostName;
        var mayAge = staleAge != Timeout.InfiniteTimeSpan;
        return (mayAge && age > (Holder.ProcessId > 0 ? staleAge * GraceMultiple : staleAge))
            || (isLocal && Holder.ProcessId > 0 && ProcessProbe.IsDead(Holder.ProcessId, TouchedUtc));
    }
}
