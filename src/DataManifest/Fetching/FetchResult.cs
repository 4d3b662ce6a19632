using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>What came of one dataset.</summary>
public sealed record FetchResult
{
    /// <summary>The dataset.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>What was done.</summary>
    public required FetchOutcome Outcome { get; init; }

    /// <summary>Where the data are, absolute; empty when they are not there.</summary>
    public string Path { get; init; } = "";

    /// <summary>How many bytes were transferred; 0 when nothing was.</summary>
    public long Bytes { get; init; }

    /// <summary>The digest of the data as <c>algo:hex</c>, if this run computed it; empty otherwise. An unpinned dataset can be pinned with it.</summary>
    public string ComputedChecksum { get; init; } = "";

    /// <summary>How long it took, waiting included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Where the data came from, without secrets; empty when nothing was transferred.</summary>
    public string Source { get; init; } = "";

    /// <summary>Sources that failed or had wrong data although the data were had from another one: a warning for each, which names it.</summary>
    public IReadOnlyList<DataManifestException> PassedOver { get; init; } = [];

    /// <summary>The digests of the files of a folder that was made now; null otherwise.</summary>
    internal Hashing.TreeDigest? Tree { get; init; }

    /// <summary>Why the data are not there; for a skipped dataset a warning, if there is one. Null otherwise.</summary>
    public DataManifestException? Error { get; init; }
}

/// <summary>What a fetch did for one dataset.</summary>
public enum FetchOutcome
{
    /// <summary>The data were there, complete, and were not touched.</summary>
    AlreadyPresent,

    /// <summary>The data were there without a completion marker; they have the declared checksum and got their marker.</summary>
    Adopted,

    /// <summary>The data were transferred or unpacked.</summary>
    Fetched,

    /// <summary>The dataset is not ours to fetch: it is opened where it is, or somebody else provides it.</summary>
    Skipped,

    /// <summary>The data are not there; the error says why.</summary>
    Failed,
}

/// <summary>What came of a fetch.</summary>
/// <param name="Results">One result per dataset, in the order of the manifest.</param>
public sealed record FetchReport(IReadOnlyList<FetchResult> Results)
{
    /// <summary>What did not keep the datasets from being fetched: a state file that could not be read or written, a clone that cannot be pinned, a source that was passed over.</summary>
    public IReadOnlyList<StorageDiagnostic> Warnings { get; init; } = [];

    /// <summary>Whether any dataset failed.</summary>
    public bool HasFailures => Results.Any(result => result.Outcome == FetchOutcome.Failed);
}
