namespace DataManifest.Storage;

/// <summary>
/// The names around one entry of the store, the same for every tool of the format (specification, "Concurrent access and completeness").
/// </summary>
/// <param name="Target">The entry itself, a file or a folder: full path.</param>
internal sealed partial record EntryPaths(string Target)
{
    /// <summary>The empty file that says that a file is complete.</summary>
    public string FileMarker => Target + ".complete";

    /// <summary>The empty file that says that a folder is complete.</summary>
    public string FolderMarker => Path.Combine(Target, ".complete");

    /// <summary>The marker of what is there: the folder's when the target is a folder, else the file's.</summary>
    public string Marker => Directory.Exists(Target) ? FolderMarker : FileMarker;

    /// <summary>Whether the entry is there as a file or folder, complete or not.</summary>
    public bool Exists => Path.Exists(Target);

    /// <summary>Whether the entry and its marker are there.</summary>
    public bool IsComplete => FindMarker() is not null;

    /// <summary>The marker, when the entry and its marker are there; null otherwise.</summary>
    public string? FindMarker() => Look().Marker;

    /// <summary>Whether the entry is there, its marker, and its size when it is a file. One look at the disk for an entry that is missing and two for any other, since this is done for every dataset of a build.</summary>
    public (bool Exists, string? Marker, long? Size) Look()
    {
        const FileAttributes missing = (FileAttributes)(-1);
        var file = new FileInfo(Target);
        FileAttributes attributes;
        try
        {
            attributes = file.Attributes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            attributes = missing; // What must not be looked at, or has a name that no system takes, is not there.
        }

        if (attributes == missing)
        {
            return (false, null, null);
        }

        var isLink = attributes.HasFlag(FileAttributes.ReparsePoint);
        if (isLink && !Exists)
        {
            return (false, null, null);
        }

        var isFolder = isLink ? Directory.Exists(Target) : attributes.HasFlag(FileAttributes.Directory);
        var marker = isFolder ? FolderMarker : FileMarker;
        return (true, File.Exists(marker) ? marker : null, isFolder || isLink ? null : file.Length);
    }
}
