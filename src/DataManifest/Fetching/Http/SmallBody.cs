using System.Buffers;

namespace DataManifest.Fetching.Http;

/// <summary>A body that is in memory as a whole, until it is disposed.</summary>
internal sealed class SmallBody : IDisposable
{
    /// <summary>The size in bytes up to which that is worth it.</summary>
    public const int Largest = 64 * 1024;

    private readonly byte[] _buffer;

    private SmallBody(int length)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(length + 1);
        Bytes = _buffer.AsMemory(0, length);
    }

    /// <summary>All of it.</summary>
    public Memory<byte> Bytes { get; }

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="length">Its size in bytes.</param>
    /// <param name="stall">How long the network may be silent.</param>
    /// <param name="received">Told how many bytes are here, after each read.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="TransientFault">The network failed, was silent for too long, or brought less or more.</exception>
    public static ValueTask<SmallBody> ReadAsync(Stream body, int length, TimeSpan stall, Action<long> received, CancellationToken cancellationToken) =>
        StallGuard.RunAsync(
            async (heard, token) =>
            {
                // When this fails the buffer is not given to others: a read that was cut off may still write to it.
                var content = new SmallBody(length);
                for (var filled = 0; filled < length;)
                {
                    // One byte more than there should be, or the rest of a longer body would be lost without anybody noticing.
                    var read = await body.ReadAsync(content._buffer.AsMemory(filled, length + 1 - filled), token).ConfigureAwait(false);
                    if (read == 0 || filled + read > length)
                    {
                        throw new TransientFault(read == 0 ? $"sent {filled} of {length} bytes" : $"sent more than the {length} bytes that it told");
                    }

                    heard();
                    received(filled += read);
                }

                return content;
            },
            stall,
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
