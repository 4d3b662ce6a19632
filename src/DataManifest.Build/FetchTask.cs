using DataManifest.Bindings;
using DataManifest.Contents;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Manifest;
using DataManifest.Storage;
using Microsoft.Build.Framework;

namespace DataManifest.Build;

/// <summary>The common part of the tasks that fetch.</summary>
public abstract class FetchTask : DatasetTask
{
    private readonly FetcherRegistry _fetchers = new();

    /// <summary>Whether nothing is asked of a network or another program.</summary>
    public bool Offline { get; set; }

    /// <summary>Whether fetchers of other languages run: <c>true</c>, <c>false</c>, or empty for only those without which there is no source.</summary>
    public string Delegate { get; set; } = "";

    /// <summary>The seconds that a program may run which makes or brings a dataset; 0 for no limit.</summary>
    public double CommandTimeout { get; set; }

    /// <summary>The seconds that a server may be silent; 0 for the engine's own limit.</summary>
    public double StallTimeout { get; set; }

    /// <summary>The most bytes that an archive may unpack to; 0 for the engine's own limit.</summary>
    public long ArchiveMaxBytes { get; set; }

    /// <summary>The most entries that an archive may have; 0 for the engine's own limit.</summary>
    public int ArchiveMaxEntries { get; set; }

    /// <summary>The most unpacked bytes per byte of an archive; 0 for the engine's own limit.</summary>
    public int ArchiveMaxRatio { get; set; }

    /// <summary>The assembly with the C# fetchers, absolute; empty for none.</summary>
    public string FetcherAssembly { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        using (_fetchers)
        {
            return base.Execute();
        }
    }

    // The assembly is loaded when a fetcher is needed: data that are there need none.
    private protected override Database Open() =>
        Database.Open(Manifest, Options() with { Fetchers = FetcherAssembly.Length > 0 ? _fetchers.AddAssembly(FetcherAssembly) : _fetchers });

    /// <summary>Fetches the datasets of a manifest that has no errors, logs what happens, and logs what failed at its place in the manifest.</summary>
    /// <param name="database">The opened manifest.</param>
    /// <returns>What came of it; null when the manifest's errors kept it from being tried.</returns>
    private protected FetchReport? Fetch(Database database)
    {
        foreach (var found in database.Manifest.Diagnostics.Where(found => found.Rule.Severity == DiagnosticSeverity.Error))
        {
            Report(found);
        }

        Warn(database.CheckStorage());
        if (Log.HasLoggedErrors)
        {
            return null;
        }

        var verified = new VerifiedData(database);
        var report = Await(async (lines, token) =>
        {
            using var narrator = new FetchNarrator(lines);
            return await database.FetchAsync(Request() with { Names = Selection, Recheck = verified.Unknown() }, narrator, token).ConfigureAwait(false);
        });
        verified.Write(report);
        ReportFailures(database, report);
        Warn(report.Warnings);
        FetchSummary.Write(Log, Path.GetFileName(Manifest), report);
        return report;
    }

    /// <summary>Finds out what the fetched data contain, for the generated code, and logs what somebody should know of it.</summary>
    /// <param name="database">The opened manifest.</param>
    /// <param name="report">What was fetched.</param>
    private protected ContentsReport RecordContents(Database database, FetchReport report)
    {
        var contents = Await((_, token) => database.RecordContentsAsync(report, token));
        Warn(contents.Warnings);
        foreach (var (dataset, note) in contents.Datasets.SelectMany(dataset => dataset.Notes.Select(note => (dataset.Name, note))))
        {
            Log.LogMessage(MessageImportance.Normal, "  {0}: {1}", dataset, note);
        }

        return contents;
    }

    private FetchRequest Request()
    {
        var request = new FetchRequest { Offline = Offline, Delegate = bool.TryParse(Delegate, out var isDelegated) ? isDelegated : null, LeaveUnknownFetchers = true };
        return request with
        {
            CommandTimeout = CommandTimeout > 0 ? TimeSpan.FromSeconds(CommandTimeout) : request.CommandTimeout,
            StallTimeout = StallTimeout > 0 ? TimeSpan.FromSeconds(StallTimeout) : request.StallTimeout,
            ArchiveLimits = request.ArchiveLimits with
            {
                TotalBytes = ArchiveMaxBytes > 0 ? ArchiveMaxBytes : request.ArchiveLimits.TotalBytes,
                Entries = ArchiveMaxEntries > 0 ? ArchiveMaxEntries : request.ArchiveLimits.Entries,
                Ratio = ArchiveMaxRatio > 0 ? ArchiveMaxRatio : request.ArchiveLimits.Ratio,
            },
        };
    }

    private void ReportFailures(Database database, FetchReport report)
    {
        // A dataset that only lacks one that failed is no cause of its own.
        var failed = report.Results.Where(result => result.Error is { } error && error.Rule != DiagnosticRules.RequirementFailed);
        foreach (var (result, error) in failed.Select(result => (result, result.Error!)))
        {
            var found = Place(database.Manifest, result.Dataset, error);
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

    private static ManifestDiagnostic Place(ManifestDocument manifest, Dataset dataset, DataManifestException error)
    {
        var declaration = manifest.Get(dataset.Name)!;
        var step = FetchLadder.Resolve(declaration);
        return error.Code is "DM0501" or "DM0502" ? manifest.Diagnose(error.Rule, error.Message, dataset.Name, "checksum")
            : step.Fetcher is { } fetcher ? manifest.Diagnose(error.Rule, error.Message, dataset.Name, fetcher.ReferenceSpan)
            : manifest.Diagnose(error.Rule, error.Message, dataset.Name, step.Rung == FetchRung.Shell ? "shell" : declaration.Uris.Count > 0 ? "uris" : "uri");
    }
}
