using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Maintenance;
using DataManifest.Storage;

namespace DataManifest;

/// <content>Moving.</content>
public sealed partial class Database
{
    /// <summary>
    /// Moves the data of stored objects, with their markers, to their addresses below another folder, and records the new places. The manifest stays as it is, so
    /// the next fetch of data that are gone goes to the configured place again. The archive that a dataset was unpacked from stays.
    /// </summary>
    /// <param name="selection">The objects.</param>
    /// <param name="folder">The folder, which is made when missing; relative to the working folder.</param>
    /// <param name="dryRun">Whether to say only what would be done.</param>
    /// <param name="progress">Told for whom it waits, and how far the copying of large data is; called from several threads.</param>
    /// <param name="cancellationToken">Stops between two objects, or while one is copied to another volume; what is moved by then is recorded.</param>
    /// <returns>One result per selected object; one that fails does not stop the others.</returns>
    /// <exception cref="DataManifestException">The selection stands for nothing, or for several objects where one is meant.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<MaintenanceReport> MoveAsync(ObjectSelection selection, string folder, bool dryRun = false, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var (inventory, objects) = await SelectAsync(selection, cancellationToken).ConfigureAwait(false);
        var guard = await GuardAsync(inventory, cancellationToken).ConfigureAwait(false);
        var root = Locator.Storage.Normalize(folder);
        return await RelocateAsync(inventory, guard, objects, Plan, dryRun, progress, cancellationToken).ConfigureAwait(false);

        RelocationStep Plan(StoredObject found)
        {
            var key = found is StoredDataset dataset ? dataset.ContentKey : found.StorageKey;
            var to = Locator.Storage.Normalize(Path.Join(root, StoragePath.Native(key)));
            return StoragePath.IsBelow(to, root) ? new RelocationStep(found, ObjectAction.Moved, to, null) : throw LeavesFolder(found, root);
        }
    }

    /// <summary>
    /// Brings the data of stored objects to the places that the configuration wants: moved from wherever they are, copied from read pools and from places that no
    /// tool of the format made, unpacked where only the archive is recorded. Declared checksums are verified before anything changes. Nothing is fetched.
    /// </summary>
    /// <param name="filter">Which objects; null for all that are recorded or declared. Those that are in place are not in the report.</param>
    /// <param name="copy">Whether all data stay where they are, too.</param>
    /// <param name="dryRun">Whether to say only what would be done.</param>
    /// <param name="progress">Told for whom it waits, and how far the copying of large data is; called from several threads.</param>
    /// <param name="cancellationToken">Stops between two objects, or while one is copied; what is done by then is recorded.</param>
    /// <returns>One result per object that is not in place; one that fails does not stop the others.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<MaintenanceReport> NormalizeAsync(ObjectFilter? filter = null, bool copy = false, bool dryRun = false, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var inventory = await InspectAsync(filter ?? new ObjectFilter(), InspectionDetail.None, cancellationToken).ConfigureAwait(false);
        var guard = await GuardAsync(inventory, cancellationToken).ConfigureAwait(false);
        StoredObject[] objects = [.. inventory.Objects.Where(found => found.IsOutOfPlace)];
        return await RelocateAsync(inventory, guard, objects, Plan, dryRun, progress, cancellationToken).ConfigureAwait(false);

        RelocationStep Plan(StoredObject found)
        {
            var isArchive = found is StoredDataset { Declaration.Extract: true } && File.Exists(found.Location);
            var mustStay = copy || found.Protection is Protection.ReadPool or Protection.AdoptedInPlace;
            var isInPlace = new EntryPaths(found.DirectivePath).IsComplete;
            var action = isInPlace ? ObjectAction.Repointed : isArchive ? ObjectAction.Unpacked : mustStay ? ObjectAction.Copied : ObjectAction.Moved;
            var declared = found is StoredDataset { Declaration: { SkipChecksum: false, Checksum: { Length: > 0 } checksum } } ? Checksum.Parse(checksum) : null;
            return new RelocationStep(found, action, found.DirectivePath, declared) { EndsMove = !isArchive && !mustStay };
        }
    }

    private async Task<MaintenanceReport> RelocateAsync(
        Inventory inventory, PlaceGuard guard, IReadOnlyList<StoredObject> objects, Func<StoredObject, RelocationStep> plan, bool dryRun, IProgress<FetchProgress>? progress, CancellationToken cancellationToken)
    {
        var steps = new List<RelocationStep>();
        var results = new Dictionary<StoredObject, ObjectResult>(ReferenceEqualityComparer.Instance);
        var sources = new HashSet<string>(StringComparer.Ordinal);
        foreach (var found in objects)
        {
            try
            {
                var step = found.IsPresent && found.Protection is not (Protection.UserManaged or Protection.LazyAccess) ? plan(found) : null;
                if (ReasonToStay(found, step) is var reason and not SkipReason.None)
                {
                    results[found] = ObjectResult.Skip(found, reason);
                    continue;
                }

                RequireMovable(step!, guard);
                if (!sources.Add(found.Location))
                {
                    results[found] = ObjectResult.Skip(found, SkipReason.SharedData);
                    continue;
                }

                steps.Add(step!);
                results[found] = new ObjectResult(found, step!.Action) { From = found.Location, To = step.To };
            }
            catch (DataManifestException error)
            {
                results[found] = ObjectResult.Fail(found, error);
            }
        }

        var relocation = new ObjectRelocation(this, guard, progress);
        foreach (var result in dryRun ? [] : await relocation.RunAsync(steps, cancellationToken).ConfigureAwait(false))
        {
            results[result.Subject] = result;
        }

        return new MaintenanceReport([.. objects.Select(found => results[found])]) { IsDryRun = dryRun, Warnings = [.. inventory.Warnings, .. relocation.Warnings] };
    }

    private static SkipReason ReasonToStay(StoredObject found, RelocationStep? step) =>
        found.Protection is Protection.UserManaged or Protection.LazyAccess || step?.Action == ObjectAction.Moved ? ObjectResult.ProtectionOf(found) switch
        {
            SkipReason.None when !found.IsPresent => SkipReason.NotPresent,
            SkipReason.None when step!.To == found.Location => SkipReason.InPlace,
            var reason => reason,
        }
        : found.IsPresent ? SkipReason.None
        : SkipReason.NotPresent;

    private static bool HaveOneLength(string path, string other) =>
        File.Exists(path) && File.Exists(other) && new FileInfo(path).Length == new FileInfo(other).Length;

    private void RequireMovable(RelocationStep step, PlaceGuard guard)
    {
        var (found, to) = (step.Subject, step.To);
        if (step.Action == ObjectAction.Moved || step.EndsMove)
        {
            guard.Require(found.Location, found);
        }

        guard.Require(to, found);
        if (StoragePath.IsBelow(to, found.Location) || StoragePath.IsBelow(found.Location, to))
        {
            throw new DataManifestException(DiagnosticRules.PlaceTaken, $"'{to}' and '{found.Location}' are inside each other.", found.Name, "Choose another folder.");
        }

        // Complete data, and a file that could be the same, may be what an earlier move has left; that is found out under the lock.
        if (Path.Exists(to) && !new EntryPaths(to).IsComplete && !(step.Action == ObjectAction.Moved && HaveOneLength(found.Location, to)))
        {
            throw new DataManifestException(DiagnosticRules.PlaceTaken, $"There is something at '{to}' already.", found.Name, "Look at it, and remove it if it is not needed.");
        }

        if (step.Expected is { IsSupported: false } unsupported)
        {
            throw new DataManifestException(
                DiagnosticRules.UnsupportedChecksum, $"The checksum of dataset '{found.Name}' is a {unsupported.Algorithm} digest, which this version does not compute.", found.Name,
                $"Use one of {string.Join(", ", Checksum.Algorithms)}.");
        }

        if (found is StoredDataset dataset && Locator.UnrecordedKeys.Value.Contains(dataset.StorageKey))
        {
            throw new DataManifestException(
                DiagnosticRules.PlaceNotOwn, $"Where the data of dataset '{found.Name}' are cannot be recorded: another dataset has its key and is stored elsewhere.", found.Name,
                "Give one of them another key = \"…\".");
        }
    }

    private static DataManifestException LeavesFolder(StoredObject found, string folder) => new(
        DiagnosticRules.PathLeavesFolder, $"The address '{found.StorageKey}' leads out of '{folder}'.", found is StoredDataset ? found.Name : "", "Give the dataset a key = \"…\" that stays inside.");
}
