using System.Globalization;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Storage;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>The common part of the tasks that fetch.</summary>
public abstract class FetchTask : DatasetTask
{
    /// <summary>Fetches the datasets of a manifest that has no errors, logs what happens, and logs what failed at its place in the manifest.</summary>
    /// <param name="database">The opened manifest.</param>
    /// <returns>What came of it; null when the manifest's errors kept it from being tried.</returns>
    private protected FetchReport? Fetch(Database database)
    {
        foreach (var found in database.Manifest.Diagnostics.Where(found => found.Rule.Severity == DiagnosticSeverity.Error))
        {
            Report(found);
        }

        Warn(database.Locator.Storage.Diagnostics);
        if (Log.HasLoggedErrors)
        {
            return null;
        }

        var verified = new VerifiedData(database);
        var report = Await(async (lines, token) =>
        {
            using var narrator = new FetchNarrator(lines);
            return await database.FetchAsync(new FetchRequest { Names = Selection, Recheck = verified.Unknown() }, narrator, token).ConfigureAwait(false);
        });
        verified.Write(report);
        ReportFailures(database, report);
        Warn(report.Warnings);
        Summarize(report);
        return report;
    }

    private void Warn(IEnumerable<StorageDiagnostic> diagnostics)
    {
        foreach (var found in diagnostics)
        {
            Log.LogWarning(null, found.Rule.Code, null, found.Rule.HelpLink, found.File, found.Position.Line, found.Position.Column, 0, 0, "{0}", found.Message);
        }
    }

    private void ReportFailures(Database database, FetchReport report)
    {
        // A dataset that only lacks one that failed is no cause of its own.
        var failed = report.Results.Where(result => result.Error is { } error && error.Rule != DiagnosticRules.RequirementFailed);
        foreach (var (result, error) in failed.Select(result => (result, result.Error!)))
        {
            var field = error.Code.StartsWith("DM05", StringComparison.Ordinal) ? "checksum" : result.Dataset.Uris.Count > 0 ? "uris" : "uri";
            var found = database.Manifest.Diagnose(error.Rule, error.Message, result.Dataset.Name, field);
            if (result.Outcome == FetchOutcome.Failed)
            {
                ReportError(found);
            }
            else
            {
                Report(found);
            }
        }
    }

    private void Summarize(FetchReport report)
    {
        var fetched = report.Results.Where(result => result.Outcome == FetchOutcome.Fetched).ToArray();
        if (fetched.Length > 0)
        {
            var seconds = fetched.Max(result => result.Elapsed.TotalSeconds).ToString("F1", CultureInfo.InvariantCulture);
            var present = report.Results.Count(result => result.Outcome is FetchOutcome.AlreadyPresent or FetchOutcome.Adopted);
            Log.LogMessage(
                MessageImportance.High, "{0}: {1} of {2} fetched ({3} in {4} s), {5} already there",
                Path.GetFileName(Manifest), fetched.Length, report.Results.Count, ByteSize.Format(fetched.Sum(result => result.Bytes)), seconds, present);
        }
    }
}
