using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Archives;

/// <summary>Counts what an archive unpacks to, and stops at the limits. Thread-safe but for the entries.</summary>
/// <param name="limits">The limits.</param>
/// <param name="archiveBytes">The archive's size, as far as it is here; asked for again before an archive is refused.</param>
/// <param name="progress">Told the bytes so far, or null.</param>
internal sealed class ExtractionMeter(ArchiveLimits limits, Func<long> archiveBytes, Action<long>? progress)
{
    private long _allowed = limits.AllowedBytes(0);
    private long _bytes;
    private int _entries;

    /// <summary>Counts an entry.</summary>
    /// <exception cref="FetchFaultException">There are more than the limit.</exception>
    public void CountEntry()
    {
        RequireCount(++_entries);
    }

    /// <summary>Refuses an archive that makes more files or folders than the limit of entries, which few entries with deep paths do.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="FetchFaultException">There are more.</exception>
    public void RequireCount(int count)
    {
        if (count > limits.Entries)
        {
            throw TooLarge($"more than {limits.Entries} entries, the limit {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.Entries)}");
        }
    }

    /// <summary>Counts bytes.</summary>
    /// <param name="count">How many more.</param>
    /// <exception cref="FetchFaultException">There are more than a limit.</exception>
    public void Add(long count)
    {
        var bytes = Interlocked.Add(ref _bytes, count);
        RequireAllowed(bytes);
        progress?.Invoke(bytes);
    }

    /// <summary>Refuses more bytes before the first of them is written.</summary>
    /// <param name="count">How many are announced.</param>
    /// <exception cref="FetchFaultException">There are more than a limit.</exception>
    public void RequireAllowed(decimal count)
    {
        if (count <= Volatile.Read(ref _allowed))
        {
            return;
        }

        var allowed = limits.AllowedBytes(archiveBytes());
        Volatile.Write(ref _allowed, allowed);
        if (count > allowed)
        {
            throw limits.TotalBytes <= allowed
                ? TooLarge($"more than {limits.TotalBytes} bytes, the limit {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.TotalBytes)}")
                : TooLarge($"more than {allowed} bytes, {limits.Ratio} times its size, the limit {nameof(ArchiveLimits)}.{nameof(ArchiveLimits.Ratio)}");
        }
    }

    private static FetchFaultException TooLarge(string what) =>
        new(DiagnosticRules.ArchiveTooLarge, $"The archive unpacks to {what}. Nothing was unpacked; raise the limit if the archive is what it should be.");
}
