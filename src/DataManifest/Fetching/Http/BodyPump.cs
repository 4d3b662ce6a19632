using System.Buffers;
using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching.Http;

/// <summary>
/// Moves a response's body to disk: one task reads the network into rented buffers, another hashes and writes them, and a short queue between them
/// bounds the memory and lets both run at once.
/// </summary>
/// <param name="file">The open file.</param>
/// <param name="front">Sees every byte that is written.</param>
/// <param name="stall">How long the network may be silent.</param>
internal sealed class BodyPump(SafeFileHandle file, ContentFront front, TimeSpan stall)
{
    private const int LargestBuffer = 1024 * 1024;
    private const int QueuedBuffers = 3;
    private const int LongestHold = 1000;

    /// <summary>Copies the whole body. What was received before a fault is written too.</summary>
    /// <param name="body">The body.</param>
    /// <param name="offset">Where in the file its first byte belongs.</param>
    /// <param name="length">How many bytes to expect, if known; only the buffers' size hangs on it.</param>
    /// <param name="first">Sees the first bytes of the body before anything is written, and may throw.</param>
    /// <param name="received">Told the bytes received so far.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="TransientFault">The network failed or was silent for too long.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public async Task<long> CopyAsync(
        Stream body, long offset, long? length, Action<ReadOnlyMemory<byte>> first, Action<long> received, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<ArraySegment<byte>>(new BoundedChannelOptions(QueuedBuffers) { SingleReader = true, SingleWriter = true });
        var writing = Task.Run(() => WriteAsync(queue, offset, cancellationToken), CancellationToken.None);
        Exception? fault = null;
        try
        {
            await ReadAsync(body, queue.Writer, (int)Math.Clamp(length + 1 ?? LargestBuffer, 4096, LargestBuffer), first, received, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The writer failed; its own exception is thrown below.
        }
        catch (Exception thrown)
        {
            fault = thrown;
        }

        queue.Writer.TryComplete();
        var written = await writing.ConfigureAwait(false);
        if (fault is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }

        return written;
    }

    private async Task ReadAsync(
        Stream body, ChannelWriter<ArraySegment<byte>> queue, int bufferSize, Action<ReadOnlyMemory<byte>> first, Action<long> received,
        CancellationToken cancellationToken)
    {
        var total = 0L;
        for (var ended = false; !ended;)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(bufferSize);
            var filled = 0;
            try
            {
                // A slow server's bytes are handed over once a second, so that a killed process loses little.
                for (var begin = Environment.TickCount64; filled < buffer.Length && Environment.TickCount64 - begin < LongestHold;)
                {
                    var read = await StallGuard.RunAsync(token => body.ReadAsync(buffer.AsMemory(filled), token), stall, cancellationToken).ConfigureAwait(false);
                    if (read == 0)
                    {
                        ended = true;
                        break;
                    }

                    filled += read;
                    received(total + filled);
                }
            }
            finally
            {
                if (total == 0 && filled > 0)
                {
                    first(buffer.AsMemory(0, filled));
                }

                total += filled;
                if (filled > 0)
                {
                    await queue.WriteAsync(new ArraySegment<byte>(buffer, 0, filled), CancellationToken.None).ConfigureAwait(false);
                }
                else
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
    }

    private async Task<long> WriteAsync(Channel<ArraySegment<byte>> queue, long offset, CancellationToken cancellationToken)
    {
        var written = 0L;
        try
        {
            await foreach (var buffer in queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                // The kernel copies the buffer on one core while another hashes it.
                var storing = RandomAccess.WriteAsync(file, buffer, offset + written, CancellationToken.None);
                try
                {
                    await front.AppendAsync(buffer, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    await storing.ConfigureAwait(false);
                }

                written += buffer.Count;
                ArrayPool<byte>.Shared.Return(buffer.Array!);
            }
        }
        catch (Exception fault)
        {
            queue.Writer.TryComplete(fault);
            throw;
        }

        return written;
    }
}
