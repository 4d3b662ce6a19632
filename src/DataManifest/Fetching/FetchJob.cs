using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>One dataset that is being fetched: what the parts of the operation share.</summary>
internal sealed class FetchJob
{
    private long _bytes;

    /// <summary>Prepares the fetch of one dataset.</summary>
    /// <param name="dataset">The dataset; its manifest entry has no errors.</param>
    /// <param name="context">What the datasets of a run share.</param>
    public FetchJob(Dataset dataset, FetchContext context)
    {
        (Dataset, Context) = (dataset, context);
        Entry = new EntryPaths(Declaration.LazyAccess ? "" : context.Locator.StoragePathOf(Declaration));
        Progress = new ProgressThrottle(dataset.Name, context.Progress);
        Checksum = new ChecksumGate(Declaration, Progress);
    }

    /// <summary>The dataset.</summary>
    public Dataset Dataset { get; }

    /// <summary>What the manifest says about it.</summary>
    public DatasetDeclaration Declaration => Dataset.Declaration;

    /// <summary>What the datasets of a run share.</summary>
    public FetchContext Context { get; }

    /// <summary>Where it goes in the store; empty for data that are opened in place.</summary>
    public EntryPaths Entry { get; }

    /// <summary>Who is told how far it is.</summary>
    public ProgressThrottle Progress { get; }

    /// <summary>What its data must be.</summary>
    public ChecksumGate Checksum { get; }

    /// <summary>The bytes that were transferred so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Where the data came from, as it may be shown; empty when nothing was transferred.</summary>
    public string Source { get; set; } = "";

    /// <summary>Counts transferred bytes.</summary>
    /// <param name="count">How many more; negative when a transfer starts afresh.</param>
    /// <returns>All so far.</returns>
    public long AddBytes(long count) => Interlocked.Add(ref _bytes, count);

    /// <summary>The right to write one place of the store, with its rules.</summary>
    /// <param name="entry">The place.</param>
    /// <param name="overwrite">Whether what is complete there is replaced.</param>
    public Materialization Materialize(EntryPaths entry, bool overwrite) =>
        new(entry, Context.Locator.Storage) { Overwrite = overwrite, Waiting = new WaitReport(Progress) };

    private sealed class WaitReport(ProgressThrottle progress) : IProgress<LockHolder>
    {
        public void Report(LockHolder value) => progress.Report(FetchPhase.Waiting, 0, null, $"process {value.ProcessId} on {value.HostName}");
    }
}
