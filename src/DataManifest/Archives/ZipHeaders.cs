using System.Text;
using static DataManifest.Archives.ArchiveFile;
using static DataManifest.Archives.ZipEntry;

namespace DataManifest.Archives;

/// <summary>
/// Compares what the central directory says of each entry with the header before its data and the descriptor behind them. Tools differ in which one they
/// believe, so an archive whose lists differ, or whose entries share bytes, shows different content to different tools, or more of it than it has.
/// </summary>
/// <param name="file">The archive.</param>
internal sealed class ZipHeaders(ArchiveFile file)
{
    private const int HeaderSize = 30;
    private const int WindowSize = 16 * 1024;
    private const uint InZip64 = uint.MaxValue;

    private readonly byte[] _window = new byte[WindowSize];
    private long _windowStart;
    private int _windowLength;

    /// <summary>Checks all entries.</summary>
    /// <param name="entries">What the directory says.</param>
    /// <param name="end">Where the directory begins.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    /// <returns>The entries in the order of their data, each with the place where these begin.</returns>
    /// <exception cref="DataManifest.Fetching.FetchFaultException">The archive is damaged or contradicts itself.</exception>
    public List<(ZipEntry Entry, long Data)> Check(IEnumerable<ZipEntry> entries, long end, CancellationToken cancellationToken)
    {
        var located = new List<(ZipEntry, long)>();
        var free = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Offset))
        {
            cancellationToken.ThrowIfCancellationRequested();
            entry.RequireUsable();
            if (entry.Offset < free)
            {
                throw EntryPath.Refuse(entry.Name, "shares its data with another entry");
            }

            var data = CompareHeader(entry, out var hasDescriptor);
            if (entry.Packed > end - data)
            {
                throw ExtractionFolder.Damaged($"the data of '{entry.Name}' reach into the directory");
            }

            free = data + entry.Packed;
            free += hasDescriptor ? DescriptorSize(entry, free, end) : 0;

            located.Add((entry, data));
        }

        return located;
    }

    private long CompareHeader(ZipEntry entry, out bool hasDescriptor)
    {
        var header = At(entry.Offset, HeaderSize);
        if (U32(header, 0) != 0x04034b50)
        {
            throw ExtractionFolder.Damaged($"no entry begins where '{entry.Name}' should");
        }

        var (flags, method, crc) = (U16(header, 6), U16(header, 8), U32(header, 14));
        var (packed, full) = ((long)U32(header, 18), (long)U32(header, 22));
        var (nameLength, extraLength) = (U16(header, 26), U16(header, 28));
        var tail = At(entry.Offset + HeaderSize, nameLength + extraLength);
        var large = new ZipExtra(tail[nameLength..]).Large();
        full = full == InZip64 && large.Length >= 8 ? I64(large, 0) : full;
        packed = packed == InZip64 && large.Length >= 16 ? I64(large, 8) : packed;
        var isOpen = hasDescriptor = ((flags | entry.Flags) & DescriptorFlag) != 0;
        var isSame = (packed == entry.Packed || (isOpen && packed is 0 or InZip64)) && (full == entry.Full || (isOpen && full is 0 or InZip64)) && (crc == entry.Crc || (isOpen && crc == 0));
        var meaning = Ascii.IsValid(entry.RawName) ? EncryptionFlags : EncryptionFlags | Utf8Flag;
        return tail[..nameLength].SequenceEqual(entry.RawName) && method == entry.Method && (flags & meaning) == (entry.Flags & meaning) && isSame
            ? entry.Offset + HeaderSize + nameLength + extraLength
            : throw EntryPath.Refuse(entry.Name, "is described differently in the archive's directory and before its data");
    }

    /// <summary>The size of what stands behind the data: sizes of four bytes or eight, with a signature or without.</summary>
    private int DescriptorSize(ZipEntry entry, long offset, long end)
    {
        var bytes = At(offset, (int)Math.Min(24, end - offset));
        foreach (var signature in (ReadOnlySpan<int>)[4, 0])
        {
            if (bytes.Length < signature + 12 || (signature == 4 && U32(bytes, 0) != 0x08074b50) || U32(bytes, signature) != entry.Crc)
            {
                continue;
            }

            if (bytes.Length >= signature + 20 && I64(bytes, signature + 4) == entry.Packed && I64(bytes, signature + 12) == entry.Full)
            {
                return signature + 20;
            }

            if (U32(bytes, signature + 4) == (uint)entry.Packed && U32(bytes, signature + 8) == (uint)entry.Full)
            {
                return signature + 12;
            }
        }

        throw EntryPath.Refuse(entry.Name, "is described differently in the archive's directory and behind its data");
    }

    /// <summary>Some bytes; read in larger pieces, since the headers of small entries lie close together.</summary>
    private ReadOnlySpan<byte> At(long offset, int count)
    {
        if (count > WindowSize)
        {
            return file.Read(offset, count);
        }

        if (offset < _windowStart || offset + count > _windowStart + _windowLength)
        {
            var length = (int)Math.Clamp(file.Length - offset, count, WindowSize);
            file.Read(offset, _window.AsSpan(0, length));
            (_windowStart, _windowLength) = (offset, length);
        }

        return _window.AsSpan((int)(offset - _windowStart), count);
    }
}
