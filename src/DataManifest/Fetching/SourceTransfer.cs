using DataManifest.Bindings;
using DataManifest.Fetching.Commands;
using DataManifest.Fetching.Http;
using DataManifest.Hashing;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching;

/// <summary>Brings one source of a dataset to one staged file or folder, by the transport that the source needs.</summary>
/// <param name="job">The dataset.</param>
/// <param name="plan">What it is fetched from.</param>
/// <param name="source">The place that it is fetched from, one of the plan's or a mirror.</param>
/// <param name="requirements">Where the datasets are that it needs.</param>
internal sealed class SourceTransfer(FetchJob job, SourcePlan plan, DataSource source, Requirements requirements)
{
    /// <summary>The place that it is fetched from.</summary>
    public DataSource Source => source;

    /// <summary>Does it.</summary>
    /// <param name="uri">The source.</param>
    /// <param name="target">The path to make.</param>
    /// <param name="partial">Where a cut-off download is kept.</param>
    /// <param name="algorithm">The digest to compute on the way; null for none. With one, the content is the dataset's own, which has the declared digest.</param>
    /// <param name="cancellationToken">Stops within 2 s; what can be resumed is kept.</param>
    /// <param name="isMember">Whether the content is a part of the dataset only, which has another digest than the declared one.</param>
    /// <param name="sink">Sees the content while it arrives, if the transport can show it; null for nobody.</param>
    /// <param name="seen">Shown small content as a whole, if the transport can show it; null for nobody.</param>
    /// <returns>The digest that was asked for; null when none was.</returns>
    /// <exception cref="FetchFaultException">The source cannot be had.</exception>
    public async Task<Checksum?> RunAsync(
        string uri, string target, string partial, string? algorithm, CancellationToken cancellationToken, bool isMember = false, IContentSink? sink = null,
        Action<ReadOnlyMemory<byte>, SafeFileHandle>? seen = null)
    {
        new LocalLadder(job.Context).RequireAllowed(job.Declaration, plan.Step, [uri], job.Context.Locator.Storage.HostName);
        var (transport, host) = TransportOf(uri);
        var before = 0L;
        var transfer = new Transfer(uri, target, partial + source.PartialSuffix, algorithm, algorithm is null || isMember ? null : job.Checksum.Expected, job.Declaration.Format)
        {
            IsPinned = job.Checksum.Expected is not null,
            HasAlternative = source.HasAlternative,
            InOnePiece = job.InOnePiece,
            Output = job.Progress.Say,
            Sink = sink,
            Seen = seen,
            Progress = (done, total) =>
            {
                var sum = job.AddBytes(done - before);
                before = done;
                job.Progress.Report(FetchPhase.Transferring, plan.IsBatch ? sum : done, plan.IsBatch ? null : total, host);
            },
        };
        if (plan.Step.Rung is FetchRung.Shell or FetchRung.OwnFetcher)
        {
            // What runs for minutes without a byte to count is told of when it begins.
            job.Progress.Report(FetchPhase.Transferring, 0, null, host);
        }

        var done = await transport.FetchAsync(transfer, cancellationToken).ConfigureAwait(false);
        foreach (var useless in source.OtherSuffixes)
        {
            PartialDownload.Delete(partial + useless);
        }

        job.AddBytes(done.Bytes - before);
        job.Source = done.Source;
        if (done.IsSpliced)
        {
            job.IsSpliced = true; // Only set, since members of a batch end at the same time.
        }

        return done.Checksum;
    }

    /// <summary>What fetches a source, and whom a person sees at it.</summary>
    private (ITransport Transport, string Host) TransportOf(string uri)
    {
        var (storage, commands) = (job.Context.Locator.Storage, job.Context.Commands);
        switch (plan.Step.Rung)
        {
            case FetchRung.Shell:
                return (new ShellTransport(job.Declaration, plan.Step.Command, requirements, commands, storage.ProjectRoot), "a command");
            case FetchRung.OwnFetcher:
                return (new FetcherTransport(job.Dataset, plan.Step.Fetcher!, requirements, job.Context.Fetchers, storage.ProjectRoot), "a function");
            default:
                var parts = SourcePlan.Parse(uri);
                ITransport transport = SourcePlan.KindOf(uri, parts, plan.IsBatch, storage.HostName) switch
                {
                    SourceKind.Local => job.Context.Files,
                    SourceKind.Store or SourceKind.Drive => job.Context.Stores,
                    SourceKind.Repository => new GitTransport(job.Declaration.Branch, commands),
                    SourceKind.Remote => new RsyncTransport(storage.RemoteShell, commands),
                    _ => job.Context.Http,
                };
                return (transport, parts.Host);
        }
    }
}
