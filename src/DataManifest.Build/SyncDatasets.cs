using DataManifest.Fetching;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Fetches what a manifest declares and writes missing checksums into it. The one task that changes a manifest, and only when it is asked for.</summary>
[MSBuildMultiThreadableTask]
public sealed class SyncDatasets : FetchTask
{
    private protected override void Run(Database database)
    {
        ReportWarnings(database);

        if (Fetch(database) is not { } report)
        {
            return;
        }

        var pins = Await((_, token) => database.PinAsync(report, null, token));
        foreach (var pin in pins)
        {
            var key = pin.Key.Length > 0 ? $" with the key {pin.Key}" : "";
            Log.LogMessage(MessageImportance.High, "{0}: pinned {1}{2} to {3}", Path.GetFileName(Manifest), pin.Dataset, key, pin.Checksum);
        }

        if (pins.Count == 0 && !report.Results.Any(result => result.Outcome is FetchOutcome.Fetched or FetchOutcome.Failed))
        {
            Log.LogMessage(MessageImportance.High, "{0}: nothing to fetch or to pin", Path.GetFileName(Manifest));
        }
    }
}
