namespace DataManifest.Maintenance;

/// <summary>What an operation did with an object, or in a dry run would do.</summary>
public enum ObjectAction
{
    /// <summary>Nothing; <see cref="ObjectResult.Reason"/> says why.</summary>
    Skipped,

    /// <summary>Nothing that lasts; <see cref="ObjectResult.Error"/> says why.</summary>
    Failed,

    /// <summary>The data and their record are gone.</summary>
    Deleted,

    /// <summary>The data and their record are at the new place.</summary>
    Moved,

    /// <summary>The data are at the new place too, which is recorded.</summary>
    Copied,

    /// <summary>The archive was unpacked at the new place, which is recorded; the archive stays.</summary>
    Unpacked,

    /// <summary>The data are in the export's folder too.</summary>
    Exported,

    /// <summary>The record names the place where the data are.</summary>
    Repointed,

    /// <summary>The data were missing and are recorded where a read pool has them.</summary>
    Recovered,

    /// <summary>The record is gone, since the data are.</summary>
    Dropped,

    /// <summary>The data were there without a record and are recorded.</summary>
    Adopted,

    /// <summary>The data were not here and are recorded where a read pool has them.</summary>
    AdoptedFromPool,
}
