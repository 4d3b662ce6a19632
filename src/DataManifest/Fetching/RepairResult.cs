using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>What a repair did for one dataset.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Outcome">What was done.</param>
public sealed record RepairResult(Dataset Dataset, RepairOutcome Outcome)
{
    /// <summary>The files that were damaged; empty when nothing was, or when the digests of single files are not recorded.</summary>
    public IReadOnlyList<FileDamage> Damage { get; init; } = [];

    /// <summary>How many bytes were transferred.</summary>
    public long Bytes { get; init; }

    /// <summary>Why the data could not be repaired, for <see cref="RepairOutcome.Failed"/>; null otherwise.</summary>
    public DataManifestException? Error { get; init; }
}

/// <summary>What a repair did.</summary>
public enum RepairOutcome
{
    /// <summary>The data have the declared checksum and were not touched.</summary>
    Intact,

    /// <summary>The data were damaged or missing, and are there again.</summary>
    Repaired,

    /// <summary>The data are damaged or missing still.</summary>
    Failed,

    /// <summary>Nothing says what the data should be: no checksum is declared, or the dataset is not ours to verify.</summary>
    Unchecked,
}

/// <summary>What came of a repair.</summary>
/// <param name="Results">One result per dataset, in the order asked for.</param>
public sealed record RepairReport(IReadOnlyList<RepairResult> Results)
{
    /// <summary>What did not keep the datasets from being repaired.</summary>
    public IReadOnlyList<StorageDiagnostic> Warnings { get; init; } = [];

    /// <summary>Whether any dataset is damaged or missing still.</summary>
    public bool HasFailures => Results.Any(result => result.Outcome == RepairOutcome.Failed);
}
