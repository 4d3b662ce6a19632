namespace DataManifest.Archives;

/// <summary>
/// Passes a tar stream on and remembers whether it ended as a tar archive does, with a block of zeros. The platform's reader takes the end of the
/// stream between two entries for the end of the archive, which hides a cut.
/// </summary>
internal sealed class TarEndStream(Stream inner) : Stream
{
    private const int BlockSize = 512;
    private int _zeros;

    /// <summary>Whether the last bytes read were a block of zeros.</summary>
    public bool EndsWithZeros => _zeros >= BlockSize;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        var tail = buffer[Math.Max(0, read - BlockSize)..read];
        var zeros = tail.Length - 1 - tail.LastIndexOfAnyExcept((byte)0);
        _zeros = zeros == tail.Length ? Math.Min(BlockSize, _zeros + zeros) : zeros;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
