namespace DataManifest.Maintenance;

/// <summary>Where a database keeps things on this machine.</summary>
public sealed record DatabasePlaces
{
    /// <summary>The manifest; empty for a database that was made in memory.</summary>
    public required string Manifest { get; init; }

    /// <summary>The state file, or where it will be; null when the configuration leads nowhere.</summary>
    public required string? StateFile { get; init; }

    /// <summary>Whether the state file is there.</summary>
    public required bool HasStateFile { get; init; }

    /// <summary>Where fetched datasets go, as configured, absolute; null when the configuration leads nowhere.</summary>
    public required string? DatasetsDirectory { get; init; }

    /// <summary>Where data that others have fetched are looked for, in order.</summary>
    public required IReadOnlyList<string> DatasetsPools { get; init; }

    /// <summary>Where produced artifacts go, as configured, absolute; null when the configuration leads nowhere.</summary>
    public required string? DatacacheDirectory { get; init; }

    /// <summary>Where artifacts of others are looked for, in order.</summary>
    public required IReadOnlyList<string> DatacachePools { get; init; }

    /// <summary>The checkout's configuration file, there or not; empty without a project.</summary>
    public required string CheckoutConfiguration { get; init; }

    /// <summary>The user's configuration file, there or not.</summary>
    public required string UserConfiguration { get; init; }

    /// <summary>Why a place is null.</summary>
    public required IReadOnlyList<DataManifestException> Problems { get; init; }
}
