namespace DataManifest.Fetching;

/// <summary>Reports one dataset's progress, not more often than people can read. Thread-safe.</summary>
/// <param name="dataset">The dataset's name.</param>
/// <param name="target">Who is told; null for nobody.</param>
internal sealed class ProgressThrottle(string dataset, IProgress<FetchProgress>? target)
{
    private const long Interval = 100;

    private FetchPhase? _phase;
    private long _last;

    /// <summary>Passes on a line that a program wrote.</summary>
    /// <param name="line">The line.</param>
    public void Say(string line) => target?.Report(new FetchProgress(dataset, FetchPhase.Transferring, 0, null, "") { Output = line });

    /// <summary>Reports the end, if anything was reported before.</summary>
    public void Finish()
    {
        if (_phase is not null)
        {
            target?.Report(new FetchProgress(dataset, FetchPhase.Finished, 0, null, ""));
        }
    }

    /// <summary>Reports, if it is time to or another phase begins.</summary>
    /// <param name="phase">What is being done.</param>
    /// <param name="bytes">The bytes that are done.</param>
    /// <param name="total">All bytes there will be, if known.</param>
    /// <param name="source">The source's host.</param>
    public void Report(FetchPhase phase, long bytes, long? total, string source)
    {
        var now = Environment.TickCount64;
        var last = Interlocked.Read(ref _last);
        if (target is null || (_phase == phase && bytes != total && now - last < Interval) || Interlocked.CompareExchange(ref _last, now, last) != last)
        {
            return;
        }

        _phase = phase;
        target.Report(new FetchProgress(dataset, phase, bytes, total, source));
    }
}
