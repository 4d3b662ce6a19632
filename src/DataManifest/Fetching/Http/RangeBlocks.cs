namespace DataManifest.Fetching.Http;

/// <summary>A part of a content that one connection fetches.</summary>
/// <param name="begin">Its first byte.</param>
/// <param name="end">The byte behind its last.</param>
internal sealed class RangeBlock(long begin, long end)
{
    private long _position = begin;

    /// <summary>Its first byte.</summary>
    public long Begin { get; } = begin;

    /// <summary>The byte behind the last.</summary>
    public long End { get; } = end;

    /// <summary>The next byte that is missing.</summary>
    public long Position
    {
        get => Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, value);
    }
}

/// <summary>Hands out the blocks of a content from the front, and knows how far they are here without a gap. Thread-safe.</summary>
/// <param name="begin">The first byte.</param>
/// <param name="end">The byte behind the last.</param>
/// <param name="largest">The size of the first blocks; they shrink towards the end, so that the last connections end together.</param>
internal sealed class RangeBlocks(long begin, long end, long largest)
{
    private const int SmallerAtMost = 16;
    private const int SharesOfTheRest = 16;

    private readonly object _gate = new();
    private readonly SortedDictionary<long, RangeBlock> _open = [];
    private readonly Queue<RangeBlock> _returned = new();
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _next = begin;

    /// <summary>The first byte.</summary>
    public long Begin { get; } = begin;

    /// <summary>Why the last connection gave up; null when none has.</summary>
    public TransientFault? Fault { get; private set; }

    /// <summary>Up to where everything is here.</summary>
    public long Contiguous
    {
        get
        {
            lock (_gate)
            {
                return _open.Count > 0 ? _open.First().Value.Position : _next;
            }
        }
    }

    /// <summary>The next block; null when all are taken.</summary>
    public RangeBlock? Take()
    {
        lock (_gate)
        {
            if (_returned.TryDequeue(out var block))
            {
                return block;
            }

            if (_next >= end)
            {
                return null;
            }

            block = new RangeBlock(_next, Math.Min(end, _next + Math.Clamp((end - _next) / SharesOfTheRest, largest / SmallerAtMost, largest)));
            _next = block.End;
            _open.Add(block.Begin, block);
            return block;
        }
    }

    /// <summary>Notes that a block is here.</summary>
    /// <param name="block">The block.</param>
    public void Finish(RangeBlock block)
    {
        lock (_gate)
        {
            _open.Remove(block.Begin);
            Signal();
        }
    }

    /// <summary>Lets another connection go on with a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="fault">Why this one does not.</param>
    public void GiveBack(RangeBlock block, TransientFault fault)
    {
        lock (_gate)
        {
            _returned.Enqueue(block);
            Fault = fault;
        }
    }

    /// <summary>Waits until more is here than before.</summary>
    /// <param name="position">What was here.</param>
    /// <param name="running">Ends when nobody fetches any more.</param>
    /// <returns>Up to where everything is here; <paramref name="position"/> or less when nothing more will come.</returns>
    public async Task<long> WaitBeyondAsync(long position, Task running)
    {
        while (true)
        {
            Task progress;
            lock (_gate)
            {
                progress = _progress.Task;
            }

            var isOver = running.IsCompleted;
            if (Contiguous is var here && (here > position || isOver))
            {
                return here;
            }

            await Task.WhenAny(progress, running).ConfigureAwait(false);
        }
    }

    private void Signal()
    {
        _progress.TrySetResult();
        _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
