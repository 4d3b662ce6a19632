namespace DataManifest.Archives;

/// <summary>
/// A compressed stream's content. The platform's decoders take the end of their input for the end of the content, wherever it comes, so a stream that
/// was cut behind its last block, or in its check value, looks whole to them; this one is told apart.
/// </summary>
internal sealed class DecodedStream : ForwardStream
{
    private readonly PaddedStream _source;
    private readonly Stream _decoder;

    /// <summary>Begins to decode.</summary>
    /// <param name="source">The compressed stream; the caller disposes of it.</param>
    /// <param name="decode">Makes the decoder.</param>
    public DecodedStream(Stream source, Func<Stream, Stream> decode)
    {
        _source = new PaddedStream(source);
        _decoder = decode(_source);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The stream is garbled or was cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Checked(_decoder.Read(buffer), buffer.Length);
        }
        catch (InvalidOperationException garbled)
        {
            throw Garbled(garbled);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The stream is garbled or was cut.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Checked(await _decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);
        }
        catch (InvalidOperationException garbled)
        {
            throw Garbled(garbled);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The Brotli decoder tells of garbled input as if its caller had made a mistake.</summary>
    private static InvalidDataException Garbled(InvalidOperationException cause) => new(cause.Message, cause);

    private int Checked(int read, int wanted) => read == 0 && wanted > 0 && _source.IsStarved
        ? throw new InvalidDataException("The compressed stream ends early.")
        : read;

    /// <summary>
    /// Puts bytes behind the end that are neither a block's nor a check value's beginning: a decoder that is done leaves them, one that is not stumbles
    /// over them or asks for more.
    /// </summary>
    private sealed class PaddedStream(Stream inner) : ForwardStream
    {
        private const int Padding = 16;
        private bool _isPadded;

        public bool IsStarved { get; private set; }

        public override int Read(Span<byte> buffer) => inner.Read(buffer) is > 0 and var read ? read : Pad(buffer);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read ? read : Pad(buffer.Span);

        private int Pad(Span<byte> buffer)
        {
            IsStarved |= _isPadded && buffer.Length > 0;
            if (_isPadded || buffer.Length == 0)
            {
                return 0;
            }

            _isPadded = true;
            var padding = buffer[..Math.Min(buffer.Length, Padding)];
            padding.Fill(0xFF);
            return padding.Length;
        }
    }
}
