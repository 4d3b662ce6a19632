using DataManifest.Manifest;

namespace DataManifest.Maintenance;

/// <summary>A dataset of the manifest and its data on this machine.</summary>
/// <param name="Dataset">The dataset.</param>
public sealed record StoredDataset(Dataset Dataset) : StoredObject
{
    /// <inheritdoc/>
    public override string Kind => "datasets";

    /// <inheritdoc/>
    public override string Name => Dataset.Name;

    /// <inheritdoc/>
    public override string Key => Dataset.Name;

    /// <inheritdoc/>
    public override string StorageKey => Dataset.Key;

    /// <summary>The dataset's own path expression, as written; empty for the default place.</summary>
    public string StoragePath => Declaration.StoragePath;

    /// <summary>The recorded SHA-256 of the data, hexadecimal; empty when none is recorded.</summary>
    public string RecordedSha256 { get; init; } = "";

    /// <summary>What can be said of the data without reading them.</summary>
    public DatasetState State { get; init; }

    /// <summary>Why the dataset's place cannot be told; null when it can.</summary>
    public DataManifestException? Problem { get; init; }

    /// <summary>What the manifest says of it.</summary>
    internal DatasetDeclaration Declaration => Dataset.Declaration;

    /// <summary>The key of what is at <see cref="StoredObject.Location"/>: the folder's of an unpacked archive, else the dataset's own.</summary>
    internal string ContentKey => Declaration.Extract && !File.Exists(Location) ? Declaration.ExtractionName : Declaration.Key;
}
