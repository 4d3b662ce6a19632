using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.BZip2;

namespace DataManifest.Archives;

/// <summary>The content of a bzip2 stream, or of several one behind the other, as tools write them that use all cores.</summary>
/// <param name="source">The compressed stream; the caller disposes of it.</param>
internal sealed class Bzip2Stream(Stream source) : ForwardStream
{
    private readonly ByteStream _source = new(source);
    private BZip2InputStream? _current;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The stream is garbled or was cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        var rented = System.Buffers.ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            var read = Read(rented, 0, buffer.Length);
            rented.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The stream is garbled or was cut.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            for (var isFirst = _current is null; count > 0; isFirst = false)
            {
                if (_current?.Read(buffer, offset, count) is > 0 and var read)
                {
                    return read;
                }

                // The next one begins at a byte of its own; zeros behind the last are padding.
                if (!isFirst && _source.Peek() is -1 or 0)
                {
                    return 0;
                }

                _current = new BZip2InputStream(_source) { IsStreamOwner = false };
            }

            return 0;
        }
        catch (Exception garbled) when (garbled is SharpZipBaseException or IndexOutOfRangeException or EndOfStreamException or OverflowException)
        {
            // The decoder runs out of its tables on some garbled streams.
            throw new InvalidDataException(garbled.Message, garbled);
        }
    }

    /// <summary>Hands out single bytes, which the decoder asks for, without a call of the source for each.</summary>
    private sealed class ByteStream(Stream inner) : ForwardStream
    {
        private readonly byte[] _buffer = new byte[64 * 1024];
        private int _at;
        private int _end;

        public int Peek() => _at < _end || Fill() ? _buffer[_at] : -1;

        public override int ReadByte() => _at < _end || Fill() ? _buffer[_at++] : -1;

        public override int Read(Span<byte> buffer)
        {
            if (_at == _end && !Fill())
            {
                return 0;
            }

            var count = Math.Min(buffer.Length, _end - _at);
            _buffer.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        private bool Fill()
        {
            (_at, _end) = (0, inner.Read(_buffer));
            return _end > 0;
        }
    }
}
