namespace DataManifest.Maintenance;

/// <summary>One object of the inventory: a dataset, there or not, or a produced artifact.</summary>
public abstract record StoredObject
{
    /// <summary>What kind it is, in the format's words: <c>datasets</c> or <c>cached</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What people call it: a dataset's name, an artifact's cachetype.</summary>
    public abstract string Name { get; }

    /// <summary>What a list shows as its key: a dataset's name, <c>cachetype/hash</c> of an artifact.</summary>
    public abstract string Key { get; }

    /// <summary>Its address in every store: a dataset's storage key, <c>cachetype[/version]/hash</c> of an artifact.</summary>
    public abstract string StorageKey { get; }

    /// <summary>The format of its data, without a dot; empty when it is not known.</summary>
    public string Format { get; init; } = "";

    /// <summary>The file or folder where the data are, absolute; for a missing artifact where they were; empty for a dataset that is not there.</summary>
    public string Location { get; init; } = "";

    /// <summary>Where the configuration wants the data, absolute; empty when they have no such place, or the configuration leads nowhere.</summary>
    public string DirectivePath { get; init; } = "";

    /// <summary>The place in the state file, absolute; empty when there is none.</summary>
    public string RecordedPath { get; init; } = "";

    /// <summary>Whether something is at <see cref="Location"/>, complete or not.</summary>
    public bool IsPresent { get; init; }

    /// <summary>Whether the data have their completion marker.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Whether the manifest declares it or the state file records it; otherwise it is an orphan.</summary>
    public bool IsReferenced { get; init; }

    /// <summary>How record and disk agree.</summary>
    public DirtyState Dirty { get; init; }

    /// <summary>Whether it is there but neither in the configured folder nor in a read pool.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Whether it is there but not at <see cref="DirectivePath"/>.</summary>
    public bool IsOutOfPlace { get; init; }

    /// <summary>Why maintenance leaves its data alone.</summary>
    public Protection Protection { get; init; }

    /// <summary>The bytes of all its files; null when they were not counted.</summary>
    public long? Size { get; init; }

    /// <summary>When it was made: an artifact's own word, else the time of the last change; null when it is not known.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was last read, as far as the file system tells, which may be once a day or not at all; null when it is not known.</summary>
    public DateTimeOffset? LastAccess { get; init; }
}
