using System.Collections.Concurrent;
using DataManifest.Fetching;

namespace DataManifest.Tool.Output;

/// <summary>Progress for logs: one line when something begins.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class ProgressLines(TextOutput output) : IProgress<FetchProgress>
{
    private readonly ConcurrentDictionary<(string, FetchPhase), bool> _begun = new();
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Report(FetchProgress value)
    {
        if (value.Output.Length > 0)
        {
            Say($"{value.Dataset}: {value.Output}");
        }
        else if (value.Phase is not (FetchPhase.Verifying or FetchPhase.Finished) && _begun.TryAdd((value.Dataset, value.Phase), true))
        {
            Say(value.Phase switch
            {
                FetchPhase.Transferring => $"fetching {value.Dataset}{(value.Total is { } total ? $" ({ByteSize.Format(total)})" : "")}{(value.Source.Length > 0 ? $" from {value.Source}" : "")}",
                FetchPhase.Waiting => $"waiting for {value.Source}, which works on {value.Dataset}",
                FetchPhase.Copying => $"copying {value.Dataset}{(value.Total is { } total ? $" ({ByteSize.Format(total)})" : "")}",
                _ => $"unpacking {value.Dataset}",
            });
        }
    }

    private void Say(string line)
    {
        lock (_gate)
        {
            output.WriteLine($"{line}");
        }
    }
}
