using DataManifest.Archives;
using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Fetches and unpacks an archive. One at a place of the user's own is not kept, since the place is the folder's.</summary>
/// <param name="job">The dataset.</param>
/// <param name="transfer">Fetches the archive.</param>
internal sealed class ArchiveFetch(FetchJob job, SourceTransfer transfer)
{
    private readonly EntryPaths _archive = new(job.Context.Locator.DownloadPathOf(job.Declaration));
    private readonly ArchiveExtractor _extractor = new(job.Declaration.ArchiveFormat, job.Declaration.ExtractedFileName, job.Context.Request.ArchiveLimits)
    {
        Digests = job.WantsTree ? new FileDigests() : null,
    };

    /// <summary>Makes the folder that holds what the archive does, and lets it pass only with the declared digest.</summary>
    /// <param name="uri">The archive's source.</param>
    /// <param name="folder">The folder to make, in staging.</param>
    /// <param name="cancellationToken">Stops within 2 s; what can be resumed is kept.</param>
    /// <exception cref="FetchFaultException">The archive cannot be had or unpacked, or holds something else.</exception>
    public Task RunAsync(string uri, string folder, CancellationToken cancellationToken) => _archive.Target == job.Entry.Target
        ? TransferAndExtractAsync(uri, folder + ".archive", folder, cancellationToken)
        : UnpackAsync(uri, folder, cancellationToken);

    /// <summary>Unpacks an archive that is kept, and fetches it first unless it is there and holds what is declared.</summary>
    private async Task UnpackAsync(string uri, string folder, CancellationToken cancellationToken)
    {
        var isStale = job.Overwrite;
        if (_archive.IsComplete && !isStale)
        {
            try
            {
                await ExtractAsync(_archive.Target, folder, cancellationToken).ConfigureAwait(false);
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
        var outcome = await new Materialization(job.WriterOf(_archive)) { Overwrite = isStale }.RunAsync(
            (staging, token) => TransferAsync(uri, staging, _archive.Partial, folder, token), cancellationToken).ConfigureAwait(false);
        if (outcome == MaterializationOutcome.AlreadyComplete)
        {
            // Somebody else fetched it meanwhile.
            Staging.Delete(folder);
            await ExtractAsync(_archive.Target, folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TransferAndExtractAsync(string uri, string archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await TransferAsync(uri, archive, job.Entry.Partial, folder, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Staging.Delete(archive);
        }
    }

    /// <summary>Fetches the archive, and unpacks it on the way when its format and the transport allow it.</summary>
    private async Task TransferAsync(string uri, string archive, string partial, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await TransferOnceAsync(uri, archive, partial, folder, cancellationToken).ConfigureAwait(false);
        }
        catch (FetchFaultException wrong) when ((wrong.Rule == DiagnosticRules.ChecksumMismatch || wrong.Rule == DiagnosticRules.DamagedArchive) && job.MustTryInOnePiece())
        {
            Staging.Delete(archive);
            Staging.Delete(folder);
            await TransferOnceAsync(uri, archive, partial, folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TransferOnceAsync(string uri, string archive, string partial, string folder, CancellationToken cancellationToken)
    {
        var streamed = new StreamedExtraction(_extractor, folder, cancellationToken);
        await using var _ = streamed.ConfigureAwait(false);
        await transfer.RunAsync(uri, archive, partial, null, cancellationToken, sink: _extractor.IsStreamed ? streamed : null).ConfigureAwait(false);
        if (await GuardAsync(streamed.CompleteAsync).ConfigureAwait(false))
        {
            await VerifyAsync(archive, folder, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ExtractAsync(archive, folder, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ExtractAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        await GuardAsync(async () =>
        {
            await _extractor.ExtractAsync(archive, folder, cancellationToken, done => job.Progress.Report(FetchPhase.Extracting, done, null, "")).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        await VerifyAsync(archive, folder, cancellationToken).ConfigureAwait(false);
    }

    private async Task VerifyAsync(string archive, string folder, CancellationToken cancellationToken) =>
        job.Checksum.Require(await job.HashFolderAsync(folder, _extractor.Digests, cancellationToken).ConfigureAwait(false), job.Source.Length > 0 ? job.Source : archive);

    private async Task<bool> GuardAsync(Func<Task<bool>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (IOException unwritable)
        {
            throw StoreFault.From(unwritable, job.Entry.Target);
        }
    }
}
