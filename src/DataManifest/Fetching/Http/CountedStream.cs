using DataManifest.Archives;

namespace DataManifest.Fetching.Http;

/// <summary>Counts the bytes that are read, to tell how much a coded body becomes when it is decoded.</summary>
/// <param name="inner">The body as it is sent.</param>
internal sealed class CountedStream(Stream inner) : ForwardStream
{
    /// <summary>The bytes read so far.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    private int Counted(int read)
    {
        Count += read;
        return read;
    }
}
