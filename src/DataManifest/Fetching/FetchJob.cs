using System.Collections.Concurrent;
using DataManifest.Hashing;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>One dataset that is being fetched: what the parts of the operation share.</summary>
internal sealed class FetchJob
{
    private readonly ConcurrentDictionary<DataSource, DataManifestException> _passedOver = new();
    private long _bytes;

    /// <summary>Prepares the fetch of one dataset.</summary>
    /// <param name="dataset">The dataset; its manifest entry has no errors.</param>
    /// <param name="context">What the datasets of a run share.</param>
    public FetchJob(Dataset dataset, FetchContext context)
    {
        (Dataset, Context) = (dataset, context);
        Entry = new EntryPaths(Declaration.LazyAccess ? "" : context.Locator.StoragePathOf(Declaration));
        Progress = new ProgressThrottle(dataset.Name, context.Progress);
        IsBroken = context.Request.Broken.Contains(dataset.Name);
        Recorded = new(() => Declaration is { LazyAccess: false, SkipChecksum: false } && (Declaration.Extract || Declaration.Uris.Count > 0) && !context.Locator.UnrecordedKeys.Value.Contains(Declaration.Key)
            ? context.Locator.Trees.Find(Declaration)
            : null);
        Checksum = new ChecksumGate(Declaration, IsBroken ? Recorded.Value?.Checksum : null, Progress);
    }

    /// <summary>The dataset.</summary>
    public Dataset Dataset { get; }

    /// <summary>What the manifest says about it.</summary>
    public DatasetDeclaration Declaration => Dataset.Declaration;

    /// <summary>What the datasets of a run share.</summary>
    public FetchContext Context { get; }

    /// <summary>Whether it is fetched again although it is there.</summary>
    public bool Overwrite => Context.Request.Overwrite.Contains(Dataset.Name) && !Declaration.SkipDownload;

    /// <summary>Where it goes in the store; empty for data that are opened in place.</summary>
    public EntryPaths Entry { get; }

    /// <summary>Who is told how far it is.</summary>
    public ProgressThrottle Progress { get; }

    /// <summary>What its data must be.</summary>
    public ChecksumGate Checksum { get; }

    /// <summary>Whether the data that are there are known to be wrong.</summary>
    public bool IsBroken { get; }

    /// <summary>The digests of the files that the folder had when it was whole; null when they are not known.</summary>
    public Lazy<TreeDigest?> Recorded { get; }

    /// <summary>The digests of the files of the folder that was made; null when none was, or nobody wants them.</summary>
    public TreeDigest? Tree { get; private set; }

    /// <summary>Whether the digests of the files of a folder are recorded.</summary>
    public bool WantsTree => Context.Request.RecordFileDigests && Checksum.Algorithm is not null;

    /// <summary>The bytes that were transferred so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether something was put together from several answers, on the server's word that they belong together.</summary>
    public bool IsSpliced { get; set; }

    /// <summary>Whether that word has proved wrong.</summary>
    public bool InOnePiece { get; private set; }

    /// <summary>Decides, after data were refused, whether they are to be fetched once more in one piece: only that shows whether the source itself is wrong.</summary>
    public bool MustTryInOnePiece()
    {
        var isNews = IsSpliced && !InOnePiece;
        InOnePiece |= isNews;
        return isNews;
    }

    /// <summary>Where the data came from, as it may be shown; empty when nothing was transferred.</summary>
    public string Source { get; set; } = "";

    /// <summary>The sources that failed although the data were had from another one, as warnings.</summary>
    public IReadOnlyList<DataManifestException> PassedOver => [.. _passedOver.Values];

    /// <summary>Notes a source that failed although the data were had from another one.</summary>
    /// <param name="source">The source; it is told of once, however many members of a batch it does not have.</param>
    /// <param name="warning">What is told about it.</param>
    public void PassOver(DataSource source, DataManifestException warning) => _passedOver.TryAdd(source, warning);

    /// <summary>Counts transferred bytes.</summary>
    /// <param name="count">How many more; negative when a transfer starts afresh.</param>
    /// <returns>All so far.</returns>
    public long AddBytes(long count) => Interlocked.Add(ref _bytes, count);

    /// <summary>Takes the digests of a folder that were taken while it was made.</summary>
    /// <param name="tree">The digests.</param>
    /// <returns>That of the whole.</returns>
    public Checksum Take(TreeDigest tree)
    {
        Tree = WantsTree ? tree : null;
        return tree.Checksum;
    }

    /// <summary>The digest of a staged folder; those of its files are taken meanwhile.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="known">Those that were taken while the files were written; null for none.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <returns>Null when this dataset has no use for one.</returns>
    public async Task<Checksum?> HashFolderAsync(string folder, FileDigests? known, CancellationToken cancellationToken)
    {
        if (Checksum.Algorithm is null)
        {
            return null;
        }

        FileInfo[] files = [.. FolderOrder.Files(folder)];
        var reading = WantsTree
            ? Task.Run(() => TreeDigest.ReadAsync(folder, files, Math.Max(1, Environment.ProcessorCount - 1), cancellationToken, known: known), cancellationToken)
            : null;
        Hashing.Checksum whole;
        try
        {
            whole = await Checksum.HashAsync(files, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await (reading ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Tree = reading is null ? null : new TreeDigest(whole, await reading.ConfigureAwait(false));
        return whole;
    }

    /// <summary>The right to write one place of the store, with its rules.</summary>
    /// <param name="entry">The place.</param>
    public EntryWriter WriterOf(EntryPaths entry) =>
        new(entry, Context.Locator.Storage)
        {
            Waiting = new WaitReport(Progress, Context.Locator.Storage.HostName),
            TakenOver = gone => Progress.Say($"took over from {gone.Description}, which is gone"),
        };
}
