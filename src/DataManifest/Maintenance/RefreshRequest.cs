namespace DataManifest.Maintenance;

/// <summary>How the state file is brought into agreement with what is on disk.</summary>
public sealed record RefreshRequest
{
    /// <summary>Whether to say only what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>The datasets whose records are looked at, by anything that finds exactly one each; null for every record, those of artifacts included.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Whether objects that were never here are looked for in the read pools, and recorded there.</summary>
    public bool Scan { get; init; }

    /// <summary>Path expressions of read pools in place of the configured ones, for this run; null for those.</summary>
    public IReadOnlyList<string>? DatasetsPools { get; init; }

    /// <summary>Path expressions of read pools of artifacts in place of the configured ones, for this run; null for those.</summary>
    public IReadOnlyList<string>? DatacachePools { get; init; }
}
