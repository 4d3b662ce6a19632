using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>What came of one dataset of a catalogue.</summary>
/// <param name="Dataset">The dataset as it is declared now, or would be.</param>
/// <param name="Outcome">What was done.</param>
public sealed record CatalogEntry(DatasetDeclaration Dataset, CatalogOutcome Outcome)
{
    /// <summary>The dataset's table, as it was written or would be.</summary>
    public TomlTable Table { get; init; } = [];

    /// <summary>What came of the local copy.</summary>
    public CacheOutcome Cache { get; init; }

    /// <summary>Why the dataset is not declared; null when it is.</summary>
    public DataManifestException? Error { get; init; }

    /// <summary>The dataset with its header as a manifest has it, to be shown or pasted.</summary>
    public string ToToml()
    {
        TomlTable root = [];
        root.Add(Dataset.Name, Table);
        return TomlWriter.ToCanonical(root);
    }
}

/// <summary>What was done with one dataset of a catalogue, or in a dry run would be.</summary>
public enum CatalogOutcome
{
    /// <summary>It is new in the manifest.</summary>
    Added,

    /// <summary>It took the place of another declaration.</summary>
    Replaced,

    /// <summary>It was declared already, without a checksum, and has the published one now.</summary>
    Pinned,

    /// <summary>It was declared already.</summary>
    Unchanged,

    /// <summary>It cannot be declared; the error says why.</summary>
    Refused,
}

/// <summary>What came of a local copy.</summary>
public enum CacheOutcome
{
    /// <summary>None was looked for.</summary>
    None,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is used where it is.</summary>
    Adopted,

    /// <summary>It has another checksum than the published one, or cannot be read.</summary>
    Mismatch,

    /// <summary>It is an archive, and the dataset is what is in it.</summary>
    Archive,
}
