using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.State;
using DataManifest.Storage;

namespace DataManifest;

/// <content>Fetching.</content>
public sealed partial class Database
{
    /// <summary>
    /// Fetches datasets that are not there, and what they require, in parallel. Present data that the state file
    /// records with the declared SHA-256 digest, or that are not pinned by one, are used as they are; other data are hashed once, and fetched again if they are not what is declared. A
    /// dataset that fails does not stop the others; its result has the error. Nothing is published before its checksum holds. Where the data are is recorded in
    /// the state file, once for all.
    /// </summary>
    /// <param name="request">Which datasets; null for all of them, with the default limits.</param>
    /// <param name="progress">Told how far each dataset is; called from several threads at once.</param>
    /// <param name="cancellationToken">Stops within 2 s; what was downloaded so far is kept for the next run.</param>
    /// <returns>One result per dataset, required ones included, in the order of the manifest.</returns>
    /// <exception cref="DataManifestException">A name in the request finds no dataset, or several.</exception>
    /// <exception cref="OperationCanceledException">The fetch was stopped.</exception>
    public async Task<FetchReport> FetchAsync(FetchRequest? request = null, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        request ??= new FetchRequest();
        using var context = new FetchContext(request, this, progress);
        var report = await new FetchRun(this, context, cancellationToken).RunAsync(Select(request.Names)).ConfigureAwait(false);
        var warning = await FetchRecorder.RecordAsync(Locator, report, cancellationToken).ConfigureAwait(false);
        return report with { Warnings = [.. report.Results.Where(IsUnpinnedClone).Select(WarnOfClone), .. report.Results.SelectMany(result => result.PassedOver).Select(WarnOfSource), .. warning is null ? [] : new[] { warning }] };
    }

    private static bool IsUnpinnedClone(FetchResult result) => result.Outcome == FetchOutcome.Fetched
        && result.Dataset.Declaration is { Checksum.Length: 0, SkipChecksum: false } declaration && FetchLadder.IsClone(declaration);

    private StorageDiagnostic WarnOfClone(FetchResult result)
    {
        var found = Manifest.Diagnose(
            DiagnosticRules.CloneNotPinned,
            $"Dataset '{result.Dataset.Name}' is the clone of a repository; its checksum covers .git and is another at every clone, so none is written down. "
            + "Declare skip_checksum = true, or use the address of an archive of one commit and pin that.",
            result.Dataset.Name, "uri");
        return new StorageDiagnostic(found.Rule, found.Message, Manifest.Path, found.Start);
    }

    private StorageDiagnostic WarnOfSource(DataManifestException passedOver)
    {
        var found = Manifest.Diagnose(passedOver.Rule, passedOver.Message, passedOver.DatasetName, Manifest.Get(passedOver.DatasetName)!.Uris.Count > 0 ? "uris" : "uri");
        return new StorageDiagnostic(found.Rule, found.Message, Manifest.Path, found.Start);
    }

    private IEnumerable<Dataset> Select(IReadOnlyList<string>? names) => names is null ? Datasets : [.. names.Select(name => this[name]).Distinct()];
}
