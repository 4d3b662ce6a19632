namespace DataManifest.Archives;

/// <summary>Reads a stream on a thread of its own, so that decoding and writing run at once.</summary>
internal sealed class ReadAheadStream : ForwardStream
{
    private const int BufferSize = 128 * 1024;

    private readonly StreamQueue _queue = new();
    private readonly Stream _source;
    private readonly Task _reading;

    /// <summary>Begins to read.</summary>
    /// <param name="source">The stream; this one owns it.</param>
    public ReadAheadStream(Stream source)
    {
        _source = source;
        _reading = Task.Factory.StartNew(() => _queue.AddAll(source, BufferSize), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _queue.Read(buffer);

    /// <summary>Waits for the thread, which reads no further than the bytes that it is waiting for.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _queue.Dispose();
            _reading.GetAwaiter().GetResult();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}
