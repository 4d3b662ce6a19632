using DataManifest.Maintenance;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Brings the records of where data are into agreement with the disk. Touches no data and asks no network.</summary>
[MSBuildMultiThreadableTask]
public sealed class RefreshDatasets : DatasetTask
{
    private protected override void Run(Database database)
    {
        var report = Await((_, token) => database.RefreshAsync(new RefreshRequest { Names = Selection }, token));
        foreach (var result in report.Results)
        {
            var what = result.Action switch
            {
                ObjectAction.Dropped => "the record is gone, since the data are",
                ObjectAction.Recovered => $"missing, recorded in the read pool at {result.To}",
                ObjectAction.Adopted => $"was not recorded, is now at {result.To}",
                _ => $"recorded at {result.To}",
            };
            Log.LogMessage(MessageImportance.High, "{0}: {1}", result.Subject.Key, what);
        }

        Warn(report.Warnings);
        Log.LogMessage(MessageImportance.High, "{0}: {1} records changed", Path.GetFileName(Manifest), report.Changed);
    }
}
