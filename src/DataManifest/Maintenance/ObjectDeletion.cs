using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>Deletes selected objects, one after the other.</summary>
/// <param name="database">The database.</param>
/// <param name="guard">Knows what else is at a place.</param>
/// <param name="dryRun">Whether nothing is changed.</param>
/// <param name="progress">Told for whom it waits; null for nobody.</param>
internal sealed class ObjectDeletion(Database database, PlaceGuard guard, bool dryRun, IProgress<FetchProgress>? progress)
{
    private readonly StateRecords _records = new(database.Locator.State);

    /// <summary>Whether the deleted datasets leave the manifest.</summary>
    public bool RemoveFromManifest { get; init; }

    /// <summary>Whether data that another dataset has too stay.</summary>
    public bool KeepShared { get; init; }

    /// <summary>Deletes objects.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="warnings">What was found out before.</param>
    /// <param name="cancellationToken">Stops between two objects.</param>
    public async Task<MaintenanceReport> RunAsync(IReadOnlyList<StoredObject> objects, IReadOnlyList<StorageDiagnostic> warnings, CancellationToken cancellationToken)
    {
        var results = new List<ObjectResult>();
        StorageDiagnostic? unrecorded = null;
        try
        {
            foreach (var found in objects)
            {
                cancellationToken.ThrowIfCancellationRequested();
                results.Add(await DeleteAsync(found, cancellationToken).ConfigureAwait(false));
            }
        }
        finally
        {
            // What is gone is gone, whatever stopped the rest.
            unrecorded = dryRun ? null : await ForgetAsync([.. results.Where(result => result.Action == ObjectAction.Deleted).Select(result => result.Subject)]).ConfigureAwait(false);
        }

        string[] removed = [.. results.Where(result => result.IsRemovedFromManifest).Select(result => result.Subject.Name)];
        if (!dryRun && removed.Length > 0)
        {
            await database.RemoveFromManifestAsync(removed, cancellationToken).ConfigureAwait(false);
        }

        return new MaintenanceReport(results) { IsDryRun = dryRun, Warnings = unrecorded is null ? warnings : [.. warnings, unrecorded] };
    }

    /// <summary>Why an object's data stay; none when they are to be deleted.</summary>
    public SkipReason ReasonToSkip(StoredObject found) =>
        ObjectResult.ProtectionOf(found) is var reason && reason != SkipReason.None ? reason
        : !found.IsPresent ? SkipReason.NotPresent
        : KeepShared && guard.OthersAt(found.Location, found).Any() ? SkipReason.SharedData
        : SkipReason.None;

    /// <summary>Makes sure that what would be deleted is the object's own.</summary>
    /// <exception cref="DataManifestException">It is not.</exception>
    public void Require(StoredObject found)
    {
        foreach (var path in PathsOf(found))
        {
            guard.Require(path, found);
        }
    }

    /// <summary>Drops the records of objects.</summary>
    public Task<StorageDiagnostic?> ForgetAsync(IReadOnlyList<StoredObject> objects) => objects.Count == 0
        ? Task.FromResult<StorageDiagnostic?>(null)
        : database.Locator.State.UpdateAsync(
            document =>
            {
                foreach (var found in objects)
                {
                    _records.Forget(document, found);
                }
            },
            CancellationToken.None);

    private async Task<ObjectResult> DeleteAsync(StoredObject found, CancellationToken cancellationToken)
    {
        if (ReasonToSkip(found) is var reason and not SkipReason.None)
        {
            return ObjectResult.Skip(found, reason);
        }

        var throttle = new ProgressThrottle(found.Name, progress);
        var removal = new DataRemoval(database.Locator.Storage, new WaitReport(throttle, database.Locator.Storage.HostName));
        try
        {
            Require(found);
            foreach (var path in dryRun ? [] : PathsOf(found))
            {
                await removal.DeleteAsync(path, beside => guard.OthersAt(beside, found).Any(), cancellationToken).ConfigureAwait(false);
            }

            if (!dryRun && found is StoredDataset dataset)
            {
                Staging.Delete(database.Locator.Trees.PathOf(dataset.Declaration)); // It belongs to data that are gone; nothing depends on it.
            }

            return new ObjectResult(found, ObjectAction.Deleted) { From = found.Location, IsRemovedFromManifest = RemoveFromManifest && found is StoredDataset };
        }
        catch (DataManifestException error)
        {
            return ObjectResult.Fail(found, error);
        }
        catch (Exception undeletable) when (undeletable is IOException or UnauthorizedAccessException)
        {
            return ObjectResult.Fail(found, new DataManifestException(
                DiagnosticRules.ObjectNotChanged, $"'{found.Location}' cannot be deleted: {undeletable.Message}", found is StoredDataset ? found.Name : "",
                "Close what uses it, and make its folder writable.", undeletable));
        }
        finally
        {
            throttle.Finish();
        }
    }

    /// <summary>The data, and the archive that they were unpacked from unless another dataset needs it.</summary>
    private string[] PathsOf(StoredObject found) =>
        found is StoredDataset dataset && PlaceGuard.ArchiveOf(database.Locator, dataset) is { } archive
            && archive != found.Location && File.Exists(archive) && !guard.OthersAt(archive, found).Any()
            ? [found.Location, archive]
            : [found.Location];
}
