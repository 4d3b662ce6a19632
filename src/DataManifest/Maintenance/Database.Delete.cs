using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Maintenance;

namespace DataManifest;

/// <content>Deleting.</content>
public sealed partial class Database
{
    /// <summary>
    /// Deletes the data of stored objects, their markers and their records, and nothing else: data that somebody else looks after, read pools, and places that
    /// hold more than the object are left alone. The archive that a dataset was unpacked from goes with it.
    /// </summary>
    /// <param name="selection">The objects.</param>
    /// <param name="dryRun">Whether to say only what would be done.</param>
    /// <param name="removeFromManifest">Whether the deleted datasets leave the manifest too.</param>
    /// <param name="progress">Told for whom it waits.</param>
    /// <param name="cancellationToken">Stops between two objects, or the waiting; what is deleted by then is recorded.</param>
    /// <returns>One result per selected object; one that fails does not stop the others.</returns>
    /// <exception cref="DataManifestException">The selection stands for nothing, or for several objects where one is meant; or the manifest cannot be changed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<MaintenanceReport> DeleteAsync(ObjectSelection selection, bool dryRun = false, bool removeFromManifest = false, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var (inventory, objects) = await SelectAsync(selection, cancellationToken).ConfigureAwait(false);
        var deletion = new ObjectDeletion(this, await GuardAsync(inventory, cancellationToken).ConfigureAwait(false), dryRun, progress) { RemoveFromManifest = removeFromManifest };
        return await deletion.RunAsync(objects, inventory.Warnings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes a dataset from the manifest, with its data and their record unless they are to stay. Comments and layout of everything else stay. Data that
    /// another dataset shares, and those that somebody else looks after, stay too.
    /// </summary>
    /// <param name="identifier">The dataset, by anything that finds exactly one.</param>
    /// <param name="keepData">Whether only the manifest is changed.</param>
    /// <param name="dryRun">Whether to say only what would be done.</param>
    /// <param name="progress">Told for whom it waits.</param>
    /// <param name="cancellationToken">Stops before the manifest is changed, or the waiting for whoever writes the data, which stay then.</param>
    /// <exception cref="DataManifestException">
    /// There is no such dataset, or several; its data cannot be told from others (then nothing is changed); or the manifest cannot be changed.
    /// </exception>
    public async Task<ObjectResult> RemoveAsync(string identifier, bool keepData = false, bool dryRun = false, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var name = this[identifier].Name;
        var inventory = await InspectAsync(null, InspectionDetail.None, cancellationToken).ConfigureAwait(false);
        var found = inventory.Datasets.First(dataset => dataset.Name == name);
        var deletion = new ObjectDeletion(this, await GuardAsync(inventory, cancellationToken).ConfigureAwait(false), dryRun, progress) { KeepShared = true };
        var reason = keepData ? SkipReason.KeptOnRequest : deletion.ReasonToSkip(found);
        if (reason == SkipReason.None)
        {
            deletion.Require(found);
        }

        if (!dryRun)
        {
            await RemoveFromManifestAsync([name], cancellationToken).ConfigureAwait(false);
        }

        if (reason != SkipReason.None)
        {
            if (!dryRun && reason is SkipReason.NotPresent)
            {
                await deletion.ForgetAsync([found]).ConfigureAwait(false);
            }

            return ObjectResult.Skip(found, reason) with { IsRemovedFromManifest = true };
        }

        var report = await deletion.RunAsync([found], [], cancellationToken).ConfigureAwait(false);
        return report.Results[0] with { IsRemovedFromManifest = true };
    }

    /// <summary>Takes datasets out of the manifest in one edit.</summary>
    internal Task RemoveFromManifestAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) => new ManifestFile(Manifest.Path, Locator.Storage).UpdateAsync(
        (document, editor) =>
        {
            foreach (var name in names.Where(name => document.Root[name] is not null))
            {
                editor.RemoveTable([name]);
            }
        },
        "",
        cancellationToken);

    private async Task<(Inventory Inventory, IReadOnlyList<StoredObject> Objects)> SelectAsync(ObjectSelection selection, CancellationToken cancellationToken)
    {
        var inventory = await InspectAsync(selection.Filter, InspectionDetail.None, cancellationToken).ConfigureAwait(false);
        return (inventory, selection.From(inventory));
    }

    /// <summary>The guard knows every dataset of the manifest, also those that a filter left out.</summary>
    private async Task<PlaceGuard> GuardAsync(Inventory inventory, CancellationToken cancellationToken)
    {
        var datasets = inventory.Datasets.Count == Datasets.Count ? inventory.Datasets
            : (await InspectAsync(new ObjectFilter { OnlyDatasets = true }, InspectionDetail.None, cancellationToken).ConfigureAwait(false)).Datasets;
        var storage = Locator.Storage;
        string[] roots =
        [
            DatasetsRoots.Own ?? "", DatacacheRoots.Own ?? "", .. storage.DatasetsPools, .. storage.DatacachePools, storage.ProjectRoot,
            Path.GetDirectoryName(storage.UserConfigurationFile) ?? "", storage.HomeDirectory,
        ];
        return new PlaceGuard(Locator, datasets, roots);
    }
}
