using DataManifest.Caching;
using DataManifest.Hashing;

namespace DataManifest.Maintenance;

/// <summary>Finds out what takes more than one look at each object, several objects at once.</summary>
/// <param name="detail">What is wanted.</param>
/// <param name="cancellationToken">Stops within one buffer or folder.</param>
internal sealed class DetailReader(InspectionDetail detail, CancellationToken cancellationToken)
{
    /// <summary>The objects with their details, in the same order.</summary>
    /// <param name="objects">The objects.</param>
    public async Task<IReadOnlyList<T>> AddAsync<T>(IEnumerable<T> objects)
        where T : StoredObject
    {
        T[] all = [.. objects];
        if (Array.Exists(all, NeedsMore))
        {
            await Parallel.ForAsync(0, all.Length, cancellationToken, async (i, token) => all[i] = (T)await AddAsync(all[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        }

        return all;
    }

    /// <summary>Whether there is anything to find out: of a manifest's missing data and its files, mostly not, and then no threads are started.</summary>
    private bool NeedsMore(StoredObject found) => found.IsPresent && (
        (detail.HasFlag(InspectionDetail.Size) && found.Size is null)
        || (detail.HasFlag(InspectionDetail.Created) && found is ProducedArtifact)
        || detail.HasFlag(InspectionDetail.Content));

    private async ValueTask<StoredObject> AddAsync(StoredObject found, CancellationToken token)
    {
        if (!found.IsPresent)
        {
            return found;
        }

        if (detail.HasFlag(InspectionDetail.Size) && found.Size is null)
        {
            found = found with { Size = TreeSize.Of(found.Location, token) };
        }

        if (detail.HasFlag(InspectionDetail.Created) && found is ProducedArtifact)
        {
            found = found with { Created = ArtifactFolder.CreatedOf(found.Location) ?? found.Created };
        }

        return detail.HasFlag(InspectionDetail.Content) && found is StoredDataset { Dirty: DirtyState.Clean, Dataset.Declaration.SkipChecksum: false, RecordedSha256.Length: > 0 } dataset
            && dataset.Location == dataset.RecordedPath && await IsModifiedAsync(dataset, token).ConfigureAwait(false)
                ? found with { Dirty = DirtyState.Modified }
                : found;
    }

    private static async Task<bool> IsModifiedAsync(StoredDataset dataset, CancellationToken token)
    {
        try
        {
            var actual = await ContentDigest.ComputeAsync(dataset.Location, Checksum.DefaultAlgorithm, token).ConfigureAwait(false);
            return !actual.Matches(dataset.RecordedSha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // What cannot be read any more is not what was recorded.
        }
    }
}
