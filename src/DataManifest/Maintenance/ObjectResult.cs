namespace DataManifest.Maintenance;

/// <summary>What came of one object.</summary>
/// <param name="Subject">The object as it was before.</param>
/// <param name="Action">What was done, or would be.</param>
public sealed record ObjectResult(StoredObject Subject, ObjectAction Action)
{
    /// <summary>Where the data were, absolute; empty where that does not matter.</summary>
    public string From { get; init; } = "";

    /// <summary>Where the data are now, absolute; empty when they are gone or did not move.</summary>
    public string To { get; init; } = "";

    /// <summary>Why nothing was done, for <see cref="ObjectAction.Skipped"/>.</summary>
    public SkipReason Reason { get; init; }

    /// <summary>What went wrong, for <see cref="ObjectAction.Failed"/>; null otherwise.</summary>
    public DataManifestException? Error { get; init; }

    /// <summary>Whether the dataset's entry was taken out of the manifest, or would be.</summary>
    public bool IsRemovedFromManifest { get; init; }

    /// <summary>The result of an object that is left as it is.</summary>
    internal static ObjectResult Skip(StoredObject found, SkipReason reason) => new(found, ObjectAction.Skipped) { From = found.Location, Reason = reason };

    /// <summary>The result of an object that could not be changed.</summary>
    internal static ObjectResult Fail(StoredObject found, DataManifestException error) => new(found, ObjectAction.Failed) { From = found.Location, Error = error };

    /// <summary>Why maintenance does not touch an object's data; none when it may.</summary>
    internal static SkipReason ProtectionOf(StoredObject found) => found.Protection switch
    {
        Protection.UserManaged => SkipReason.UserManaged,
        Protection.LazyAccess => SkipReason.LazyAccess,
        Protection.ReadPool => SkipReason.ReadPool,
        Protection.AdoptedInPlace => SkipReason.AdoptedInPlace,
        _ => SkipReason.None,
    };
}
