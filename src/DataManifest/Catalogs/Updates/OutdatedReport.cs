namespace DataManifest.Catalogs.Updates;

/// <summary>What the sources of datasets say about newer content.</summary>
/// <param name="Results">One result per dataset, in the order of the question.</param>
public sealed record OutdatedReport(IReadOnlyList<OutdatedResult> Results)
{
    /// <summary>Whether any source has something else than what is here.</summary>
    public bool HasUpdates => Results.Any(result => result.Status is OutdatedStatus.NewVersion or OutdatedStatus.Changed or OutdatedStatus.Gone);
}

/// <summary>What the source of one dataset says.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Status">The answer.</param>
/// <param name="Reason">Why, as a sentence without secrets.</param>
public sealed record OutdatedResult(Dataset Dataset, OutdatedStatus Status, string Reason)
{
    /// <summary>The DOI or address of the newer version; empty when there is none.</summary>
    public string NewVersion { get; init; } = "";

    /// <summary>Why the source could not be asked; null when it could.</summary>
    public DataManifestException? Error { get; init; }
}

/// <summary>Whether a source has something newer.</summary>
public enum OutdatedStatus
{
    /// <summary>Nothing speaks against what is here.</summary>
    Current,

    /// <summary>The repository has a newer version of the record. What is declared stays as it is there.</summary>
    NewVersion,

    /// <summary>The content under the same address is not what was fetched.</summary>
    Changed,

    /// <summary>There is nothing under the address any more.</summary>
    Gone,

    /// <summary>The source does not tell, or there is nothing here to compare with.</summary>
    Unknown,

    /// <summary>The source could not be asked.</summary>
    Failed,
}
