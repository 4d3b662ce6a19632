using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Maintenance;
using DataManifest.Storage;

namespace DataManifest;

/// <content>Exporting.</content>
public sealed partial class Database
{
    /// <summary>
    /// Copies the data of datasets to a folder that is a project of its own afterwards: it has a manifest, and serves others as a read pool. What is complete there
    /// already is not copied again. Declared checksums are verified. Data that others look after are copied too: those are what nobody can fetch.
    /// </summary>
    /// <param name="folder">The folder, which is made when missing; relative to the working folder.</param>
    /// <param name="filter">Which datasets; null for all. Artifacts are not exported.</param>
    /// <param name="dryRun">Whether to say only what would be done.</param>
    /// <param name="progress">Told for whom it waits, and how far the copying of large data is; called from several threads.</param>
    /// <param name="cancellationToken">Stops within one buffer or file; the manifest is not written then.</param>
    /// <returns>One result per dataset; one that fails is not in the export and does not stop the others.</returns>
    /// <exception cref="DataManifestException">The folder is another project, or its manifest cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<MaintenanceReport> ExportAsync(string folder, ObjectFilter? filter = null, bool dryRun = false, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var root = Locator.Storage.Normalize(folder);
        ExportManifest.Require(root);
        var inventory = await InspectAsync(filter, InspectionDetail.None, cancellationToken).ConfigureAwait(false);
        var results = new List<ObjectResult>();
        foreach (var found in inventory.Datasets)
        {
            results.Add(await ExportAsync(found, root, dryRun, new ProgressThrottle(found.Name, progress), cancellationToken).ConfigureAwait(false));
        }

        var exported = results.Where(result => result.Action == ObjectAction.Exported).Select(result => ((StoredDataset)result.Subject).Declaration).ToList();
        if (!dryRun && exported.Count > 0)
        {
            try
            {
                ExportManifest.Write(root, Manifest, exported);
            }
            catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
            {
                throw new DataManifestException(
                    DiagnosticRules.ManifestNotWritable, $"The manifest of the export in '{root}' cannot be written: {unwritable.Message}", "", "Make the folder writable, and export again.", unwritable);
            }
        }

        return new MaintenanceReport(results) { IsDryRun = dryRun, Warnings = inventory.Warnings };
    }

    private async Task<ObjectResult> ExportAsync(StoredDataset found, string root, bool dryRun, ProgressThrottle progress, CancellationToken cancellationToken)
    {
        if (!found.IsPresent)
        {
            return ObjectResult.Skip(found, found.Protection == Protection.LazyAccess ? SkipReason.LazyAccess : SkipReason.NotPresent);
        }

        var declaration = found.Declaration;
        var to = Locator.Storage.Normalize(Path.Join(root, StoragePath.Native(declaration.Extract ? declaration.ExtractionName : declaration.Key)));
        try
        {
            if (!StoragePath.IsBelow(to, root))
            {
                throw LeavesFolder(found, root);
            }

            if (to == found.Location || StoragePath.IsBelow(root, found.Location))
            {
                throw new DataManifestException(DiagnosticRules.PlaceTaken, $"The data of dataset '{found.Name}' are in '{root}', or the other way round.", found.Name, "Export to another folder.");
            }

            var expected = declaration is { SkipChecksum: false, Checksum.Length: > 0 } ? Checksum.Parse(declaration.Checksum) : null;
            var target = new EntryPaths(to);
            if (!dryRun && !(target.IsComplete && await HasAsync(to, expected, cancellationToken).ConfigureAwait(false)))
            {
                var relocation = new Relocation(found.Name, new EntryPaths(found.Location), target, Locator.Storage, progress) { Expected = expected is { IsSupported: true } ? expected : null };
                await (declaration.Extract && File.Exists(found.Location)
                    ? relocation.UnpackAsync(declaration, cancellationToken)
                    : relocation.CopyAsync(cancellationToken)).ConfigureAwait(false);
            }

            return new ObjectResult(found, ObjectAction.Exported) { From = found.Location, To = to };
        }
        catch (DataManifestException error)
        {
            return ObjectResult.Fail(found, error);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return ObjectResult.Fail(found, new DataManifestException(
                DiagnosticRules.ObjectNotChanged, $"'{found.Location}' cannot be copied to '{to}': {unreadable.Message}", found.Name, "Make the folder writable, and make room.", unreadable));
        }
        finally
        {
            progress.Finish();
        }
    }

    /// <summary>Whether data that an earlier export has left are still the right ones; without a checksum their marker is enough.</summary>
    private static async Task<bool> HasAsync(string path, Checksum? expected, CancellationToken cancellationToken) =>
        expected is not { IsSupported: true } || await ContentDigest.ComputeAsync(path, expected.Algorithm, cancellationToken).ConfigureAwait(false) == expected;
}
