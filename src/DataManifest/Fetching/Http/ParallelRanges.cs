using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching.Http;

/// <summary>
/// Speeds up the download of one large file from a server that is slow per connection: watches the first connection, and when that is slow, fetches blocks ahead of
/// it over further ones. Every block is asked for under the condition that the content is still the same, and goes to its place in the file. The number of
/// connections doubles as long as that helps; one that the server refuses is not tried again.
/// </summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="options">What counts as slow.</param>
/// <param name="query">The request that the first connection was opened with.</param>
/// <param name="partial">The file's notes; its validator and size are known.</param>
/// <param name="file">The open file.</param>
/// <param name="received">Told how many bytes came by other connections than the first.</param>
/// <param name="cancellationToken">Stops all.</param>
internal sealed class ParallelRanges(
    HttpTransport transport, HttpOptions options, HttpQuery query, PartialDownload partial, SafeFileHandle file, Action<long> received, CancellationToken cancellationToken)
{
    private const int BufferSize = 256 * 1024;
    private const int BlocksPerSplit = 2;
    private const double Helps = 1.15;
    private const int Undecided = 0;
    private const int Proven = 1;
    private const int Abandoned = 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly TaskCompletionSource _proven = new();
    private readonly EarlyFlush _flush = new(file);
    private RangeBlocks? _blocks;
    private Task _running = Task.CompletedTask;
    private TimeSpan _waited;
    private long _lookedAt = query.Offset;
    private long _end = partial.Total;
    private long _sum;
    private int _outcome;

    /// <summary>Told by the first connection how far it is, after each read; may start a second one.</summary>
    /// <param name="position">The next byte it will read.</param>
    /// <param name="waiting">How long it waited for the last bytes.</param>
    public void Observe(long position, TimeSpan waiting)
    {
        _waited += waiting;
        if (_waited < Look || _blocks is not null)
        {
            return;
        }

        var rate = (position - _lookedAt) / _waited.TotalSeconds;
        var largest = options.SmallestSplit / BlocksPerSplit;
        var begin = position + Math.Max(largest / 2, (long)(rate * Look.TotalSeconds * 2));
        if (rate < options.SplitBelow && partial.Total - begin >= options.SmallestSplit)
        {
            _end = begin;
            _blocks = new RangeBlocks(begin, partial.Total, largest);
            _running = Task.Run(() => RunAsync(_blocks, rate), CancellationToken.None);
        }

        (_waited, _lookedAt) = (TimeSpan.Zero, position);
    }

    /// <summary>
    /// How far the first connection may read. No byte is ever written by two, or the digest could be that of other bytes than the file's: if nothing has been proven
    /// by the time it comes to where the next one would have begun, it goes on alone.
    /// </summary>
    /// <param name="position">The next byte it will read.</param>
    public long EndAt(long position)
    {
        if (position >= _end && Interlocked.CompareExchange(ref _outcome, Abandoned, Undecided) == Undecided)
        {
            _end = partial.Total;
        }

        return _end;
    }

    /// <summary>Fetches the rest, unless the first connection has it all, and follows with the digest as it comes in.</summary>
    /// <param name="front">How far the first connection came.</param>
    /// <returns>Whether there was something to fetch.</returns>
    /// <exception cref="TransientFault">The connections failed.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public async Task<bool> CompleteAsync(ContentFront front)
    {
        if (_blocks is null || Volatile.Read(ref _outcome) != Proven || front.Position < _blocks.Begin)
        {
            return false;
        }

        // In place of the first connection, whose share is done.
        _running = Task.WhenAll(_running, WorkAsync(_blocks, slot: null));
        while (front.Position < partial.Total)
        {
            var end = await _blocks.WaitBeyondAsync(front.Position, _running).ConfigureAwait(false);
            if (end <= front.Position)
            {
                await _running.ConfigureAwait(false);
                throw _blocks.Fault ?? new TransientFault("refused further connections");
            }

            await front.FollowAsync(file, end, cancellationToken).ConfigureAwait(false);
            partial.NoteRanges(end);
        }

        await _running.ConfigureAwait(false);
        await _flush.CompleteAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends the further connections, and gives up what they have fetched behind a gap.</summary>
    /// <param name="front">What is here without a gap.</param>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> StopAsync(ContentFront front)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_outcome == Proven)
        {
            partial.EndRanges(file, front.Position < _blocks!.Begin ? front.Position : Math.Max(front.Position, _blocks.Contiguous));
        }

        _stop.Dispose();
        return _outcome == Proven;
    }

    private async Task RunAsync(RangeBlocks blocks, double rate)
    {
        var workers = new List<Task>();
        Add();
        await Task.WhenAny([_proven.Task, .. workers]).ConfigureAwait(false);
        for (var helps = _proven.Task.IsCompleted; helps && workers.Count + 1 < options.ParallelPerHost;)
        {
            for (var wanted = workers.Count + 1; wanted > 0 && workers.Count + 1 < options.ParallelPerHost && Add(); wanted--)
            {
            }

            var before = Volatile.Read(ref _sum);
            await Task.Delay(Step, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = (Volatile.Read(ref _sum) - before) / Step.TotalSeconds;
            (helps, rate) = (now > rate * Helps && !workers[^1].IsCompleted, now);
        }

        await Task.WhenAll(workers).ConfigureAwait(false);

        bool Add()
        {
            if (transport.TryEnter(query.Uri) is not { } slot)
            {
                return false;
            }

            workers.Add(WorkAsync(blocks, slot));
            return true;
        }
    }

    private async Task WorkAsync(RangeBlocks blocks, IDisposable? slot)
    {
        using var held = slot;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (blocks.Take() is { } block)
            {
                try
                {
                    await FetchAsync(block, buffer).ConfigureAwait(false);
                    blocks.Finish(block);
                }
                catch (Exception fault) when (fault is TransientFault or FetchFaultException)
                {
                    blocks.GiveBack(block, fault as TransientFault ?? new TransientFault("refused a further connection", fault));
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task FetchAsync(RangeBlock block, byte[] buffer)
    {
        var (response, place) = await transport.SendAsync(
            query with { Offset = block.Position, End = block.End, Validator = partial.Validator }, _stop.Token).ConfigureAwait(false);
        using var owned = response;
        var answer = new HttpAnswer(response, place, block.Position, query.IgnoresContentCoding);
        answer.ThrowIfFailed();
        if (!answer.IsPart(block.End, partial.Total, partial.Validator!))
        {
            throw new TransientFault("refused a further connection");
        }

        if (!_proven.Task.IsCompleted)
        {
            if (Interlocked.CompareExchange(ref _outcome, Proven, Undecided) == Abandoned)
            {
                throw new TransientFault("came too late");
            }

            // The server has shown that it serves ranges of this very content: only now something is written behind a gap.
            partial.NoteRanges(RandomAccess.GetLength(file));
            _proven.TrySetResult();
        }

        await using var body = await response.Content.ReadAsStreamAsync(_stop.Token).ConfigureAwait(false);
        while (block.Position < block.End)
        {
            var read = await StallGuard.RunAsync(
                token => body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, block.End - block.Position)), token), options.StallTimeout, _stop.Token).ConfigureAwait(false);
            if (read == 0)
            {
                throw new TransientFault($"sent {block.Position} of {block.End} bytes");
            }

            RandomAccess.Write(file, buffer.AsSpan(0, read), block.Position);
            block.Position += read;
            Interlocked.Add(ref _sum, read);
            _flush.Wrote(read);
            received(read);
        }
    }
}
