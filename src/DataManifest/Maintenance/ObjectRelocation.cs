using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>How one object comes to its new place.</summary>
/// <param name="Subject">The object.</param>
/// <param name="Action">One of <see cref="ObjectAction.Moved"/>, <see cref="ObjectAction.Copied"/>, <see cref="ObjectAction.Unpacked"/> and, when the data are there already, <see cref="ObjectAction.Repointed"/>.</param>
/// <param name="To">The place, normalised.</param>
/// <param name="Expected">The digest that its data must have; null when none is demanded.</param>
internal sealed record RelocationStep(StoredObject Subject, ObjectAction Action, string To, Checksum? Expected)
{
    /// <summary>Whether the source of <see cref="ObjectAction.Repointed"/> is deleted when the data at the new place are the same, which makes it a move.</summary>
    public bool EndsMove { get; init; }
}

/// <summary>Brings selected objects to other places, one after the other, and keeps their records true whatever stops it.</summary>
/// <param name="database">The database.</param>
/// <param name="guard">Knows what else is at a place.</param>
/// <param name="progress">Told how far each is; null for nobody.</param>
internal sealed class ObjectRelocation(Database database, PlaceGuard guard, IProgress<FetchProgress>? progress)
{
    private readonly StorageConfiguration _storage = database.Locator.Storage;
    private readonly StateRecords _records = new(database.Locator.State);
    private readonly List<StorageDiagnostic> _warnings = [];

    /// <summary>Records that could not be written.</summary>
    public IReadOnlyList<StorageDiagnostic> Warnings => _warnings;

    /// <summary>Does the steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="cancellationToken">Stops between two steps, or in one that copies or hashes.</param>
    /// <returns>One result per step, in their order.</returns>
    public async Task<IReadOnlyList<ObjectResult>> RunAsync(IReadOnlyList<RelocationStep> steps, CancellationToken cancellationToken)
    {
        // Data that leave their directive's place are recorded at the new one beforehand, and data that come to it afterwards: in between, all tools find
        // them at the directive's place. So one write each is enough for any number of objects.
        RelocationStep[] leaving = [.. steps.Where(step => step.Action == ObjectAction.Moved && step.Subject.Location == step.Subject.DirectivePath)];
        await RecordAsync(leaving, []).ConfigureAwait(false);
        var done = new List<RelocationStep>();
        var results = new List<ObjectResult>();
        try
        {
            foreach (var step in steps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var result = await RunAsync(step, cancellationToken).ConfigureAwait(false);
                results.Add(result);
                if (result.Action != ObjectAction.Failed)
                {
                    done.Add(step);
                }
            }
        }
        finally
        {
            await RecordAsync(done, [.. leaving.Except(done)]).ConfigureAwait(false);
        }

        return results;
    }

    private async Task<ObjectResult> RunAsync(RelocationStep step, CancellationToken cancellationToken)
    {
        var found = step.Subject;
        var name = found is StoredDataset ? found.Name : "";
        var isFoundWithoutRecord = found.Location == found.DirectivePath || step.To == found.DirectivePath;
        var throttle = new ProgressThrottle(found.Name, progress);
        var relocation = new Relocation(name, new EntryPaths(found.Location), new EntryPaths(step.To), _storage, throttle) { Expected = step.Expected };
        try
        {
            switch (step.Action)
            {
                case ObjectAction.Moved:
                    await relocation.MoveAsync(
                        () => isFoundWithoutRecord ? Task.CompletedTask : RecordAsync([step], []), beside => guard.OthersAt(beside, found).Any(), cancellationToken).ConfigureAwait(false);
                    break;
                case ObjectAction.Unpacked:
                    await relocation.UnpackAsync(((StoredDataset)found).Declaration, cancellationToken).ConfigureAwait(false);
                    break;
                case ObjectAction.Repointed when step.EndsMove && await relocation.IsThereAsync(cancellationToken).ConfigureAwait(false):
                    await relocation.MoveAsync(() => Task.CompletedTask, beside => guard.OthersAt(beside, found).Any(), cancellationToken).ConfigureAwait(false);
                    return new ObjectResult(found, ObjectAction.Moved) { From = found.Location, To = step.To };
                case ObjectAction.Repointed:
                    break;
                default:
                    await relocation.CopyAsync(cancellationToken).ConfigureAwait(false);
                    break;
            }

            return new ObjectResult(found, step.Action) { From = found.Location, To = step.To };
        }
        catch (DataManifestException error)
        {
            return ObjectResult.Fail(found, error);
        }
        catch (Exception unchanged) when (unchanged is IOException or UnauthorizedAccessException)
        {
            return ObjectResult.Fail(found, new DataManifestException(
                DiagnosticRules.ObjectNotChanged, $"'{found.Location}' cannot be brought to '{step.To}': {unchanged.Message}", name,
                "Make both folders writable, and make room.", unchanged));
        }
        finally
        {
            throttle.Finish();
        }
    }

    private async Task RecordAsync(IReadOnlyList<RelocationStep> arrived, IReadOnlyList<RelocationStep> undone)
    {
        if (arrived.Count + undone.Count == 0)
        {
            return;
        }

        var problem = await database.Locator.State.UpdateAsync(
            document =>
            {
                foreach (var step in arrived)
                {
                    _records.Point(document, step.Subject, step.To);
                }

                foreach (var step in undone)
                {
                    _records.Restore(document, step.Subject);
                }
            },
            CancellationToken.None).ConfigureAwait(false);
        if (problem is not null)
        {
            _warnings.Add(problem);
        }
    }
}
