using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>One published record of a repository.</summary>
internal sealed record RepositoryRecord
{
    /// <summary>What datasets are called where the record has no title, as <c>zenodo-123</c>.</summary>
    public required string FallbackName { get; init; }

    /// <summary>The name of the dataset that has all files; empty to make it of the title.</summary>
    public string Name { get; init; } = "";

    /// <summary>The DOI; empty when there is none.</summary>
    public string Doi { get; init; } = "";

    /// <summary>The title and what else is kept for citations.</summary>
    public DatasetMetadata Metadata { get; init; } = new();

    /// <summary>The files.</summary>
    public required IReadOnlyList<RepositoryFile> Files { get; init; }

    /// <summary>Whether the addresses of the files end in their names, so that several can be one batch.</summary>
    public bool HasNamedAddresses { get; init; } = true;

    /// <summary>Whether the only file is the record itself, to which file patterns do not apply.</summary>
    public bool IsWhole { get; init; }

    /// <summary>What is said when none of the files is wanted; empty for nothing.</summary>
    public string NothingPicked { get; init; } = "";

    /// <summary>Whether the archive that the record is must be unpacked to be of use.</summary>
    public bool Extract { get; init; }

    /// <summary>Whether names may be changed where they are taken.</summary>
    public bool MayRename { get; init; }
}

/// <summary>A file of a record.</summary>
/// <param name="Path">Its name, with slashes where it lies in folders.</param>
/// <param name="Uri">Where it is fetched from.</param>
/// <param name="Checksum">The published digest, <c>algo:hex</c>; empty when there is none.</param>
internal sealed record RepositoryFile(string Path, string Uri, string Checksum)
{
    /// <summary>The key, where the address does not end in the file's name.</summary>
    public string Key { get; init; } = "";
}
