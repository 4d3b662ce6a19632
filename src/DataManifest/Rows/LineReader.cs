using System.Text;

namespace DataManifest.Rows;

/// <summary>Reads the lines of a stream as bytes, in a buffer that grows with the longest line alone.</summary>
/// <param name="stream">The bytes; a UTF-8 byte order mark in front is passed.</param>
internal sealed class LineReader(Stream stream)
{
    private const int FirstBuffer = 64 * 1024;
    private const int LongestLine = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The line's number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line without its end; good until the next one is read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Goes to the next line.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">A line is longer than 64 MiB.</exception>
    public bool Read()
    {
        var searched = 0;
        while (!TryTake(ref searched))
        {
            if (_isAtEnd)
            {
                return false;
            }

            MakeRoom();
            Filled(stream.Read(_buffer.AsSpan(_end)));
        }

        return true;
    }

    /// <summary>Goes to the next line.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">A line is longer than 64 MiB.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (!TryTake(ref searched))
        {
            if (_isAtEnd)
            {
                return false;
            }

            MakeRoom();
            Filled(await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false));
        }

        return true;
    }

    private bool TryTake(ref int searched)
    {
        var unread = _buffer.AsSpan(_start, _end - _start);
        var length = unread[searched..].IndexOf((byte)'\n') is >= 0 and var found ? searched + found : -1;
        if (length < 0 && !(_isAtEnd && unread.Length > 0))
        {
            searched = unread.Length;
            return false;
        }

        var line = new ReadOnlyMemory<byte>(_buffer, _start, length < 0 ? unread.Length : length);
        _start = length < 0 ? _end : _start + length + 1;
        if (Number++ == 0 && line.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            line = line[Encoding.UTF8.Preamble.Length..];
        }

        Line = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
        return true;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LongestLine)
            {
                throw new InvalidDataException($"Line {Number + 1} is longer than {LongestLine >> 20} MiB.");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private void Filled(int bytes)
    {
        _end += bytes;
        _isAtEnd = bytes == 0;
    }
}
