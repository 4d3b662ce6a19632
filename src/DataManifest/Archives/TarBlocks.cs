using System.Globalization;
using System.Text;

namespace DataManifest.Archives;

/// <summary>
/// Passes a tar stream on and checks what the platform's reader does not: the check value of every header, and that the archive ends with a block of zeros. The
/// reader takes a changed header for a right one, and the end of the stream between two entries for the end of the archive.
/// </summary>
/// <param name="inner">The archive.</param>
internal sealed class TarBlocks(Stream inner) : ForwardStream
{
    private const int BlockSize = 512;
    private const int LongestExtension = 1 << 20;

    private readonly byte[] _header = new byte[BlockSize];
    private int _headerLength;
    private long _data;
    private List<byte>? _extension;
    private PaxRecords? _records;
    private long? _nextSize;

    /// <summary>Whether the archive's end marker has come.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A header is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        for (var rest = buffer[..read]; rest.Length > 0 && !HasEnded;)
        {
            rest = rest[(_data > 0 ? PassData(rest) : PassHeader(rest))..];
        }

        return read;
    }

    private int PassData(Span<byte> bytes)
    {
        var count = (int)Math.Min(_data, bytes.Length);
        _records?.Pass(bytes[..count]);
        _extension?.AddRange(bytes[..count]);
        _data -= count;
        if (_data == 0 && _extension is not null)
        {
            _nextSize = SizeIn(Encoding.UTF8.GetString([.. _extension]));
            _extension = null;
        }

        return count;
    }

    private int PassHeader(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(BlockSize - _headerLength, bytes.Length);
        bytes[..count].CopyTo(_header.AsSpan(_headerLength));
        _headerLength += count;
        if (_headerLength == BlockSize)
        {
            _headerLength = 0;
            Begin();
        }

        return count;
    }

    private void Begin()
    {
        if (!_header.AsSpan().ContainsAnyExcept((byte)0))
        {
            HasEnded = true;
            return;
        }

        var (unsigned, signed) = (8 * ' ', 8 * ' ');
        for (var i = 0; i < BlockSize; i++)
        {
            if (i is < 148 or >= 156)
            {
                unsigned += _header[i];
                signed += (sbyte)_header[i];
            }
        }

        var checkValue = Number(_header.AsSpan(148, 8));
        if (checkValue != unsigned && checkValue != signed)
        {
            throw new InvalidDataException("The check value of a header is wrong.");
        }

        var type = (char)_header[156];
        var isExtension = type is 'x' or 'g' or 'L' or 'K';
        var size = isExtension ? Number(_header.AsSpan(124, 12)) : _nextSize ?? Number(_header.AsSpan(124, 12));
        if (isExtension && size > LongestExtension)
        {
            // The reader makes room for all of it at once, on the header's word.
            throw new InvalidDataException($"An extended header has more than {LongestExtension} bytes.");
        }

        _nextSize = isExtension ? _nextSize : null;
        _extension = type == 'x' && size > 0 ? [] : null;
        _records = type is 'x' or 'g' ? new PaxRecords() : null;
        _data = size is >= 0 and <= long.MaxValue - BlockSize ? (size + BlockSize - 1) / BlockSize * BlockSize : throw new InvalidDataException("A header has an impossible size.");
    }

    /// <summary>A number in octal digits, or, where these are too few, in base 256.</summary>
    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) != 0)
        {
            var number = (Int128)(field[0] & 0x7F);
            foreach (var value in field[1..])
            {
                number = (number << 8) | value;
            }

            return number <= long.MaxValue ? (long)number : -1;
        }

        var sum = 0L;
        foreach (var digit in field.Trim([(byte)' ', (byte)0]))
        {
            sum = digit is >= (byte)'0' and <= (byte)'7' ? (sum << 3) | (long)(digit - '0') : throw new InvalidDataException("A header has a number that is none.");
        }

        return sum;
    }

    /// <summary>The size that an extended header gives the next entry; null when it gives none.</summary>
    private static long? SizeIn(string records)
    {
        for (int at = 0, space; (space = records.IndexOf(' ', at)) > 0;)
        {
            var record = records.AsSpan(space + 1);
            if (record.StartsWith("size=") && record.IndexOf('\n') is > 0 and var end
                && long.TryParse(record["size=".Length..end], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return size;
            }

            at = records.IndexOf('\n', space) + 1;
            if (at == 0)
            {
                break;
            }
        }

        return null;
    }
}
