using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Fetches the members of a batch (<c>uris</c>) into one staged folder, all at once.</summary>
/// <param name="job">The dataset.</param>
/// <param name="transfer">Fetches one member.</param>
internal sealed class BatchTransfer(FetchJob job, SourceTransfer transfer)
{
    /// <summary>Does it, and lets the folder pass only with the declared digest.</summary>
    /// <param name="folder">The folder to make.</param>
    /// <param name="cancellationToken">Stops within 2 s; what can be resumed is kept.</param>
    /// <exception cref="FetchFaultException">A member cannot be had; the others are stopped, too.</exception>
    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var uris = job.Declaration.Uris;
        var paths = job.Declaration.MemberPaths;
        await Task.WhenAll(uris.Select((uri, i) => MemberAsync(uri, paths[i], i))).ConfigureAwait(false);
        job.Checksum.Require(await job.Checksum.HashAsync(folder, cancellationToken).ConfigureAwait(false), SafeUrl.Of(uris[0]) + ", …");

        async Task MemberAsync(string uri, string relative, int index)
        {
            var target = Path.GetFullPath(StoragePath.Native(relative), folder);
            if (!StoragePath.IsBelow(target, folder))
            {
                throw new FetchFaultException(DiagnosticRules.BatchMembers, $"The member '{SafeUrl.Of(uri)}' would be stored outside the dataset's folder. Correct its uri.");
            }

            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await transfer.RunAsync(uri, target, $"{job.Entry.Partial}.{index}", null, stop.Token).ConfigureAwait(false);
            }
            catch
            {
                // The others would be thrown away with this one.
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }
}
