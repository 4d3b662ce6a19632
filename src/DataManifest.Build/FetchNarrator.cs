using System.Collections.Concurrent;
using DataManifest.Fetching;
using DataManifest.Text;

namespace DataManifest.Build;

/// <summary>
/// Turns progress into lines for a build log: one when something begins, then one every ten seconds while it goes on or waits. However many datasets there are,
/// no more lines come than somebody can read.
/// </summary>
internal sealed class FetchNarrator : IProgress<FetchProgress>, IDisposable
{
    private const int MostBeginnings = 10;
    private const int MostUnderWay = 5;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, FetchProgress> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FetchProgress> _before = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, FetchPhase), bool> _begun = new();
    private readonly BlockingCollection<string> _lines;
    private readonly Timer _heart;
    private int _beginnings;

    /// <summary>Begins to tell.</summary>
    /// <param name="lines">Where the lines go; may be completed at any time.</param>
    public FetchNarrator(BlockingCollection<string> lines)
    {
        _lines = lines;
        _heart = new Timer(_ => Tell(), null, Beat, Beat);
    }

    /// <inheritdoc />
    public void Report(FetchProgress value)
    {
        if (value.Output.Length > 0)
        {
            Say($"{value.Dataset}: {value.Output}");
            return;
        }

        if (value.Phase == FetchPhase.Finished)
        {
            _current.TryRemove(value.Dataset, out _);
            return;
        }

        _current[value.Dataset] = value;
        if (value.Phase != FetchPhase.Verifying && _begun.TryAdd((value.Dataset, value.Phase), true))
        {
            if (Interlocked.Increment(ref _beginnings) <= MostBeginnings)
            {
                Say(ProgressLine.Beginning(value));
            }
        }
        else if (value.Phase == FetchPhase.Waiting)
        {
            Say($"still {ProgressLine.Beginning(value)}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _heart.Dispose();

    private void Tell()
    {
        lock (_before)
        {
            if (Interlocked.Exchange(ref _beginnings, 0) - MostBeginnings is var untold and > 0)
            {
                Say($"… and {untold} more begun");
            }

            var now = _current.Values.Where(value => value.Phase != FetchPhase.Waiting).OrderByDescending(value => (value.Total ?? value.Bytes) - value.Bytes).ThenBy(value => value.Dataset, StringComparer.Ordinal).ToArray();
            foreach (var value in now.Take(MostUnderWay))
            {
                Say(ProgressLine.UnderWay(value, BytesSince(value), Beat));
            }

            if (now.Length > MostUnderWay)
            {
                Say($"{now.Length} datasets under way, together {ByteSize.Format(now.Sum(BytesSince) / Beat.TotalSeconds)}/s");
            }

            _before.Clear();
            foreach (var value in now)
            {
                _before.Add(value.Dataset, value);
            }
        }
    }

    private long BytesSince(FetchProgress value) =>
        Math.Max(0, value.Bytes - (_before.TryGetValue(value.Dataset, out var before) && before.Phase == value.Phase ? before.Bytes : 0));

    private void Say(string line)
    {
        try
        {
            _lines.Add(line);
        }
        catch (Exception ended) when (ended is InvalidOperationException or ObjectDisposedException)
        {
            // The operation has ended; what is left to say about its progress has no reader.
        }
    }
}
