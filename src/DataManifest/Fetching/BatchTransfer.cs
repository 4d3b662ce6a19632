using System.Collections.Concurrent;
using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.Storage;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching;

/// <summary>Fetches the members of a batch (<c>uris</c>) into one staged folder, all at once. Those that are here when others fail are kept for the next run.</summary>
/// <param name="job">The dataset.</param>
/// <param name="transfers">Fetch from each of the places that have the members, in the order in which they are tried.</param>
internal sealed class BatchTransfer(FetchJob job, IReadOnlyList<SourceTransfer> transfers)
{
    /// <summary>How long the others may take to become whole when one cannot be had; what is cut off is gone on with in the next run.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Faults of one member, after which the others are worth having; after any other they would only fail, too.</summary>
    private static readonly DiagnosticRule[] OwnFaults =
        [DiagnosticRules.DownloadRefused, DiagnosticRules.BadRedirect, DiagnosticRules.WebPageInsteadOfData, DiagnosticRules.LocalSourceUnusable];

    private readonly SourceFailover _failover = new(job, [.. transfers.Select(transfer => transfer.Source)]);
    private readonly IReadOnlyList<string> _uris = job.Declaration.Uris;
    private readonly IReadOnlyList<string> _paths = job.Declaration.MemberPaths;

    /// <summary>The members of the folder that is being replaced, as they were when it was whole.</summary>
    private readonly Dictionary<string, TreeFile> _whole =
        !job.Overwrite && Directory.Exists(job.Entry.Target) && job.Recorded.Value is { } tree ? tree.Files.ToDictionary(file => file.Path, StringComparer.Ordinal) : [];

    /// <summary>The members that are here and are files, by their numbers.</summary>
    private readonly TreeFile?[] _files = new TreeFile?[job.Declaration.Uris.Count];

    private int _reused;
    private int _failures;

    /// <summary>Does it, and lets the folder pass only with the declared digest.</summary>
    /// <param name="folder">The folder to make.</param>
    /// <param name="cancellationToken">Stops within 2 s; what can be resumed is kept.</param>
    /// <exception cref="FetchFaultException">A member cannot be had.</exception>
    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        RequireBelow(folder);
        using var kept = KeptMembers.Claim(job.Entry.PartialMembers, _paths);
        RequireApart(kept.FindClash());
        var actual = await FillAsync(kept, folder, cancellationToken).ConfigureAwait(false);
        if (job.Checksum.Expected is { } expected && actual != expected && (job.MustTryInOnePiece() || _reused > 0))
        {
            // The source may have changed since the earlier members were fetched, or between two parts of one.
            Staging.Delete(folder);
            _whole.Clear();
            actual = await FillAsync(kept, folder, cancellationToken).ConfigureAwait(false);
        }

        job.Checksum.Require(actual, SafeUrl.Of(transfers[0].Source.Uris[0]) + ", …");
    }

    private void RequireBelow(string folder)
    {
        folder = Path.GetFullPath(folder);
        for (var i = 0; i < _paths.Count; i++)
        {
            if (!StoragePath.IsBelow(Path.GetFullPath(StoragePath.Native(_paths[i]), folder), folder))
            {
                throw new FetchFaultException(
                    DiagnosticRules.BatchMembers, $"The member '{SafeUrl.Of(_uris[i])}' would be stored outside the dataset's folder. Correct its uri.");
            }
        }
    }

    private void RequireApart((int First, int Second)? clash)
    {
        if (clash is var (first, second))
        {
            throw new FetchFaultException(
                DiagnosticRules.BatchMembers,
                $"The members '{SafeUrl.Of(_uris[first])}' and '{SafeUrl.Of(_uris[second])}' would be one file in the dataset's folder here. Make one of them a dataset of its own.");
        }
    }

    private async Task<Checksum?> FillAsync(KeptMembers kept, string folder, CancellationToken cancellationToken)
    {
        kept.MakeFolders();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var front = job.Checksum.Algorithm is { } algorithm ? new FolderFront(algorithm, _paths) : null;
        var fetches = new Task[_uris.Count];

        // Each host has workers of its own, so that no member waits for another host's; more of them than it lets through would only wait for each other.
        var workers = (front?.Order ?? [.. Enumerable.Range(0, _uris.Count)]).GroupBy(i => job.Declaration.Members[i].Host).SelectMany(host => WorkersOf(new ConcurrentQueue<int>(host)));
        await Task.WhenAll(workers).ConfigureAwait(false);
        await Task.WhenAll(fetches).ConfigureAwait(false);
        kept.MoveTo(folder);
        return front?.Finish() is { } whole
            ? job.Take(new TreeDigest(whole, [.. front.Order.Select(index => _files[index]!)]))
            : await job.HashFolderAsync(folder, Digests(), cancellationToken).ConfigureAwait(false);

        IEnumerable<Task> WorkersOf(ConcurrentQueue<int> members) => Enumerable.Range(0, Math.Min(members.Count, job.Context.Request.ParallelPerHost)).Select(_ => Task.Run(() => WorkAsync(members)));

        async Task WorkAsync(ConcurrentQueue<int> members)
        {
            while (members.TryDequeue(out var index))
            {
                fetches[index] = stop.IsCancellationRequested ? Task.FromCanceled(stop.Token) : FetchAsync(kept, index, front, stop);
                await fetches[index].ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private FileDigests Digests()
    {
        var digests = new FileDigests();
        foreach (var file in _files.OfType<TreeFile>())
        {
            digests.Note(file.Path, file.Size, file.Sha256);
        }

        return digests;
    }

    private async Task FetchAsync(KeptMembers kept, int index, FolderFront? front, CancellationTokenSource stop)
    {
        TreeFile? seen = null;
        try
        {
            if (Noted(await kept.FindAsync(index, _uris[index], job.Checksum.Expected is not null, stop.Token).ConfigureAwait(false)) is not null
                || (_whole.TryGetValue(_paths[index], out var file) && await CopyAsync(file, kept.PathOf(index), stop.Token).ConfigureAwait(false)))
            {
                Interlocked.Increment(ref _reused);
                return;
            }

            await _failover.RunAsync(
                kept.PathOf(index),
                async (left, token) =>
                {
                    var checksum = await transfers[transfers.Count - left.Count]
                        .RunAsync(left[0].Uris[index], kept.PathOf(index), $"{job.Entry.Partial}.{index}", Checksum.DefaultAlgorithm, token, isMember: true,
                            seen: See).ConfigureAwait(false);
                    if (Noted(checksum) is { } size)
                    {
                        kept.Note(index, _uris[index], size, checksum!);
                    }
                },
                stop.Token).ConfigureAwait(false);
        }
        catch (FetchFaultException fault) when (OwnFaults.Contains(fault.Rule))
        {
            if (Interlocked.Increment(ref _failures) == 1)
            {
                stop.CancelAfter(Grace);
            }

            throw;
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }

        void See(ReadOnlyMemory<byte> content, SafeFileHandle file)
        {
            front?.Append(index, content.Span);
            seen = new TreeFile(_paths[index], content.Length, "", OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(file));
        }

        // The size of a member that is a file; a clone is a folder, which is not kept.
        long? Noted(Checksum? checksum)
        {
            if (checksum is null)
            {
                return null;
            }

            _files[index] = seen is not null ? seen with { Sha256 = checksum.Hex }
                : new FileInfo(kept.PathOf(index)) is { Exists: true } file ? TreeDigest.NewFile(_paths[index], file, checksum.Hex)
                : null;
            return _files[index]?.Size;
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

        // On a thread of its own, so that a large one does not hold up the other members.
        await Task.Run(() => FileCopy.Copy(old.FullName, target, cancellationToken), cancellationToken).ConfigureAwait(false);
        var copied = await ContentDigest.ComputeAsync(target, Checksum.DefaultAlgorithm, cancellationToken).ConfigureAwait(false);
        if (!copied.Matches(file.Sha256))
        {
            File.Delete(target);
            return false;
        }

        return true;
    }
}
