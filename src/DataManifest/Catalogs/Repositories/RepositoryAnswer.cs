namespace DataManifest.Catalogs.Repositories;

/// <summary>What a repository has under a reference.</summary>
/// <param name="Source">The record as reports call it, as <c>Zenodo record 123</c>.</param>
/// <param name="Records">The records: one, or the members of a series.</param>
internal sealed record RepositoryAnswer(string Source, IReadOnlyList<RepositoryRecord> Records)
{
    /// <summary>What a person should know: what is left out, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The file that the reference names; empty when it names the whole record.</summary>
    public string File { get; init; } = "";

    /// <summary>What is said when nothing is left.</summary>
    public string Nothing { get; init; } = "no files matched.";
}
