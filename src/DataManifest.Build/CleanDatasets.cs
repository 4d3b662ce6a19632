using DataManifest.Maintenance;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Deletes the data of datasets and their records. Data that somebody else looks after, and those in read pools, are left alone.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanDatasets : DatasetTask
{
    private protected override void Run(Database database)
    {
        ObjectSelection[] selections = Selection is null ? [ObjectSelection.Of(new ObjectFilter { OnlyDatasets = true })] : [.. Select(database).Select(dataset => ObjectSelection.Of(dataset.Name))];
        var deleted = 0;
        foreach (var selection in selections)
        {
            var report = Await(async (lines, token) =>
            {
                using var narrator = new FetchNarrator(lines);
                return await database.DeleteAsync(selection, progress: narrator, cancellationToken: token).ConfigureAwait(false);
            });
            foreach (var result in report.Results)
            {
                Tell(database, result);
            }

            Warn(report.Warnings);
            deleted += report.Changed;
        }

        Log.LogMessage(MessageImportance.High, "{0}: {1} deleted", Path.GetFileName(Manifest), deleted);
    }

    private void Tell(Database database, ObjectResult result)
    {
        if (result.Error is { } error)
        {
            ReportError(database.Manifest.Diagnose(error.Rule, error.Message, result.Subject.Name));
        }
        else if (result.Action == ObjectAction.Deleted)
        {
            Log.LogMessage(MessageImportance.High, "{0}: deleted {1}", result.Subject.Key, result.From);
        }
        else if (result.Reason != SkipReason.NotPresent)
        {
            Log.LogMessage(MessageImportance.High, "{0}: left alone, {1}", result.Subject.Key, Reason(result.Reason));
        }
    }

    private static string Reason(SkipReason reason) => reason switch
    {
        SkipReason.ReadPool => "it is in a read pool",
        SkipReason.LazyAccess => "it is opened where it is",
        SkipReason.AdoptedInPlace => "it is used where it was found",
        SkipReason.SharedData => "another dataset has the same data",
        _ => "somebody else looks after it",
    };
}
