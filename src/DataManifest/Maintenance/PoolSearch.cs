using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>Looks for datasets in read pools. What is found has the declared checksum or, where none is declared, its completion marker.</summary>
/// <param name="pools">The pools, absolute.</param>
internal sealed class PoolSearch(IReadOnlyList<string> pools)
{
    private readonly string[] _pools = [.. pools.Where(Directory.Exists)];

    /// <summary>The place of a dataset in the first pool that has it; null when none does.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    public async Task<string?> FindAsync(DatasetDeclaration dataset, CancellationToken cancellationToken)
    {
        if (dataset.SkipDownload || dataset.LazyAccess || StorageConfiguration.IsUserManaged(dataset.StoragePath))
        {
            return null;
        }

        var name = StoragePath.Native(dataset.Extract ? dataset.ExtractionName : dataset.Key);
        foreach (var pool in _pools)
        {
            var path = Path.GetFullPath(Path.Join(pool, name));
            if (StoragePath.IsBelow(path, pool) && await IsGoodAsync(path, dataset, cancellationToken).ConfigureAwait(false))
            {
                return path;
            }
        }

        return null;
    }

    private static async Task<bool> IsGoodAsync(string path, DatasetDeclaration dataset, CancellationToken cancellationToken)
    {
        if (!Path.Exists(path) || (dataset.Extract && !Directory.Exists(path)))
        {
            return false;
        }

        if (dataset.SkipChecksum || dataset.Checksum.Length == 0)
        {
            return new EntryPaths(path).IsComplete;
        }

        try
        {
            var declared = Checksum.Parse(dataset.Checksum);
            return declared.IsSupported && await ContentDigest.ComputeAsync(path, declared.Algorithm, cancellationToken).ConfigureAwait(false) == declared;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // A pool is only a chance to save a download.
        }
    }
}
