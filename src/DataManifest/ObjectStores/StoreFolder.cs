using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.ObjectStores;

/// <summary>Makes the folder that the objects below a prefix are, each at its own name. Those that are here when others fail are kept for the next run.</summary>
/// <param name="objects">The objects.</param>
/// <param name="transfer">The folder to make.</param>
/// <param name="parallel">How many objects are begun at once.</param>
/// <param name="fetch">Fetches one.</param>
internal sealed class StoreFolder(
    IReadOnlyList<RemoteObject> objects, Transfer transfer, int parallel, Func<RemoteObject, Transfer, CancellationToken, Task<Transferred>> fetch)
{
    private long _bytes;
    private int _reused;
    private volatile bool _isSpliced;

    /// <summary>Does it.</summary>
    /// <param name="cancellationToken">Stops within 2 s.</param>
    /// <exception cref="FetchFaultException">An object cannot be had, or cannot be a file of this folder.</exception>
    public async Task<Transferred> FetchAsync(CancellationToken cancellationToken)
    {
        var files = Files();
        using var kept = KeptMembers.Claim(transfer.Partial + Staging.MembersSuffix, files.ConvertAll(file => file.Name));
        if (kept.FindClash() is var (first, second))
        {
            throw Unfit($"The objects '{files[first].Name}' and '{files[second].Name}'", "would be one file here");
        }

        var checksum = await FillAsync(files, kept, transfer.InOnePiece, cancellationToken).ConfigureAwait(false);
        if ((_reused > 0 || _isSpliced) && transfer.Expected is not null && checksum != transfer.Expected)
        {
            // The objects may have changed since the earlier ones were fetched, or between two parts of one.
            Staging.Delete(transfer.Target);
            checksum = await FillAsync(files, kept, inOnePiece: true, cancellationToken).ConfigureAwait(false);
        }

        return new Transferred(_bytes, checksum, "");
    }

    private async Task<Checksum?> FillAsync(List<RemoteObject> files, KeptMembers kept, bool inOnePiece, CancellationToken cancellationToken)
    {
        kept.MakeFolders();
        (_bytes, _reused) = (0, 0);
        var total = files.All(file => file.Size is not null) ? files.Sum(file => file.Size) : null;
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        using var front = transfer.Algorithm is null ? null : new FolderFront(transfer.Algorithm, [.. files.Select(file => file.Name)]);
        await Parallel.ForEachAsync(front?.Order ?? [.. Enumerable.Range(0, files.Count)], options, async (index, token) =>
        {
            // The place of a generation or version is its own; else the size has to do, and the digest of the whole.
            var stored = files[index];
            var source = $"{stored.Location.AbsoluteUri} {stored.Size}";
            if (await kept.FindAsync(index, source, transfer.IsPinned, token).ConfigureAwait(false) is not null)
            {
                Interlocked.Increment(ref _reused);
                return;
            }

            var before = 0L;
            var part = transfer with
            {
                Target = kept.PathOf(index),
                Partial = $"{transfer.Partial}.{index}",
                Algorithm = Checksum.DefaultAlgorithm,
                Expected = null,
                Sink = null,
                Seen = (content, _) => front?.Append(index, content.Span),
                InOnePiece = inOnePiece,
                Progress = (done, _) =>
                {
                    transfer.Progress(Interlocked.Add(ref _bytes, done - before), total);
                    before = done;
                },
            };
            var fetched = await fetch(stored, part, token).ConfigureAwait(false);
            transfer.Progress(Interlocked.Add(ref _bytes, fetched.Bytes - before), total);
            kept.Note(index, source, fetched.Bytes, fetched.Checksum!);
            if (fetched.IsSpliced)
            {
                _isSpliced = true;
            }
        }).ConfigureAwait(false);
        kept.MoveTo(transfer.Target);
        return front is null ? null : front.Finish() ?? await ContentDigest.ComputeAsync(transfer.Target, transfer.Algorithm!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The objects that are files; those whose names end in a slash only say that there is a folder.</summary>
    private List<RemoteObject> Files()
    {
        var files = new List<RemoteObject>(objects.Count);
        var names = objects.Where(stored => !IsFolder(stored)).Select(stored => stored.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var stored in objects.Where(stored => !IsFolder(stored)))
        {
            var path = stored.Name.Contains('\0') ? "" : Path.GetFullPath(StoragePath.Native(stored.Name), transfer.Target);
            var problem = path.Length == 0 || StoreKey.LeavesStore(stored.Name) || stored.Name.Split('/').Any(IsNoName) || !StoragePath.IsBelow(path, transfer.Target)
                ? "has a name that no file can have"
                : IsBelowOne(stored.Name, names) ? "lies below another object" : null;
            if (problem is not null)
            {
                throw Unfit($"The object '{stored.Name}'", problem);
            }

            files.Add(stored);
        }

        return files;
    }

    private FetchFaultException Unfit(string what, string problem) =>
        new(DiagnosticRules.ObjectsDoNotFit, $"{what} below {SafeUrl.Of(transfer.Uri)} {problem}, so the objects are no folder. Use a longer prefix, or single objects.");

    private static bool IsBelowOne(string name, HashSet<string> names)
    {
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (names.Contains(name[..slash]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNoName(string segment) => segment is "" or "." or ".." || Encoding.UTF8.GetByteCount(segment) > StoreKey.MaxSegmentBytes;

    private static bool IsFolder(RemoteObject stored) => stored.Name.EndsWith('/') && stored.Size is 0;
}
