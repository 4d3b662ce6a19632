namespace DataManifest.Storage;

/// <summary>
/// The read pools whose folders exist, at most a tenth of a second old: most machines have few of them, and nothing need be looked for in the others.
/// </summary>
internal sealed class PresentPools
{
    private const int RecheckMilliseconds = 100;

    private volatile Seen? _seen;

    /// <summary>The pools of a configuration, those that do not exist left out.</summary>
    /// <param name="storage">The configuration; always the same one.</param>
    public IReadOnlyList<string> Present(StorageConfiguration storage)
    {
        var seen = _seen;
        if (seen is null || Environment.TickCount64 - seen.Ticks >= RecheckMilliseconds)
        {
            _seen = seen = new Seen([.. storage.DatasetsPools.Where(Directory.Exists)], Environment.TickCount64);
        }

        return seen.Pools;
    }

    private sealed record Seen(IReadOnlyList<string> Pools, long Ticks);
}
