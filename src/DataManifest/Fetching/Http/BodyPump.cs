using System.Buffers;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching.Http;

/// <summary>
/// Moves a response's body to disk with two large buffers: while one goes through the digest in a task of its own, this one writes it and fills the other. Waking a
/// thread costs more than copying what it is woken for, so a buffer is handed over when it is full, or after a second, and the buffers grow: who is killed early loses little.
/// Where somebody watches the content, what is here is handed over as soon as the network pauses.
/// </summary>
/// <param name="file">The open file.</param>
/// <param name="front">Sees every byte that is written.</param>
/// <param name="stall">How long the network may be silent.</param>
internal sealed class BodyPump(SafeFileHandle file, ContentFront front, TimeSpan stall)
{
    /// <summary>The size of a buffer when few transfers run at once.</summary>
    public const int LargestBuffer = 4 * 1024 * 1024;

    private const int SmallestBuffer = 4096;
    private const int FirstBuffer = 256 * 1024;
    private const int WorthAnotherThread = 256 * 1024;
    private const int LongestHold = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>A read that goes on in the rest of a buffer whose beginning was handed over; null for none.</summary>
    private Task<int>? _reading;

    /// <summary>The size of the buffers, in bytes.</summary>
    public int BufferSize { get; init; } = LargestBuffer;

    /// <summary>Told how fast the network is, and tells how far to read; null to read to the end.</summary>
    public ParallelRanges? Ranges { get; init; }

    /// <summary>Copies the body. What was received before a fault is written too.</summary>
    /// <param name="body">The body.</param>
    /// <param name="offset">Where in the file its first byte belongs.</param>
    /// <param name="length">How many bytes to expect, if known.</param>
    /// <param name="first">Sees the first bytes of the body before anything is written, and may throw.</param>
    /// <param name="received">Told how many bytes came, after each read.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="TransientFault">The network failed or was silent for too long.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public async Task<long> CopyAsync(
        Stream body, long offset, long? length, Action<ReadOnlyMemory<byte>> first, Action<long> received, CancellationToken cancellationToken)
    {
        var size = (int)Math.Clamp(length + 1 ?? BufferSize, SmallestBuffer, FirstBuffer);
        var flush = new EarlyFlush(file);
        byte[][] buffers = [[], []];
        var (current, used) = (0, 0);
        var passing = Task.CompletedTask;
        var written = 0L;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (true)
            {
                if (_reading is null)
                {
                    (current, used) = (1 - current, 0);
                    if (buffers[current].Length < size)
                    {
                        ArrayPool<byte>.Shared.Return(buffers[current]);
                        buffers[current] = ArrayPool<byte>.Shared.Rent(size);
                    }
                }

                var space = buffers[current].AsMemory(used);
                var (filled, isEnd, fault) = await FillAsync(body, space, offset + written, offset + length, received, stop.Token).ConfigureAwait(false);
                var bytes = space[..filled];
                used += filled;
                if (written == 0 && filled > 0)
                {
                    first(bytes);
                }

                await passing.ConfigureAwait(false);
                passing = filled < WorthAnotherThread ? PassAsync(bytes) : Task.Run(() => PassAsync(bytes), CancellationToken.None);

                // Not asynchronous, for that would only wake another thread to do it.
                RandomAccess.Write(file, bytes.Span, offset + written);
                written += filled;
                size = Math.Min(size * 2, BufferSize);
                flush.Wrote(filled);
                if (isEnd || fault is not null)
                {
                    await passing.ConfigureAwait(false);
                    fault?.Throw();
                    await flush.CompleteAsync().ConfigureAwait(false);
                    return written;
                }
            }
        }
        finally
        {
            // A buffer that is still being filled or read must not be given to others.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task?)_reading ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await passing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Array.ForEach(buffers, buffer => ArrayPool<byte>.Shared.Return(buffer));
        }

        Task PassAsync(ReadOnlyMemory<byte> bytes) => front.AppendAsync(bytes, cancellationToken).AsTask();
    }

    private async Task<(int Filled, bool IsEnd, ExceptionDispatchInfo? Fault)> FillAsync(
        Stream body, Memory<byte> space, long position, long? end, Action<long> received, CancellationToken cancellationToken)
    {
        var filled = 0;
        try
        {
            for (var begin = Environment.TickCount64; filled < space.Length && Environment.TickCount64 - begin < LongestHold;)
            {
                var waiting = Stopwatch.GetTimestamp();
                var reading = _reading ?? ReadAsync(filled);
                _reading = null;
                if (front.IsWatched && filled > 0 && !reading.IsCompleted && await Task.WhenAny(reading, Task.Delay(Pause, CancellationToken.None)).ConfigureAwait(false) != reading)
                {
                    _reading = reading;
                    return (filled, false, null);
                }

                var read = await reading.ConfigureAwait(false);
                filled += read;
                received(read);
                if (read == 0 || position + filled == end)
                {
                    return (filled, true, null);
                }

                Ranges?.Observe(position + filled, Stopwatch.GetElapsedTime(waiting));
            }

            return (filled, false, null);
        }
        catch (Exception fault)
        {
            return (filled, false, ExceptionDispatchInfo.Capture(fault));
        }

        Task<int> ReadAsync(int at)
        {
            var wanted = space[at..];
            wanted = wanted[..(int)Math.Min(wanted.Length, (Ranges?.EndAt(position + at) ?? long.MaxValue) - position - at)];
            return wanted.Length == 0 ? Task.FromResult(0) : StallGuard.RunAsync(token => body.ReadAsync(wanted, token), stall, cancellationToken).AsTask();
        }
    }
}
