using DataManifest.Diagnostics;
using DataManifest.Fetching;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Fetches what a manifest declares and writes missing checksums into it. The one task that changes a manifest, and only when it is asked for.</summary>
[MSBuildMultiThreadableTask]
public sealed class SyncDatasets : FetchTask
{
    private protected override void Run(Database database)
    {
        foreach (var found in database.Manifest.Diagnostics.Where(found => found.Rule.Severity == DiagnosticSeverity.Warning))
        {
            Report(found);
        }

        if (Fetch(database) is not { } report)
        {
            return;
        }

        foreach (var pin in Await((_, token) => database.PinAsync(report, null, token)))
        {
            var key = pin.Key.Length > 0 ? $" with the key {pin.Key}" : "";
            Log.LogMessage(MessageImportance.High, "{0}: pinned {1}{2} to {3}", Path.GetFileName(Manifest), pin.Dataset, key, pin.Checksum);
        }
    }
}
