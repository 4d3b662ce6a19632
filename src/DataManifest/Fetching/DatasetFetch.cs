using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Brings one dataset to its place: decides whether what is there is used, adopted or fetched. Nothing is published before its checksum holds.</summary>
/// <param name="dataset">The dataset; its manifest entry has no errors.</param>
/// <param name="requirements">Where the datasets are that it needs; they are there.</param>
/// <param name="context">What the datasets of a run share.</param>
internal sealed class DatasetFetch(Dataset dataset, Requirements requirements, FetchContext context)
{
    private readonly FetchJob _job = new(dataset, context);
    private readonly DatasetDeclaration _declaration = dataset.Declaration;
    private bool _isWrong;

    /// <summary>Does it.</summary>
    /// <param name="cancellationToken">Stops within 2 s.</param>
    /// <exception cref="FetchFaultException">The data cannot be had.</exception>
    /// <exception cref="DataManifestException">They cannot be stored.</exception>
    public async Task<FetchResult> RunAsync(CancellationToken cancellationToken)
    {
        if (_declaration.LazyAccess)
        {
            return Result(FetchOutcome.Skipped, _declaration.Uri);
        }

        foreach (var location in context.Locator.Candidates(_declaration))
        {
            if (await MayUseAsync(location, cancellationToken).ConfigureAwait(false))
            {
                return Result(FetchOutcome.AlreadyPresent, location.Path);
            }
        }

        if (_declaration.SkipDownload)
        {
            var missing = new DataManifestException(
                DiagnosticRules.ProvidedDataMissing, $"The data of dataset '{dataset.Name}' are not at '{context.Locator.Locate(_declaration).Path}'.", dataset.Name,
                "They are not fetched (skip_download): provide them there, or correct the place in the manifest.");
            return Result(FetchOutcome.Skipped, "") with { Error = missing };
        }

        _job.Checksum.RequireKnownAlgorithm();
        if (_job.Entry is { Exists: true, IsComplete: false } && _job.Checksum.Expected is not null && await TryAdoptAsync(cancellationToken).ConfigureAwait(false))
        {
            return Result(FetchOutcome.Adopted, _job.Entry.Target);
        }

        return await FetchAsync(cancellationToken).ConfigureAwait(false);
    }

    private FetchResult Result(FetchOutcome outcome, string path) => new()
    {
        Dataset = dataset,
        Outcome = outcome,
        Path = path,
        Bytes = _job.Bytes,
        ComputedChecksum = _job.Checksum.Computed?.ToString() ?? "",
        Source = _job.Source,
    };

    /// <summary>Whether there are data that may be used: as they are, unless they lie in a pool or the caller wants them looked at.</summary>
    private async Task<bool> MayUseAsync(DatasetLocation location, CancellationToken cancellationToken)
    {
        if (location.State == DatasetState.Missing || (location.IsInPool ? _isWrong : location.State == DatasetState.Unmarked))
        {
            return false;
        }

        var isTrusted = location.State != DatasetState.Unmarked && (!location.IsInPool || location.IsVerified) && !context.Request.Recheck.Contains(dataset.Name);
        if (_job.Checksum.Expected is not { } expected || isTrusted || _declaration.SkipDownload || location.State == DatasetState.Lazy)
        {
            return location.IsUsable;
        }

        _job.Checksum.RequireKnownAlgorithm();
        var actual = await HashAsync(location, cancellationToken).ConfigureAwait(false);
        if (actual != expected && location.State == DatasetState.UserManaged)
        {
            throw new FetchFaultException(
                DiagnosticRules.ChecksumMismatch,
                $"The data of dataset '{dataset.Name}' at '{location.Path}', a place of the user's own, have the checksum {actual}, but {expected} is declared; they were left alone. "
                + "Delete them to fetch them again, or correct the checksum.");
        }

        _isWrong = actual != expected && !location.IsInPool;
        return _job.Checksum.Accepts(actual);
    }

    /// <summary>The digest of data that are there; null for data outside the store that cannot be read, which are no reason to fail.</summary>
    private async Task<Checksum?> HashAsync(DatasetLocation location, CancellationToken cancellationToken)
    {
        try
        {
            return await _job.Checksum.HashAsync(location.Path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (location.IsInPool && (e is IOException or UnauthorizedAccessException))
        {
            return null;
        }
    }

    private async Task<bool> TryAdoptAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _job.Materialize(_job.Entry, overwrite: false).AdoptAsync(
                async (path, token) => _job.Checksum.Require(await _job.Checksum.HashAsync(path, token).ConfigureAwait(false), path), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (FetchFaultException wrong) when (wrong.Rule == DiagnosticRules.ChecksumMismatch)
        {
            return false;
        }
    }

    private async Task<FetchResult> FetchAsync(CancellationToken cancellationToken)
    {
        var plan = SourcePlan.Of(_declaration, context.Locator.Storage.HostName);
        var transfer = new SourceTransfer(_job, plan, requirements);
        var outcome = await _job.Materialize(_job.Entry, _isWrong).RunAsync(
            (staging, token) =>
                _declaration.Extract ? new ArchiveFetch(_job, transfer).RunAsync(plan.Uris[0], staging, token)
                : _declaration.Uris.Count > 0 ? new BatchTransfer(_job, transfer).RunAsync(staging, token)
                : TransferAsync(transfer, plan.Uris[0], staging, token),
            cancellationToken).ConfigureAwait(false);
        return Result(outcome == MaterializationOutcome.Published ? FetchOutcome.Fetched : FetchOutcome.AlreadyPresent, _job.Entry.Target);
    }

    private async Task TransferAsync(SourceTransfer transfer, string uri, string staging, CancellationToken cancellationToken)
    {
        var actual = await transfer.RunAsync(uri, staging, _job.Entry.Partial, _job.Checksum.Algorithm, cancellationToken).ConfigureAwait(false);
        _job.Checksum.Require(actual, _job.Source);
    }
}
