namespace DataManifest.Archives;

/// <summary>
/// Reads a stream on a thread of its own, so that decoding and writing run at once. To wake a thread costs more than to decode what it is woken for, so each side
/// waits until there is much to do; only when the source pauses, little is handed over too.
/// </summary>
internal sealed class ReadAheadStream : ForwardStream
{
    private const int RingSize = 1024 * 1024;
    private const int LargestRead = 128 * 1024;
    private const int WorthWaking = 256 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly byte[] _ring = new byte[RingSize];
    private readonly Stream _source;
    private readonly Action _stop;
    private readonly Task _reading;
    private long _written;
    private long _read;
    private bool _hasEnded;
    private bool _isClosed;
    private System.Runtime.ExceptionServices.ExceptionDispatchInfo? _fault;

    /// <summary>Begins to read.</summary>
    /// <param name="source">The stream; this one owns it.</param>
    /// <param name="stop">Ends a read of the source that waits, for what is not wanted any more.</param>
    public ReadAheadStream(Stream source, Action stop)
    {
        (_source, _stop) = (source, stop);
        _reading = Task.Factory.StartNew(ReadAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int available;
        lock (_gate)
        {
            while (_written == _read && !_hasEnded)
            {
                // Woken by much, or by the end; what came meanwhile otherwise is taken after a pause.
                Monitor.Wait(_gate, Pause);
            }

            available = (int)(_written - _read);
            if (available == 0)
            {
                _fault?.Throw();
                return 0;
            }
        }

        var at = (int)(_read % RingSize);
        var part = _ring.AsSpan(at, Math.Min(Math.Min(buffer.Length, available), RingSize - at));
        part.CopyTo(buffer);
        lock (_gate)
        {
            _read += part.Length;
            if (RingSize - (_written - _read) is var free && free >= WorthWaking && free - part.Length < WorthWaking)
            {
                Monitor.Pulse(_gate);
            }
        }

        return part.Length;
    }

    /// <summary>Waits for the thread, which reads no further than the bytes that it is decoding.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                _isClosed = true;
                Monitor.Pulse(_gate);
            }

            _stop();
            _reading.GetAwaiter().GetResult();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReadAll()
    {
        try
        {
            while (Room() is { Length: > 0 } room && _source.Read(room.Span) is > 0 and var read)
            {
                lock (_gate)
                {
                    var before = _written - _read;
                    _written += read;
                    if (before < WorthWaking && before + read >= WorthWaking)
                    {
                        Monitor.Pulse(_gate);
                    }
                }
            }
        }
        catch (Exception fault)
        {
            _fault = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(fault);
        }

        lock (_gate)
        {
            _hasEnded = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The next free part of the ring; empty when nobody wants more.</summary>
    private Memory<byte> Room()
    {
        lock (_gate)
        {
            while (RingSize - (_written - _read) < LargestRead && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            var at = (int)(_written % RingSize);
            return _isClosed ? Memory<byte>.Empty : _ring.AsMemory(at, Math.Min(LargestRead, RingSize - at));
        }
    }
}
