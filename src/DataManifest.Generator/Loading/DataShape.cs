namespace DataManifest.Generator.Loading;

/// <summary>What a dataset's path leads to.</summary>
internal enum DataShape
{
    /// <summary>A file, as far as the manifest tells.</summary>
    File,

    /// <summary>A folder: an archive that is unpacked, or a batch.</summary>
    Folder,

    /// <summary>An address that is opened where it is.</summary>
    Address,
}
