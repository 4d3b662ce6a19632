using DataManifest.Diagnostics;
using DataManifest.Fetching;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Fetches what a manifest declares and writes missing checksums into it. The one task that changes a manifest, and only when it is asked for.</summary>
[MSBuildMultiThreadableTask]
public sealed class SyncDatasets : FetchTask
{
    /// <summary>Whether what the datasets contain is written beside the manifest, to be committed; where that was done once, it is done again anyway.</summary>
    public bool CommitContents { get; set; }

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

        var isCommitted = WriteContents(database, report);
        if (pins.Count == 0 && !isCommitted && !report.Results.Any(result => result.Outcome is FetchOutcome.Fetched or FetchOutcome.Failed))
        {
            Log.LogMessage(MessageImportance.High, "{0}: nothing to fetch or to pin", Path.GetFileName(Manifest));
        }
    }

    private bool WriteContents(Database database, FetchReport report)
    {
        if (!CommitContents && !File.Exists(database.CommittedContentsPath))
        {
            return false;
        }

        try
        {
            if (database.WriteCommittedContents(RecordContents(database, report)))
            {
                Log.LogMessage(MessageImportance.High, "{0}: wrote what the datasets contain", Path.GetFileName(database.CommittedContentsPath));
                return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning(
                null, DiagnosticRules.ContentsNotRecorded.Code, null, DiagnosticRules.ContentsNotRecorded.HelpLink, database.CommittedContentsPath, 0, 0, 0, 0,
                "What the datasets contain cannot be written: {0} Make the file writable.", e.Message);
        }

        return false;
    }
}
