using DataManifest.Archives;
using DataManifest.ObjectStores;

namespace DataManifest.Fetching;

/// <summary>Which datasets to fetch, and how.</summary>
public sealed record FetchRequest
{
    /// <summary>The datasets, by name or by anything else that finds exactly one; what they require is added. Null for all.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>
    /// Names of datasets whose data are hashed even if they are present, and fetched again when they do not have the declared checksum: those
    /// that may have changed on disk, or that are pinned by another digest than SHA-256, which the state file does not record, and were edited since the last run.
    /// </summary>
    public IReadOnlySet<string> Recheck { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Names of datasets that are fetched again although their data are there. The old data stay until the new ones are verified, and where that fails.
    /// Data that others provide, or that are opened where they are, are left alone.
    /// </summary>
    public IReadOnlySet<string> Overwrite { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether the digest of every single file is recorded of archives and batches that are fetched, beside the state file, so that a verification can name what
    /// is damaged and a repair fetch no more than that; true unless set. It costs a second hashing, on another core.
    /// </summary>
    public bool RecordFileDigests { get; init; } = true;

    /// <summary>Names of datasets whose data are known to be wrong: fetched again without being looked at, but for the files that are as recorded.</summary>
    internal IReadOnlySet<string> Broken { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many transfers run at once; 16 unless set.</summary>
    public int Parallel { get; init; } = 16;

    /// <summary>How many connections to one host are used at once, be it for as many transfers or for parts of one large file; 8 unless set.</summary>
    public int ParallelPerHost { get; init; } = 8;

    /// <summary>How long a server may be silent before an attempt counts as failed; 60 s unless set. The total time is not limited.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a program may run that makes or brings a dataset, before it is ended and the dataset fails; not limited unless set.</summary>
    public TimeSpan CommandTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Readers of object stores that count more than those of the packages DataManifest.S3 and DataManifest.Azure, which are found without being named here. None unless set.
    /// </summary>
    public IReadOnlyList<IObjectStoreProvider> ObjectStores { get; init; } = [];

    /// <summary>Where Google Drive and its API are, each with a slash at its end.</summary>
    internal (Uri Drive, Uri Api) Google { get; init; } = (new("https://drive.google.com/"), new("https://www.googleapis.com/"));

    /// <summary>
    /// Whether fetchers of other languages run: true tries them before the URI, false never, null only for datasets that nothing else can fetch. A dataset's own
    /// <c>delegate</c> counts more (specification, "Cross-language fetch").
    /// </summary>
    public bool? Delegate { get; init; }

    /// <summary>
    /// Whether nothing is asked of a network or another program: what is present is used, local files are copied, and every other dataset fails with an error that
    /// says so. The environment variable <c>DATAMANIFEST_OFFLINE</c> does the same.
    /// </summary>
    public bool Offline { get; init; }

    /// <summary>
    /// Whether a dataset that a C# fetcher makes which is not known here (<see cref="DatabaseOptions.Fetchers"/>) is left out with a warning instead of being an error:
    /// a build cannot call the code that it is about to compile.
    /// </summary>
    public bool LeaveUnknownFetchers { get; init; }

    /// <summary>How much an archive may unpack to.</summary>
    public ArchiveLimits ArchiveLimits { get; init; } = new();
}
