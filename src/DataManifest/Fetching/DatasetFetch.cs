using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Delegation;
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
    private bool _isUnmarked;

    /// <summary>Does it.</summary>
    /// <param name="cancellationToken">Stops within 2 s.</param>
    /// <exception cref="FetchFaultException">The data cannot be had.</exception>
    /// <exception cref="DataManifestException">They cannot be stored.</exception>
    public async Task<FetchResult> RunAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is { } present)
        {
            return present;
        }

        if (_declaration.SkipDownload)
        {
            var missing = new DataManifestException(
                DiagnosticRules.ProvidedDataMissing, $"The data of dataset '{dataset.Name}' are not at '{context.Locator.Locate(_declaration).Path}'.", dataset.Name,
                "They are not fetched (skip_download): provide them there, or correct the place in the manifest.");
            return Result(FetchOutcome.Skipped, "") with { Error = missing };
        }

        _job.Checksum.RequireKnownAlgorithm();
        if (_isUnmarked && _job.Checksum.Expected is not null && await TryAdoptAsync(cancellationToken).ConfigureAwait(false))
        {
            return Result(FetchOutcome.Adopted, _job.Entry.Target);
        }

        return await FetchAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells whoever was told of the dataset's progress that it has come to its end.</summary>
    public void Finish() => _job.Progress.Finish();

    /// <summary>Looks for data that can be used as they are; nothing is asked for or written.</summary>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <returns>Null when there are none.</returns>
    /// <exception cref="FetchFaultException">Data at a place of the user's own are not what is declared.</exception>
    public async Task<FetchResult?> FindAsync(CancellationToken cancellationToken)
    {
        if (_declaration.LazyAccess)
        {
            return Result(FetchOutcome.Skipped, _declaration.Uri);
        }

        foreach (var location in _job.Overwrite ? [] : context.Locator.Candidates(_declaration))
        {
            _isUnmarked |= location is { State: DatasetState.Unmarked, IsInPool: false };
            if (await MayUseAsync(location, cancellationToken).ConfigureAwait(false))
            {
                return Result(FetchOutcome.AlreadyPresent, location.Path);
            }
        }

        return null;
    }

    private FetchResult Result(FetchOutcome outcome, string path) => new()
    {
        Dataset = dataset,
        Outcome = outcome,
        Path = path,
        Bytes = _job.Bytes,
        ComputedChecksum = _job.Checksum.Computed?.ToString() ?? "",
        Source = _job.Source,
        PassedOver = _job.PassedOver,
        Tree = outcome == FetchOutcome.Fetched ? _job.Tree : null,
    };

    /// <summary>Whether there are data that may be used: as they are if they are recorded with the declared digest, and else after a look at them.</summary>
    private async Task<bool> MayUseAsync(DatasetLocation location, CancellationToken cancellationToken)
    {
        var isDamaged = location.State == DatasetState.Damaged || (location is { State: DatasetState.Complete, IsInPool: false } && IsCut(location.Path));
        if (location.State == DatasetState.Missing || (location.IsInPool ? _isWrong || isDamaged || _job.IsBroken : location.State == DatasetState.Unmarked))
        {
            return false;
        }

        if (!location.IsInPool && location.State != DatasetState.UserManaged && (_job.IsBroken || (isDamaged && _job.Checksum.Expected is null)))
        {
            _isWrong = true;
            return false;
        }

        // A marker vouches for what somebody else declared, in another project or before the checksum was edited; the record, for what this one does.
        var isVerified = location.IsInPool ? location.IsVerified : location.State != DatasetState.Complete || context.Locator.IsRecordedAsDeclared(_declaration, location.Path);
        var isTrusted = !isDamaged && !_job.IsBroken && location.State != DatasetState.Unmarked && isVerified && !context.Request.Recheck.Contains(dataset.Name);
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

    /// <summary>Whether a file of the folder is missing or has another size than recorded: what a power failure leaves behind a marker that was written in time.</summary>
    private bool IsCut(string path) => Directory.Exists(path) && _job.Recorded.Value is { } tree && !tree.HasSizes(path);

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
            await new EntryCheck(_job.WriterOf(_job.Entry)).AdoptAsync(
                async (path, token) => _job.Checksum.Require(await _job.Checksum.HashAsync(path, token).ConfigureAwait(false), path), cancellationToken).ConfigureAwait(false);
            return _job.Checksum.Computed is not null;
        }
        catch (Exception wrong) when (wrong is FetchFaultException { Rule: var rule } ? rule == DiagnosticRules.ChecksumMismatch : wrong is IOException && !_job.Entry.Exists)
        {
            return false; // Or somebody deleted it while this one waited.
        }
    }

    /// <summary>Whether data are what is declared that another writer has published meanwhile, who may have declared something else.</summary>
    private async Task<bool> IsAsDeclaredAsync(CancellationToken cancellationToken) => _job.Checksum.Expected is null
        || _job.Checksum.Accepts(await _job.Checksum.HashAsync(_job.Entry.Target, cancellationToken).ConfigureAwait(false));

    private async Task<FetchResult> FetchAsync(CancellationToken cancellationToken)
    {
        var hostName = context.Locator.Storage.HostName;
        var ladder = new LocalLadder(context);
        var step = await ladder.ResolveAsync(_declaration, cancellationToken).ConfigureAwait(false);
        if (step.Rung == FetchRung.OwnFetcher && context.Fetchers.IsEmpty && context.Request.LeaveUnknownFetchers)
        {
            return Result(FetchOutcome.Skipped, "") with { Error = LeftToProgram(step.Fetcher!) };
        }

        if (step.Rung == FetchRung.Delegation)
        {
            ladder.RequireAllowed(_declaration, step, [], hostName);
            var tool = await context.Tools.FindAsync(step.Language, cancellationToken).ConfigureAwait(false);
            return Result(FetchOutcome.Fetched, await new DelegatedFetch(_job, tool!, context.Manifest).RunAsync(_isWrong || _job.Overwrite, cancellationToken).ConfigureAwait(false));
        }

        var plan = SourcePlan.Of(_declaration, step, hostName);
        var sources = ladder.Allowed(DataSource.Of(_declaration, plan, _job.Checksum.Expected, context.HashedMirror, hostName), plan, hostName);
        if (!ladder.IsArchiveHere(_declaration))
        {
            ladder.RequireAllowed(_declaration, step, sources[0].Uris, hostName);
        }

        var outcome = await MaterializeAsync(_isWrong || _job.Overwrite).ConfigureAwait(false);
        if (outcome == MaterializationOutcome.AlreadyComplete && !await IsAsDeclaredAsync(cancellationToken).ConfigureAwait(false))
        {
            // Whoever made it while this one waited has declared another checksum.
            outcome = await MaterializeAsync(overwrite: true).ConfigureAwait(false);
        }

        return Result(outcome == MaterializationOutcome.Published ? FetchOutcome.Fetched : FetchOutcome.AlreadyPresent, _job.Entry.Target);

        Task<MaterializationOutcome> MaterializeAsync(bool overwrite) => new Materialization(_job.WriterOf(_job.Entry)) { Overwrite = overwrite }.RunAsync(
            (staging, token) => new SourceFailover(_job, sources).RunAsync(staging, (left, stop) => FetchFromAsync([.. left.Select(NewTransfer)], staging, stop), token), cancellationToken);

        SourceTransfer NewTransfer(DataSource source) => new(_job, plan, source, requirements);

        Task FetchFromAsync(IReadOnlyList<SourceTransfer> transfers, string staging, CancellationToken stop) =>
            _declaration.Extract ? new ArchiveFetch(_job, transfers[0]).RunAsync(transfers[0].Source.Uris[0], staging, stop)
            : plan.IsBatch ? new BatchTransfer(_job, transfers).RunAsync(staging, stop)
            : TransferAsync(transfers[0], staging, stop);
    }

    private DataManifestException LeftToProgram(Binding fetcher) => new(
        DiagnosticRules.FetchedByProgram,
        $"Dataset '{dataset.Name}' is made by the fetcher '{fetcher.Reference}', and the build knows no assembly that could hold it.",
        dataset.Name,
        "The program fetches it when it calls FetchAsync on it; or put the fetcher into a project of its own and name its assembly in the property DataManifestFetcherAssembly.");

    private async Task TransferAsync(SourceTransfer transfer, string staging, CancellationToken cancellationToken)
    {
        var actual = await transfer.RunAsync(transfer.Source.Uris[0], staging, _job.Entry.Partial, _job.Checksum.Algorithm, cancellationToken).ConfigureAwait(false);
        _job.Checksum.Require(actual, _job.Source);
    }
}
