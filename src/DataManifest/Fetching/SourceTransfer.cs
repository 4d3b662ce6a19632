using DataManifest.Fetching.Commands;
using DataManifest.Hashing;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>Brings one source of a dataset to one staged file or folder, by the transport that the source needs.</summary>
/// <param name="job">The dataset.</param>
/// <param name="plan">What it is fetched from.</param>
/// <param name="requirements">Where the datasets are that it needs.</param>
internal sealed class SourceTransfer(FetchJob job, SourcePlan plan, Requirements requirements)
{
    private readonly bool _isAlone = job.Declaration.Uris.Count == 0;

    /// <summary>Does it.</summary>
    /// <param name="uri">The source.</param>
    /// <param name="target">The path to make.</param>
    /// <param name="partial">Where a cut-off download is kept.</param>
    /// <param name="algorithm">The digest to compute on the way; null for none. With one, the content is the dataset's own, which has the declared digest.</param>
    /// <param name="cancellationToken">Stops within 2 s; what can be resumed is kept.</param>
    /// <returns>The digest that was asked for; null when none was.</returns>
    /// <exception cref="FetchFaultException">The source cannot be had.</exception>
    public async Task<Checksum?> RunAsync(string uri, string target, string partial, string? algorithm, CancellationToken cancellationToken)
    {
        var host = plan.Command.Length > 0 ? "a command" : SourceUri.TryParse(uri, out var parts) ? parts.Host : "";
        var before = 0L;
        var transfer = new Transfer(uri, target, partial, algorithm, algorithm is null ? null : job.Checksum.Expected, job.Declaration.Format)
        {
            IsPinned = job.Checksum.Expected is not null,
            Output = job.Progress.Say,
            Progress = (done, total) =>
            {
                var sum = job.AddBytes(done - before);
                before = done;
                job.Progress.Report(FetchPhase.Transferring, _isAlone ? done : sum, _isAlone ? total : null, host);
            },
        };
        var done = await TransportOf(uri).FetchAsync(transfer, cancellationToken).ConfigureAwait(false);
        job.AddBytes(done.Bytes - before);
        job.Source = done.Source;
        return done.Checksum;
    }

    private ITransport TransportOf(string uri) =>
        plan.Command.Length > 0 ? new ShellTransport(job.Declaration, plan.Command, requirements, job.Context.Commands, job.Context.Locator.Storage.ProjectRoot)
        : SourcePlan.KindOf(uri, !_isAlone, job.Context.Locator.Storage.HostName) switch
        {
            SourceKind.Local => job.Context.Files,
            SourceKind.Repository => new GitTransport(job.Declaration.Branch, job.Context.Commands),
            SourceKind.Remote => new RsyncTransport(job.Context.Locator.Storage.RemoteShell, job.Context.Commands),
            _ => job.Context.Http,
        };
}
