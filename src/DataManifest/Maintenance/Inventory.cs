using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>What exists for a database at one moment.</summary>
/// <param name="Produced">The produced artifacts: those in the configured folder by their paths, then those that are recorded elsewhere, then missing ones.</param>
/// <param name="Datasets">The datasets, in the order of the manifest.</param>
/// <param name="Warnings">What could not be read: a damaged state file, sidecar or path.</param>
public sealed record Inventory(IReadOnlyList<ProducedArtifact> Produced, IReadOnlyList<StoredDataset> Datasets, IReadOnlyList<StorageDiagnostic> Warnings)
{
    /// <summary>The manifest, for identifiers.</summary>
    internal ManifestDocument? Manifest { get; init; }

    /// <summary>All objects, artifacts first.</summary>
    public IEnumerable<StoredObject> Objects => Produced.Concat<StoredObject>(Datasets);

    /// <summary>
    /// Every object that an identifier stands for: the dataset of exactly this name; or else all datasets that a look-up finds, and artifacts by
    /// <c>cachetype[/version]/hash</c> or the hash alone, which may be cut off behind its first digits.
    /// </summary>
    /// <param name="identifier">What the user wrote.</param>
    public IReadOnlyList<StoredObject> Find(string identifier)
    {
        var datasets = (Manifest?.Find(identifier).Matches ?? []).Select(match => match.Name).ToHashSet(StringComparer.Ordinal);
        var isName = datasets.Count == 1 && datasets.Contains(identifier);
        return [.. Datasets.Where(dataset => datasets.Contains(dataset.Name)), .. Produced.Where(artifact => !isName && IsMeant(artifact, identifier))];
    }

    private static bool IsMeant(ProducedArtifact artifact, string identifier)
    {
        var parts = identifier.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !artifact.Identity.Hash.StartsWith(parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        var head = string.Join('/', parts[..^1]);
        var (cachetype, version, _) = artifact.Identity;
        return head.Length == 0 || head == cachetype || (version.Length > 0 && head == $"{cachetype}/{version}");
    }
}
