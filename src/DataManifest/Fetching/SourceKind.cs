namespace DataManifest.Fetching;

/// <summary>How a source is copied.</summary>
internal enum SourceKind
{
    /// <summary>From this machine's file system.</summary>
    Local,

    /// <summary>From a web server.</summary>
    Web,

    /// <summary>From Google Drive.</summary>
    Drive,

    /// <summary>From an object store.</summary>
    Store,

    /// <summary>By cloning a git repository.</summary>
    Repository,

    /// <summary>From another machine's file system.</summary>
    Remote,
}
