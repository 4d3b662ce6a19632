using System.Collections.Concurrent;
using DataManifest.Fetching;

namespace DataManifest.Tool.Output;

/// <summary>
/// Progress for logs: one line when something begins, and every ten seconds how far it is. A line that follows another within a tenth of a second waits for its like, since whoever reads them is woken up for each write,
/// and thousands of small datasets would spend more time on that than on being fetched.
/// </summary>
internal sealed class ProgressLines : IProgress<FetchProgress>, IDisposable
{
    private const int Interval = 100;

    private readonly TextOutput _output;
    private readonly ConcurrentDictionary<(string, FetchPhase), bool> _begun = new();
    private readonly Lock _gate = new();
    private readonly List<string> _waiting = [];
    private readonly Timer _timer;
    private readonly ProgressBeat _beat;
    private long _written = Environment.TickCount64 - Interval;

    /// <summary>Begins.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="beat">How often it is told how far things are; null for every ten seconds.</param>
    public ProgressLines(TextOutput output, TimeSpan? beat = null)
    {
        _output = output;
        _beat = new ProgressBeat(Say, beat ?? TimeSpan.FromSeconds(10));
        _timer = new Timer(_ => Write(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <inheritdoc/>
    public void Report(FetchProgress value)
    {
        if (value.Output.Length > 0)
        {
            Say($"{value.Dataset}: {value.Output}");
            return;
        }

        _beat.Note(value);
        if (value.Phase is not (FetchPhase.Verifying or FetchPhase.Finished) && _begun.TryAdd((value.Dataset, value.Phase), true))
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

    /// <summary>Writes what waits.</summary>
    public void Dispose()
    {
        _beat.Dispose();
        _timer.Dispose();
        Write();
    }

    private void Say(string line)
    {
        lock (_gate)
        {
            _waiting.Add(_output.Shown(line));
            if (Environment.TickCount64 - _written >= Interval)
            {
                Write();
            }
            else if (_waiting.Count == 1)
            {
                _timer.Change(Interval, Timeout.Infinite);
            }
        }
    }

    private void Write()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0)
            {
                _output.WriteLine(string.Join('\n', _waiting));
                _waiting.Clear();
                _written = Environment.TickCount64;
            }
        }
    }
}
