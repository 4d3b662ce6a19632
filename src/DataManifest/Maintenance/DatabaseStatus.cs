namespace DataManifest.Maintenance;

/// <summary>How a database stands, on one page.</summary>
/// <param name="Inventory">What exists, with sizes.</param>
public sealed record DatabaseStatus(Inventory Inventory)
{
    /// <summary>Datasets whose data can be used here, read pools included.</summary>
    public required IReadOnlyList<StoredDataset> Usable { get; init; }

    /// <summary>Datasets whose data are here without a marker or a checked digest, or with another size than recorded: perhaps cut off.</summary>
    public required IReadOnlyList<StoredDataset> Incomplete { get; init; }

    /// <summary>Datasets whose data are not here, and are to be fetched.</summary>
    public required IReadOnlyList<StoredDataset> Missing { get; init; }

    /// <summary>Datasets that are fetched and have no checksum, so that nothing tells whether they are the right ones.</summary>
    public required IReadOnlyList<StoredDataset> Unpinned { get; init; }

    /// <summary>Objects whose record disagrees with the disk; see <see cref="Database.RefreshAsync"/>.</summary>
    public required IReadOnlyList<StoredObject> Dirty { get; init; }

    /// <summary>Artifacts of the configured folder that nothing records.</summary>
    public required IReadOnlyList<ProducedArtifact> Orphans { get; init; }

    /// <summary>The bytes of all datasets that are here.</summary>
    public long DatasetBytes => Inventory.Datasets.Sum(dataset => dataset.Size ?? 0);

    /// <summary>The bytes of all produced artifacts that are here.</summary>
    public long ProducedBytes => Inventory.Produced.Sum(artifact => artifact.Size ?? 0);
}
