using DataManifest.Caching;
using DataManifest.Hashing;
using DataManifest.Maintenance;
using DataManifest.State;

namespace DataManifest;

/// <content>Refreshing.</content>
public sealed partial class Database
{
    /// <summary>
    /// Brings the state file into agreement with what is on disk, and touches nothing else: records of data that have come to their directive's place name it;
    /// missing data that a read pool has are recorded there, and the records of others are dropped; data without a record get one.
    /// </summary>
    /// <param name="request">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>One result per record that changes, in the inventory's order; those of <see cref="RefreshRequest.Scan"/> come last.</returns>
    /// <exception cref="DataManifestException">A name in the request finds no dataset, or several.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<MaintenanceReport> RefreshAsync(RefreshRequest? request = null, CancellationToken cancellationToken = default)
    {
        request ??= new RefreshRequest();
        var inventory = await InspectAsync(null, InspectionDetail.None, cancellationToken).ConfigureAwait(false);
        var pools = new PoolSearch(request.DatasetsPools is { } expressions ? Locator.Storage.ExpandPools(expressions) : Locator.Storage.DatasetsPools);
        var results = new List<ObjectResult>();
        var names = request.Names is null ? null : Select(request.Names).Select(dataset => dataset.Name).ToHashSet(StringComparer.Ordinal);
        bool IsMeant(StoredObject found) => names is null || (found is StoredDataset && names.Contains(found.Name));
        foreach (var found in inventory.Objects.Where(IsMeant))
        {
            if (await PlanAsync(found, pools, cancellationToken).ConfigureAwait(false) is { } planned)
            {
                results.Add(planned);
            }
        }

        if (request.Scan)
        {
            var changed = results.Select(result => result.Subject.StorageKey).ToHashSet(StringComparer.Ordinal);
            foreach (var dataset in inventory.Datasets.Where(dataset => IsMeant(dataset) && !dataset.IsPresent && !changed.Contains(dataset.StorageKey)))
            {
                if (await pools.FindAsync(dataset.Declaration, cancellationToken).ConfigureAwait(false) is { } pooled)
                {
                    results.Add(new ObjectResult(dataset, ObjectAction.AdoptedFromPool) { To = pooled });
                }
            }

            results.AddRange(names is null ? ScanArtifacts(inventory, request, cancellationToken) : []);
        }

        var problem = request.DryRun || results.Count == 0 ? null
            : await Locator.State.UpdateAsync(document => Apply(document, results), cancellationToken).ConfigureAwait(false);
        return new MaintenanceReport(results) { IsDryRun = request.DryRun, Warnings = problem is null ? inventory.Warnings : [.. inventory.Warnings.Where(warning => warning.Rule != problem.Rule), problem] };
    }

    private static async Task<ObjectResult?> PlanAsync(StoredObject found, PoolSearch pools, CancellationToken cancellationToken)
    {
        switch (found.Dirty)
        {
            case DirtyState.Relocated:
                return new ObjectResult(found, ObjectAction.Repointed) { From = found.RecordedPath, To = found.Location };
            case DirtyState.Untracked:
                return new ObjectResult(found, ObjectAction.Adopted) { To = found.Location };
            case DirtyState.Missing:
                var pooled = found is StoredDataset dataset ? await pools.FindAsync(dataset.Declaration, cancellationToken).ConfigureAwait(false) : null;
                return new ObjectResult(found, pooled is null ? ObjectAction.Dropped : ObjectAction.Recovered) { From = found.RecordedPath, To = pooled ?? "" };
            default:
                return null;
        }
    }

    private IEnumerable<ObjectResult> ScanArtifacts(Inventory inventory, RefreshRequest request, CancellationToken cancellationToken)
    {
        var known = inventory.Produced.Where(artifact => artifact.RecordedPath.Length > 0 && artifact.IsPresent).Select(artifact => artifact.Identity).ToHashSet();
        var pools = request.DatacachePools is { } expressions ? Locator.Storage.ExpandPools(expressions) : Locator.Storage.DatacachePools;
        var inspector = new ArtifactInspector(Locator.State, DatacacheRoots with { Pools = pools });
        foreach (var artifact in pools.SelectMany(pool => inspector.ArtifactsIn(pool, cancellationToken)))
        {
            // Nothing but the hash of its parameters proves an artifact, so it must be right.
            if (artifact is { IsValid: true, IsComplete: true } && !artifact.Identity.Cachetype.Contains('@', StringComparison.Ordinal) && known.Add(artifact.Identity))
            {
                yield return new ObjectResult(artifact, ObjectAction.AdoptedFromPool) { To = artifact.Location };
            }
        }
    }

    private void Apply(StateDocument document, IReadOnlyList<ObjectResult> results)
    {
        var records = new StateRecords(Locator.State);
        foreach (var result in results)
        {
            switch (result)
            {
                case { Action: ObjectAction.Dropped }:
                    records.Forget(document, result.Subject);
                    break;
                case { Action: ObjectAction.AdoptedFromPool, Subject: ProducedArtifact artifact }:
                    document.RegisterInstance(StateRecords.RecipeOf(artifact), artifact.Identity.Hash, format: artifact.Format, storagePath: Locator.State.Portable(result.To));
                    break;
                case { Action: ObjectAction.AdoptedFromPool or ObjectAction.Recovered, Subject: StoredDataset dataset }:
                    // Its declared digest was checked just now.
                    var declared = Checksum.Parse(dataset.Declaration.Checksum);
                    records.Point(document, dataset, result.To, dataset.Declaration.SkipChecksum || declared.Algorithm != Checksum.DefaultAlgorithm ? "" : declared.Hex);
                    break;
                default:
                    records.Point(document, result.Subject, result.To);
                    break;
            }
        }
    }
}
