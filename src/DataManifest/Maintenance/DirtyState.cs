namespace DataManifest.Maintenance;

/// <summary>How the record of a stored object agrees with what is on disk (specification, "Dirty states and explicit reconciliation").</summary>
public enum DirtyState
{
    /// <summary>They agree; or there is neither record nor data; or the object is not one that is recorded.</summary>
    Clean,

    /// <summary>It is recorded, and is neither there nor at its directive's place.</summary>
    Missing,

    /// <summary>It is not where it is recorded but at its directive's place.</summary>
    Relocated,

    /// <summary>It is there, and no record says so. Produced artifacts without a record are orphans instead.</summary>
    Untracked,

    /// <summary>It is where it is recorded, with another size than the recorded one or, which is only found when contents are checked, with another digest.</summary>
    Modified,
}
