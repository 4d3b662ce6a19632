namespace DataManifest.Maintenance;

/// <summary>Why maintenance does not touch the data of an object (specification, "Maintenance").</summary>
public enum Protection
{
    /// <summary>It may be moved and deleted when that is asked for.</summary>
    None,

    /// <summary>Somebody else looks after the data: an exact <c>storage_path</c>, or <c>skip_download</c>.</summary>
    UserManaged,

    /// <summary>The dataset is opened where it is (<c>lazy_access</c>); there are no data of its own.</summary>
    LazyAccess,

    /// <summary>The data lie in a read pool, which is never written to.</summary>
    ReadPool,

    /// <summary>The data lie outside the store at a place that no tool of the format made: found there and used where they are.</summary>
    AdoptedInPlace,
}
