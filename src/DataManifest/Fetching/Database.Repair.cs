using DataManifest.Fetching;

namespace DataManifest;

/// <content>Repairing.</content>
public sealed partial class Database
{
    /// <summary>
    /// Verifies datasets and fetches again what is damaged or missing, no more than that: of a batch the members that are not as recorded; an archive from the
    /// source only when the kept one does not give the right folder. A dataset is replaced as a whole, once its checksum holds, so that a repair that is stopped or
    /// fails leaves everything as it was. Files that do not belong to a damaged folder are gone with it. Data in a read pool are not touched: the dataset gets its
    /// own.
    /// </summary>
    /// <param name="request">Which datasets, and how to fetch; null for all of them, with the default limits. What they require is fetched if it is missing.</param>
    /// <param name="progress">Told how far each dataset is; called from several threads at once.</param>
    /// <param name="cancellationToken">Stops within 2 s.</param>
    /// <returns>One result per dataset asked for.</returns>
    /// <exception cref="DataManifestException">A name finds no dataset, or several.</exception>
    /// <exception cref="OperationCanceledException">The repair was stopped.</exception>
    public async Task<RepairReport> RepairAsync(FetchRequest? request = null, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        request ??= new FetchRequest();
        var verified = await VerifyAsync(request.Names, progress, cancellationToken).ConfigureAwait(false);
        string[] broken = [.. verified.Results.Where(NeedsFetch).Select(result => result.Dataset.Name)];
        var fetched = broken.Length == 0 ? new FetchReport([])
            : await FetchAsync(request with { Names = broken, Broken = broken.ToHashSet(StringComparer.Ordinal) }, progress, cancellationToken).ConfigureAwait(false);
        var byName = fetched.Results.ToDictionary(result => result.Dataset.Name, StringComparer.Ordinal);
        return new RepairReport([.. verified.Results.Select(result => Repaired(result, NeedsFetch(result) ? byName[result.Dataset.Name] : null))]) { Warnings = fetched.Warnings };
    }

    private static bool NeedsFetch(VerifyResult result) => result.Outcome is VerifyOutcome.Wrong or VerifyOutcome.Missing or VerifyOutcome.Unreadable;

    private static RepairResult Repaired(VerifyResult found, FetchResult? fetched) => new(found.Dataset, found.Outcome switch
    {
        _ when fetched is { Outcome: FetchOutcome.Failed } => RepairOutcome.Failed,
        _ when fetched is not null => RepairOutcome.Repaired,
        VerifyOutcome.Verified => RepairOutcome.Intact,
        _ => RepairOutcome.Unchecked,
    })
    {
        Damage = found.Damage,
        Bytes = fetched?.Bytes ?? 0,
        Error = fetched?.Error,
    };
}
