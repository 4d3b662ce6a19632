using System.Collections.Concurrent;
using System.Globalization;
using DataManifest.Fetching;

namespace DataManifest.Tool.Output;

/// <summary>What goes on for long without a terminal: now and then a line for each of the datasets that have most to go, so that a log shows that the command lives.</summary>
internal sealed class ProgressBeat : IDisposable
{
    private const int MostUnderWay = 5;
    private readonly ConcurrentDictionary<string, FetchProgress> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _before = new(StringComparer.Ordinal);
    private readonly Action<string> _say;
    private readonly TimeSpan _interval;
    private readonly Timer _timer;

    /// <summary>Begins.</summary>
    /// <param name="say">Gets the lines, one at a time.</param>
    /// <param name="interval">How often.</param>
    public ProgressBeat(Action<string> say, TimeSpan interval)
    {
        (_say, _interval) = (say, interval);
        _timer = new Timer(_ => Tell(), null, interval, interval);
    }

    /// <summary>Takes notice of how far a dataset is.</summary>
    /// <param name="value">How far.</param>
    public void Note(FetchProgress value)
    {
        if (value.Phase == FetchPhase.Finished)
        {
            _current.TryRemove(value.Dataset, out _);
        }
        else
        {
            _current[value.Dataset] = value;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tell()
    {
        lock (_before)
        {
            var now = _current.Values.OrderByDescending(value => (value.Total ?? value.Bytes) - value.Bytes).ThenBy(value => value.Dataset, StringComparer.Ordinal).ToArray();
            foreach (var value in now.Take(MostUnderWay))
            {
                _say(Line(value));
            }

            _before.Clear();
            foreach (var value in now)
            {
                _before[value.Dataset] = value.Bytes;
            }
        }
    }

    private string Line(FetchProgress value)
    {
        if (value.Phase == FetchPhase.Waiting)
        {
            return $"still waiting for {value.Source}, which works on {value.Dataset}";
        }

        var speed = (value.Bytes - _before.GetValueOrDefault(value.Dataset)) / _interval.TotalSeconds;
        var doing = value.Phase switch { FetchPhase.Extracting => "unpacked ", FetchPhase.Copying => "copied ", FetchPhase.Verifying => "verified ", _ => "" };
        var done = value.Total is > 0 and var total
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100, 100.0 * value.Bytes / total):F0} % of {ByteSize.Format(total)}")
            : ByteSize.Format(value.Bytes);
        return $"{value.Dataset}: {doing}{done}, {(speed > 0 ? $"{ByteSize.Format((long)speed)}/s" : "nothing since the last line")}";
    }
}
