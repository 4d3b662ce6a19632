namespace DataManifest;

/// <summary>What is known of a dataset's data on this machine without reading them.</summary>
public enum DatasetState
{
    /// <summary>Not there.</summary>
    Missing,

    /// <summary>There, but without its completion marker: perhaps cut off. The next fetch verifies and adopts it, or fetches it again.</summary>
    Unmarked,

    /// <summary>
    /// There, with its completion marker, but with another size than it had when it was whole: cut off by a power failure, or written to. The next fetch
    /// verifies it, or fetches it again.
    /// </summary>
    Damaged,

    /// <summary>There, with its completion marker.</summary>
    Complete,

    /// <summary>There, without a marker, at a place that the state file records with the declared digest: verified once and used where it is.</summary>
    Recorded,

    /// <summary>There, at a place that somebody else looks after.</summary>
    UserManaged,

    /// <summary>Opened where it is; nothing is stored here.</summary>
    Lazy,
}
