using DataManifest.Archives;

namespace DataManifest.Fetching;

/// <summary>Which datasets to fetch, and how.</summary>
public sealed record FetchRequest
{
    /// <summary>The datasets, by name or by anything else that finds exactly one; what they require is added. Null for all.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>
    /// Names of datasets whose data are hashed even if they are present, and fetched again when they do not have the declared checksum: those whose
    /// checksum or source was edited since the last run. Without it, present data are never touched.
    /// </summary>
    public IReadOnlySet<string> Recheck { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many transfers run at once; 16 unless set.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>How many connections to one host are used at once, be it for as many transfers or for parts of one large file; 8 unless set.</summary>
    public int ParallelPerHost { get; init; } = 8;

    /// <summary>How long a server may be silent before an attempt counts as failed; 60 s unless set. The total time is not limited.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a program may run that makes or brings a dataset, before it is ended and the dataset fails; not limited unless set.</summary>
    public TimeSpan CommandTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How much an archive may unpack to.</summary>
    public ArchiveLimits ArchiveLimits { get; init; } = new();
}
