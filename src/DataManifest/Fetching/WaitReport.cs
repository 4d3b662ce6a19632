using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Tells for whom a writer waits.</summary>
/// <param name="progress">Who is told.</param>
internal sealed class WaitReport(ProgressThrottle progress) : IProgress<LockHolder>
{
    /// <inheritdoc/>
    public void Report(LockHolder value) => progress.Report(FetchPhase.Waiting, 0, null, value.Description);
}
