namespace DataManifest.Archives;

/// <summary>
/// Passes a tar stream on and remembers whether it ended as a tar archive does, with a block of zeros. The platform's reader takes the end of the
/// stream between two entries for the end of the archive, which hides a cut.
/// </summary>
internal sealed class TarEndStream(Stream inner) : ForwardStream
{
    private const int BlockSize = 512;
    private int _zeros;

    /// <summary>Whether the last bytes read were a block of zeros.</summary>
    public bool EndsWithZeros => _zeros >= BlockSize;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        var tail = buffer[Math.Max(0, read - BlockSize)..read];
        var zeros = tail.Length - 1 - tail.LastIndexOfAnyExcept((byte)0);
        _zeros = zeros == tail.Length ? Math.Min(BlockSize, _zeros + zeros) : zeros;
        return read;
    }
}
