namespace DataManifest.Catalogs;

/// <summary>Which data to declare, and how.</summary>
/// <param name="Reference">
/// An address or a path; a DOI; the address of a record at Zenodo, PANGAEA, Figshare, Dataverse, Dryad or OSF; <c>hf:owner/name[@rev]/file</c>; the address of a GitHub release.
/// </param>
public sealed record AddRequest(string Reference)
{
    /// <summary>The dataset's name, or the first part of the names when there are several; empty to make it of the address or the title.</summary>
    public string Name { get; init; } = "";

    /// <summary>Patterns with <c>*</c>, <c>?</c> and <c>[abc]</c>: which files of a record are wanted. Empty for all.</summary>
    public IReadOnlyList<string> Pick { get; init; } = [];

    /// <summary>Whether each file of a record becomes a dataset of its own, with its published checksum.</summary>
    public bool Split { get; init; }

    /// <summary>Whether archives are unpacked.</summary>
    public bool Extract { get; init; }

    /// <summary>Whether the data are opened where they are instead of being fetched.</summary>
    public bool Lazy { get; init; }

    /// <summary>Whether a dataset of the same name may be replaced; all of its fields go.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether what a single address declares is fetched and pinned at once. Files of records never are: they may be very large.</summary>
    public bool Download { get; init; } = true;

    /// <summary>Whether to find out what would be declared, and change nothing. The services of repositories are asked all the same.</summary>
    public bool DryRun { get; init; }
}
