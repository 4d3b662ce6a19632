using DataManifest.Hashing;

namespace DataManifest.Fetching;

/// <summary>What a verification found for one dataset.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Outcome">What was found.</param>
/// <param name="Path">The data that were hashed; empty when none were.</param>
/// <param name="ComputedChecksum">The digest of the data as <c>algo:hex</c>; empty when none was computed.</param>
/// <param name="Error">What is wrong, for <see cref="VerifyOutcome.Wrong"/> and <see cref="VerifyOutcome.Unreadable"/>; null otherwise.</param>
public sealed record VerifyResult(Dataset Dataset, VerifyOutcome Outcome, string Path = "", string ComputedChecksum = "", DataManifestException? Error = null)
{
    /// <summary>The files that are not as they were when the dataset was fetched, if their digests were recorded then; empty otherwise.</summary>
    public IReadOnlyList<FileDamage> Damage { get; init; } = [];
}

/// <summary>What a verification found.</summary>
public enum VerifyOutcome
{
    /// <summary>The data have the declared checksum.</summary>
    Verified,

    /// <summary>The data have another checksum than the declared one.</summary>
    Wrong,

    /// <summary>The data could not be read, or their checksum's algorithm is not supported.</summary>
    Unreadable,

    /// <summary>The data are not there.</summary>
    Missing,

    /// <summary>The data are there but no checksum is declared; what was computed can be pinned.</summary>
    Unpinned,

    /// <summary>The dataset is not ours to verify: it is opened where it is, provided by somebody else, or declared with <c>skip_checksum</c>.</summary>
    Skipped,
}

/// <summary>What a verification found.</summary>
/// <param name="Results">One result per dataset, in the order asked for.</param>
public sealed record VerifyReport(IReadOnlyList<VerifyResult> Results)
{
    /// <summary>Whether any dataset's data are wrong or unreadable.</summary>
    public bool HasFailures => Results.Any(result => result.Outcome is VerifyOutcome.Wrong or VerifyOutcome.Unreadable);
}
