using System.Buffers;
using System.Threading.Channels;

namespace DataManifest.Archives;

/// <summary>Bytes on their way from one thread to another: written on one side, read as a stream on the other, and never more than a few buffers between.</summary>
internal sealed class StreamQueue : ForwardStream
{
    private const int Buffers = 8;

    private readonly Channel<ArraySegment<byte>> _queue =
        Channel.CreateBounded<ArraySegment<byte>>(new BoundedChannelOptions(Buffers) { SingleReader = true, SingleWriter = true });

    private ArraySegment<byte> _current = ArraySegment<byte>.Empty;
    private int _read;

    /// <summary>Adds a copy of some bytes, as soon as there is room.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ChannelClosedException">The reader has gone.</exception>
    public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        await _queue.Writer.WriteAsync(new ArraySegment<byte>(buffer, 0, bytes.Length), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says that no more bytes come.</summary>
    /// <param name="fault">Thrown to the reader behind the last byte; null for a proper end.</param>
    public void Complete(Exception? fault = null) => _queue.Writer.TryComplete(fault);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_read == _current.Count)
        {
            Return();
            if (!_queue.Reader.TryRead(out var next))
            {
                if (!_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                {
                    return 0;
                }

                continue;
            }

            (_current, _read) = (next, 0);
        }

        var part = _current.AsSpan(_read, Math.Min(buffer.Length, _current.Count - _read));
        part.CopyTo(buffer);
        _read += part.Length;
        return part.Length;
    }

    /// <summary>Lets go of the writer too.</summary>
    protected override void Dispose(bool disposing)
    {
        Complete();
        Return();
        while (_queue.Reader.TryRead(out var left))
        {
            ArrayPool<byte>.Shared.Return(left.Array!);
        }

        base.Dispose(disposing);
    }

    private void Return()
    {
        if (_current.Count > 0)
        {
            ArrayPool<byte>.Shared.Return(_current.Array!);
            (_current, _read) = (ArraySegment<byte>.Empty, 0);
        }
    }
}
