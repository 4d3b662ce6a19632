using DataManifest.Maintenance;
using DataManifest.Storage;

namespace DataManifest;

/// <content>Inspecting.</content>
public sealed partial class Database
{
    /// <summary>Lists what exists: every dataset of the manifest, there or not, and every produced artifact of the configured folder or of the state file. Writes nothing.</summary>
    /// <param name="filter">Which objects; null for all, other projects' artifacts included.</param>
    /// <param name="detail">What else to find out about the objects that are meant.</param>
    /// <param name="cancellationToken">Stops within one buffer or folder.</param>
    /// <exception cref="OperationCanceledException">The inspection was stopped.</exception>
    public Task<Inventory> InspectAsync(ObjectFilter? filter = null, InspectionDetail detail = InspectionDetail.Size, CancellationToken cancellationToken = default) =>
        Task.Run(() => InspectNowAsync(filter, detail, cancellationToken), cancellationToken);

    /// <summary><see cref="InspectAsync"/> on the caller's thread, for a program that has nothing else to do meanwhile.</summary>
    /// <param name="filter">Which objects; null for all, other projects' artifacts included.</param>
    /// <param name="detail">What else to find out about the objects that are meant.</param>
    /// <param name="cancellationToken">Stops within one buffer or folder.</param>
    /// <exception cref="OperationCanceledException">The inspection was stopped.</exception>
    internal async Task<Inventory> InspectNowAsync(ObjectFilter? filter, InspectionDetail detail, CancellationToken cancellationToken)
    {
        var warnings = new List<StorageDiagnostic>();
        if (Locator.State.Problem is { } unreadable)
        {
            warnings.Add(unreadable);
        }

        var artifacts = new ArtifactInspector(Locator.State, DatacacheRoots);
        var produced = artifacts.Inspect(detail.HasFlag(InspectionDetail.Pools), cancellationToken);
        warnings.AddRange(artifacts.Warnings);

        var inspector = new DatasetInspector(Locator, DatasetsRoots);
        var datasets = new List<StoredDataset>(Datasets.Count);
        foreach (var dataset in Datasets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            datasets.Add(inspector.Inspect(dataset));
            if (datasets[^1].Problem is { } unresolved)
            {
                var found = Manifest.Diagnose(unresolved.Rule, unresolved.Message, dataset.Name);
                warnings.Add(new StorageDiagnostic(found.Rule, found.Message, Manifest.Path, found.Start));
            }
        }

        // Whether data have been modified is known only when they have been read.
        var now = DateTimeOffset.UtcNow;
        var details = new DetailReader(detail, cancellationToken);
        var first = filter is { OnlyDirty: true } && detail.HasFlag(InspectionDetail.Content) ? filter with { OnlyDirty = false, IncludeOrphans = true } : filter;
        return new Inventory(await SelectAsync(produced).ConfigureAwait(false), await SelectAsync(datasets).ConfigureAwait(false), warnings) { Manifest = Manifest };

        async Task<IReadOnlyList<T>> SelectAsync<T>(IEnumerable<T> objects)
            where T : StoredObject
        {
            var selected = await details.AddAsync(objects.Where(candidate => first?.Matches(candidate, now) ?? true)).ConfigureAwait(false);
            return ReferenceEquals(first, filter) ? selected : [.. selected.Where(candidate => filter!.Matches(candidate, now))];
        }
    }

    private StoreRoots DatasetsRoots => new(FolderOf(() => Locator.Storage.DatasetsDirectory), Locator.Storage.DatasetsPools);

    private StoreRoots DatacacheRoots => new(FolderOf(() => Locator.Storage.DatacacheDirectory), Locator.Storage.DatacachePools);

    private string? FolderOf(Func<string> directory)
    {
        try
        {
            return Locator.Storage.Normalize(directory());
        }
        catch (DataManifestException)
        {
            return null; // Said of each dataset that it keeps from being found.
        }
    }
}
