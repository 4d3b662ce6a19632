namespace DataManifest.Maintenance;

/// <summary>Why an operation left an object as it is.</summary>
public enum SkipReason
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>There are no data.</summary>
    NotPresent,

    /// <summary>The data are where they should be.</summary>
    InPlace,

    /// <summary><see cref="Protection.UserManaged"/>.</summary>
    UserManaged,

    /// <summary><see cref="Protection.LazyAccess"/>.</summary>
    LazyAccess,

    /// <summary><see cref="Protection.ReadPool"/>.</summary>
    ReadPool,

    /// <summary><see cref="Protection.AdoptedInPlace"/>.</summary>
    AdoptedInPlace,

    /// <summary>Another dataset of the manifest has the same data.</summary>
    SharedData,

    /// <summary>The caller wants the data to stay.</summary>
    KeptOnRequest,
}
