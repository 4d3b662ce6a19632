using DataManifest.Fetching;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>Hashes all local data of a manifest again and compares them with their checksums. Changes no data; after a difference the next build looks at all of them.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyDatasets : DatasetTask
{
    private protected override void Run(Database database)
    {
        var report = Await(async (lines, token) =>
        {
            using var narrator = new FetchNarrator(lines);
            return await database.VerifyAsync(Selection, narrator, token).ConfigureAwait(false);
        });
        foreach (var error in report.Results.Select(result => result.Error).OfType<DataManifestException>())
        {
            ReportError(database.Manifest.Diagnose(error.Rule, error.Message, error.DatasetName, "checksum"));
        }

        if (Log.HasLoggedErrors)
        {
            VerifiedData.Forget(database);
        }

        int Count(VerifyOutcome outcome) => report.Results.Count(result => result.Outcome == outcome);
        Log.LogMessage(
            MessageImportance.High, "{0}: {1} datasets verified, {2} wrong, {3} missing, {4} without a checksum",
            Path.GetFileName(Manifest), Count(VerifyOutcome.Verified), Count(VerifyOutcome.Wrong) + Count(VerifyOutcome.Unreadable), Count(VerifyOutcome.Missing), Count(VerifyOutcome.Unpinned));
    }
}
