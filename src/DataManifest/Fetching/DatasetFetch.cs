using DataManifest.Bindings;
using DataManifest.Archives;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Commands;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Brings one dataset to its place: looks, adopts, transfers, unpacks, verifies, publishes. Nothing is published before its checksum holds.</summary>
internal sealed class DatasetFetch
{
    private readonly Dataset _dataset;
    private readonly DatasetDeclaration _declaration;
    private readonly Requirements _requirements;
    private readonly FetchContext _context;
    private readonly ProgressThrottle _progress;
    private readonly Checksum? _expected;
    private readonly string? _algorithm;
    private readonly EntryPaths _entry;
    private SourcePlan _plan = new([]);
    private bool _isWrong;
    private long _bytes;
    private Checksum? _computed;
    private string _source = "";

    /// <summary>Prepares the fetch of one dataset.</summary>
    /// <param name="dataset">The dataset; its manifest entry has no errors.</param>
    /// <param name="requirements">Where the datasets are that it needs; they are there.</param>
    /// <param name="context">What the datasets of a run share.</param>
    public DatasetFetch(Dataset dataset, Requirements requirements, FetchContext context)
    {
        (_dataset, _declaration, _requirements, _context) = (dataset, dataset.Declaration, requirements, context);
        _progress = new ProgressThrottle(dataset.Name, context.Progress);
        _expected = _declaration.Checksum.Length > 0 && !_declaration.SkipChecksum ? Checksum.Parse(_declaration.Checksum) : null;
        _algorithm = _declaration.SkipChecksum || (_expected is null && FetchLadder.IsClone(_declaration)) ? null : _expected?.Algorithm ?? Checksum.DefaultAlgorithm;
        _entry = new EntryPaths(_declaration.LazyAccess ? "" : context.Locator.StoragePathOf(_declaration));
    }

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

        foreach (var location in _context.Locator.Candidates(_declaration))
        {
            if (await MayUseAsync(location, cancellationToken).ConfigureAwait(false))
            {
                return Result(FetchOutcome.AlreadyPresent, location.Path);
            }
        }

        if (_declaration.SkipDownload)
        {
            var missing = new DataManifestException(
                DiagnosticRules.ProvidedDataMissing, $"The data of dataset '{_dataset.Name}' are not at '{_context.Locator.Locate(_declaration).Path}'.", _dataset.Name,
                "They are not fetched (skip_download): provide them there, or correct the place in the manifest.");
            return Result(FetchOutcome.Skipped, "") with { Error = missing };
        }

        RequireKnownAlgorithm();
        if (_entry.Exists && !_entry.IsComplete && _expected is not null && await TryAdoptAsync(cancellationToken).ConfigureAwait(false))
        {
            return Result(FetchOutcome.Adopted, _entry.Target);
        }

        _plan = SourcePlan.Of(_declaration, _context.Locator.Storage.HostName);
        var uris = _plan.Uris;
        var outcome = _declaration.Extract ? await FetchArchiveAsync(uris[0], cancellationToken).ConfigureAwait(false)
            : await MaterializeAsync(_entry, _isWrong, (staging, token) => TransferAsync(uris, staging, token), cancellationToken).ConfigureAwait(false);
        return Result(outcome == MaterializationOutcome.Published ? FetchOutcome.Fetched : FetchOutcome.AlreadyPresent, _entry.Target);
    }

    private FetchResult Result(FetchOutcome outcome, string path) => new()
    {
        Dataset = _dataset,
        Outcome = outcome,
        Path = path,
        Bytes = _bytes,
        ComputedChecksum = _computed?.ToString() ?? "",
        Source = _source,
    };

    /// <summary>Whether there are data that may be used: as they are, unless they lie in a pool or the caller wants them looked at.</summary>
    private async Task<bool> MayUseAsync(DatasetLocation location, CancellationToken cancellationToken)
    {
        if (location.State == DatasetState.Missing || (location.IsInPool ? _isWrong : location.State == DatasetState.Unmarked))
        {
            return false;
        }

        var isTrusted = location.State != DatasetState.Unmarked && (!location.IsInPool || location.IsVerified) && !_context.Request.Recheck.Contains(_dataset.Name);
        if (_expected is null || isTrusted || _declaration.SkipDownload || location.State == DatasetState.Lazy)
        {
            return location.IsUsable;
        }

        RequireKnownAlgorithm();
        var actual = await HashAsync(location, cancellationToken).ConfigureAwait(false);
        if (actual != _expected && location.State == DatasetState.UserManaged)
        {
            throw new FetchFaultException(
                DiagnosticRules.ChecksumMismatch,
                $"The data of dataset '{_dataset.Name}' at '{location.Path}', a place of the user's own, have the checksum {actual}, but {_expected} is declared; they were left alone. "
                + "Delete them to fetch them again, or correct the checksum.");
        }

        _isWrong = actual != _expected && !location.IsInPool;
        _computed = actual == _expected ? actual : null;
        return actual == _expected;
    }

    /// <summary>The digest of data that are there; null for data outside the store that cannot be read, which are no reason to fail.</summary>
    private async Task<Checksum?> HashAsync(DatasetLocation location, CancellationToken cancellationToken)
    {
        try
        {
            return await HashAsync(location.Path, cancellationToken).ConfigureAwait(false);
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
            await NewMaterialization(_entry, overwrite: false).AdoptAsync(
                async (path, token) => RequireExpected(await HashAsync(path, token).ConfigureAwait(false), path), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (FetchFaultException wrong) when (wrong.Rule == DiagnosticRules.ChecksumMismatch)
        {
            return false;
        }
    }

    /// <summary>Fetches and unpacks an archive. One at a place of the user's own is not kept, since the place is the folder's.</summary>
    private Task<MaterializationOutcome> FetchArchiveAsync(string uri, CancellationToken cancellationToken)
    {
        var archive = new EntryPaths(_context.Locator.DownloadPathOf(_declaration));
        return MaterializeAsync(
            _entry, _isWrong,
            (folder, token) => archive.Target == _entry.Target
                ? TransferAndExtractAsync(uri, folder + ".archive", folder, token)
                : UnpackAsync(uri, archive, folder, token),
            cancellationToken);
    }

    /// <summary>Unpacks an archive that is kept, and fetches it first unless it is there and holds what is declared.</summary>
    private async Task UnpackAsync(string uri, EntryPaths archive, string folder, CancellationToken cancellationToken)
    {
        var isStale = false;
        if (archive.IsComplete)
        {
            try
            {
                await ExtractAsync(archive.Target, folder, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (FetchFaultException stale) when (stale.Rule == DiagnosticRules.ChecksumMismatch || stale.Rule == DiagnosticRules.DamagedArchive)
            {
                // The archive that is there does not hold what is declared; the source may by now.
                isStale = true;
                Staging.Delete(folder);
            }
        }

        // Published as soon as its content has proved right, and before the folder: so a kill never leaves it under a name that nobody looks for.
        var outcome = await MaterializeAsync(archive, isStale, async (staging, token) =>
        {
            await TransferOneAsync(uri, staging, archive.Partial, null, token).ConfigureAwait(false);
            await ExtractAsync(staging, folder, token).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        if (outcome == MaterializationOutcome.AlreadyComplete)
        {
            // Somebody else fetched it meanwhile.
            Staging.Delete(folder);
            await ExtractAsync(archive.Target, folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TransferAndExtractAsync(string uri, string archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await TransferOneAsync(uri, archive, _entry.Partial, null, cancellationToken).ConfigureAwait(false);
            await ExtractAsync(archive, folder, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Staging.Delete(archive);
        }
    }

    private async Task ExtractAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await ArchiveExtractor.ExtractAsync(
                archive, _declaration.ArchiveFormat, folder, _context.Request.ArchiveLimits, cancellationToken,
                done => _progress.Report(FetchPhase.Extracting, done, null, "")).ConfigureAwait(false);
        }
        catch (IOException unwritable)
        {
            throw StoreFault.From(unwritable, _entry.Target);
        }

        RequireExpected(await HashAsync(folder, cancellationToken).ConfigureAwait(false), _source.Length > 0 ? _source : archive);
    }

    private async Task TransferAsync(IReadOnlyList<string> uris, string staging, CancellationToken cancellationToken)
    {
        if (_declaration.Uris.Count == 0)
        {
            RequireExpected(await TransferOneAsync(uris[0], staging, _entry.Partial, _algorithm, cancellationToken).ConfigureAwait(false), _source);
            return;
        }

        Directory.CreateDirectory(staging);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var paths = _declaration.MemberPaths;
        await Task.WhenAll(uris.Select((uri, i) => MemberAsync(uri, paths[i], i))).ConfigureAwait(false);
        RequireExpected(await HashAsync(staging, cancellationToken).ConfigureAwait(false), SafeUrl.Of(uris[0]) + ", …");

        async Task MemberAsync(string uri, string relative, int index)
        {
            var target = Path.GetFullPath(StoragePath.Native(relative), staging);
            if (!StoragePath.IsBelow(target, staging))
            {
                throw new FetchFaultException(DiagnosticRules.BatchMembers, $"The member '{SafeUrl.Of(uri)}' would be stored outside the dataset's folder. Correct its uri.");
            }

            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await TransferOneAsync(uri, target, $"{_entry.Partial}.{index}", null, stop.Token).ConfigureAwait(false);
            }
            catch
            {
                // The others would be thrown away with this one.
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task<Checksum?> TransferOneAsync(string uri, string target, string partial, string? algorithm, CancellationToken cancellationToken)
    {
        var host = _plan.Command.Length > 0 ? "a command" : SourceUri.TryParse(uri, out var parts) ? parts.Host : "";
        var before = 0L;
        var transfer = new Transfer(uri, target, partial, algorithm, algorithm is null ? null : _expected, _declaration.Format)
        {
            IsPinned = _expected is not null,
            Output = _progress.Say,
            Progress = (done, total) =>
            {
                var isAlone = _declaration.Uris.Count == 0;
                var sum = Interlocked.Add(ref _bytes, done - before);
                before = done;
                _progress.Report(FetchPhase.Transferring, isAlone ? done : sum, isAlone ? total : null, host);
            },
        };
        var done = await TransportOf(uri).FetchAsync(transfer, cancellationToken).ConfigureAwait(false);
        Interlocked.Add(ref _bytes, done.Bytes - before);
        _source = done.Source;
        return done.Checksum;
    }

    private ITransport TransportOf(string uri) =>
        _plan.Command.Length > 0 ? new ShellTransport(_declaration, _plan.Command, _requirements, _context.Commands, _context.Locator.Storage.ProjectRoot)
        : SourcePlan.KindOf(uri, _declaration.Uris.Count > 0, _context.Locator.Storage.HostName) switch
        {
            SourceKind.Local => _context.Files,
            SourceKind.Repository => new GitTransport(_declaration.Branch, _context.Commands),
            SourceKind.Remote => new RsyncTransport(_context.Locator.Storage.RemoteShell, _context.Commands),
            _ => _context.Http,
        };

    private async Task<Checksum?> HashAsync(string path, CancellationToken cancellationToken) => _algorithm is null
        ? null
        : await ContentDigest.ComputeAsync(
            path, _algorithm, cancellationToken, done => _progress.Report(FetchPhase.Verifying, done, null, "")).ConfigureAwait(false);

    private void RequireExpected(Checksum? actual, string source)
    {
        _computed = actual;
        if (_expected is not null && actual != _expected)
        {
            _computed = null;
            throw new FetchFaultException(
                DiagnosticRules.ChecksumMismatch,
                $"The data of dataset '{_dataset.Name}' from {source} have the checksum {actual}, but {_expected} is declared; nothing was stored. "
                + "If the new data are right, declare their checksum; otherwise correct the source.");
        }
    }

    private void RequireKnownAlgorithm()
    {
        if (_expected is { IsSupported: false })
        {
            throw new FetchFaultException(
                DiagnosticRules.UnsupportedChecksum,
                $"The checksum of dataset '{_dataset.Name}' is a {_expected.Algorithm} digest, which this version does not compute. Use one of {string.Join(", ", Checksum.Algorithms)}, or skip_checksum = true.");
        }
    }

    private Task<MaterializationOutcome> MaterializeAsync(
        EntryPaths entry, bool overwrite, Func<string, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        NewMaterialization(entry, overwrite).RunAsync(write, cancellationToken);

    private Materialization NewMaterialization(EntryPaths entry, bool overwrite) =>
        new(entry, _context.Locator.Storage) { Overwrite = overwrite, Waiting = new WaitReport(_progress) };

    private sealed class WaitReport(ProgressThrottle progress) : IProgress<LockHolder>
    {
        public void Report(LockHolder value) => progress.Report(FetchPhase.Waiting, 0, null, $"process {value.ProcessId} on {value.HostName}");
    }
}
