using System.Collections.Concurrent;
using System.Globalization;
using DataManifest.Fetching;

namespace DataManifest.Build;

/// <summary>Turns progress into lines for a build log: one when something begins, then one every ten seconds while it goes on or waits.</summary>
internal sealed class FetchNarrator : IProgress<FetchProgress>, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (FetchPhase Phase, long Bytes, long? Total)> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, FetchPhase), bool> _begun = new();
    private readonly BlockingCollection<string> _lines;
    private readonly Timer _heart;

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

        _current[value.Dataset] = (value.Phase, value.Bytes, value.Total);
        if (value.Phase != FetchPhase.Verifying && _begun.TryAdd((value.Dataset, value.Phase), true))
        {
            Say(value.Phase switch
            {
                FetchPhase.Transferring => $"fetching {value.Dataset}{(value.Total is { } total ? $" ({ByteSize.Format(total)})" : "")}{(value.Source.Length > 0 ? $" from {value.Source}" : "")}",
                FetchPhase.Waiting => $"waiting for {value.Source}, which is fetching {value.Dataset}",
                _ => $"unpacking {value.Dataset}",
            });
        }
        else if (value.Phase == FetchPhase.Waiting)
        {
            Say($"still waiting for {value.Source}, which is fetching {value.Dataset}");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _heart.Dispose();

    private void Tell()
    {
        lock (_told)
        {
            foreach (var (dataset, (phase, bytes, total)) in _current)
            {
                var before = _told.GetValueOrDefault(dataset);
                _told[dataset] = bytes;
                if (bytes > before && bytes != total)
                {
                    var share = total > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * bytes / total:F0} % of {ByteSize.Format(total.Value)}") : ByteSize.Format(bytes);
                    Say($"{dataset}: {(phase switch { FetchPhase.Transferring => "", FetchPhase.Verifying => "verified ", _ => "unpacked " })}{share}, {ByteSize.Format((bytes - before) / Beat.TotalSeconds)}/s");
                }
            }
        }
    }

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
