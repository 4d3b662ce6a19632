using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Fetches the members of a batch (<c>uris</c>) into one staged folder, all at once.</summary>
/// <param name="job">The dataset.</param>
/// <param name="transfers">Fetch from each of the places that have the members, in the order in which they are tried.</param>
internal sealed class BatchTransfer(FetchJob job, IReadOnlyList<SourceTransfer> transfers)
{
    /// <summary>Does it, and lets the folder pass only with the declared digest.</summary>
    /// <param name="folder">The folder to make.</param>
    /// <param name="cancellationToken">Stops within 2 s; what can be resumed is kept.</param>
    /// <exception cref="FetchFaultException">A member cannot be had; the others are stopped, too.</exception>
    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var uris = transfers[0].Source.Uris;
        var failover = new SourceFailover(job, [.. transfers.Select(transfer => transfer.Source)]);
        var paths = job.Declaration.MemberPaths;
        var good = Directory.Exists(job.Entry.Target) && job.Recorded.Value is { } tree ? tree.Files.ToDictionary(file => file.Path, StringComparer.Ordinal) : [];
        await Task.WhenAll(uris.Select((_, i) => MemberAsync(paths[i], i))).ConfigureAwait(false);
        await job.RequireFolderAsync(folder, SafeUrl.Of(uris[0]) + ", …", cancellationToken).ConfigureAwait(false);

        async Task MemberAsync(string relative, int index)
        {
            var target = Path.GetFullPath(StoragePath.Native(relative), folder);
            if (!StoragePath.IsBelow(target, folder))
            {
                throw new FetchFaultException(DiagnosticRules.BatchMembers, $"The member '{SafeUrl.Of(uris[index])}' would be stored outside the dataset's folder. Correct its uri.");
            }

            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                if (!good.TryGetValue(relative, out var file) || !await CopyAsync(file, target, stop.Token).ConfigureAwait(false))
                {
                    await failover.RunAsync(
                        target,
                        (left, token) => transfers[transfers.Count - left.Count].RunAsync(left[0].Uris[index], target, $"{job.Entry.Partial}.{index}", null, token),
                        stop.Token).ConfigureAwait(false);
                }
            }
            catch
            {
                // The others would be thrown away with this one.
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Takes over a member of the folder that is being replaced, if it is as it was recorded.</summary>
    private async Task<bool> CopyAsync(TreeFile file, string target, CancellationToken cancellationToken)
    {
        var old = new FileInfo(Path.Join(job.Entry.Target, StoragePath.Native(file.Path)));
        if (old is not { Exists: true, LinkTarget: null } || old.Length != file.Size)
        {
            return false;
        }

        File.Copy(old.FullName, target, overwrite: true);
        var copied = await ContentDigest.ComputeAsync(target, Checksum.DefaultAlgorithm, cancellationToken).ConfigureAwait(false);
        if (!copied.Matches(file.Sha256))
        {
            File.Delete(target);
            return false;
        }

        return true;
    }
}
