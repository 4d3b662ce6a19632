using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Tells for whom a writer waits. That two datasets of one run have the same data, and one waits for the other, is nobody's news.</summary>
/// <param name="progress">Who is told.</param>
/// <param name="hostName">This machine's name.</param>
internal sealed class WaitReport(ProgressThrottle progress, string hostName) : IProgress<LockHolder>
{
    /// <inheritdoc/>
    public void Report(LockHolder value)
    {
        if (value != new LockHolder(Environment.ProcessId, hostName))
        {
            progress.Report(FetchPhase.Waiting, 0, null, value.Description);
        }
    }
}
