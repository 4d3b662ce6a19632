namespace DataManifest.Maintenance;

/// <summary>What an inspection finds out besides the facts that cost one look at each object.</summary>
[Flags]
public enum InspectionDetail
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>How many bytes each object has; walks through folders.</summary>
    Size = 1,

    /// <summary>When each object was made; reads the <c>metadata.toml</c> of artifacts.</summary>
    Created = 2,

    /// <summary>Whether data have been <see cref="DirtyState.Modified"/>; reads and hashes all data whose digest is recorded.</summary>
    Content = 4,

    /// <summary>Unrecorded artifacts in the read pools (<c>datacache_pools</c>) too; they are protected.</summary>
    Pools = 8,
}
