using System.Buffers.Binary;
using System.Text;

namespace DataManifest.Archives;

/// <summary>
/// Reads the two lists that a zip archive has of its entries, the central directory and the headers before the data, and compares them. Tools differ
/// in which one they believe, so an archive whose lists differ shows different content to different tools.
/// </summary>
internal static class ZipDirectory
{
    private const int EndSize = 22;
    private const int CentralSize = 46;
    private const int LocalSize = 30;
    private const uint InZip64 = uint.MaxValue;

    /// <summary>Compares the lists.</summary>
    /// <param name="archive">A seekable stream of the archive.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    /// <exception cref="DataManifest.Fetching.FetchFaultException">The archive is cut, or an entry's name, method, size or check value differs.</exception>
    public static void RequireConsistent(Stream archive, CancellationToken cancellationToken)
    {
        try
        {
            var (offset, size) = FindDirectory(archive);
            var directory = ReadAt(archive, offset, checked((int)size));
            for (var rest = directory.AsSpan(); rest.Length >= CentralSize && Signature(rest) == 0x02014b50;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var entry = Central.Read(rest, out var length);
                CompareWithLocal(archive, entry);
                rest = rest[length..];
            }
        }
        catch (Exception cut) when (cut is EndOfStreamException or ArgumentOutOfRangeException or OverflowException)
        {
            throw ExtractionFolder.Damaged("its directory cannot be read", cut);
        }
    }

    private static void CompareWithLocal(Stream archive, Central entry)
    {
        var head = ReadAt(archive, entry.Offset, LocalSize).AsSpan();
        if (Signature(head) != 0x04034b50)
        {
            throw ExtractionFolder.Damaged($"no entry begins where '{entry.DisplayName}' should");
        }

        var nameLength = U16(head, 26);
        var tail = ReadAt(archive, entry.Offset + LocalSize, nameLength + U16(head, 28)).AsSpan();
        var sizesFollow = (U16(head, 6) & 8) != 0;
        var (packed, full) = (U32(head, 18), U32(head, 22));
        var (localPacked, localFull) = Zip64Sizes(tail[nameLength..], packed, full);
        var sameSizes = (localPacked == entry.Packed && localFull == entry.Full && U32(head, 14) == entry.Crc) || (sizesFollow && packed is 0 or InZip64);
        if (!tail[..nameLength].SequenceEqual(entry.Name) || U16(head, 8) != entry.Method || !sameSizes)
        {
            throw EntryPath.Refuse(entry.DisplayName, "is described differently in the archive's directory and before its data");
        }
    }

    private static (long Offset, long Size) FindDirectory(Stream archive)
    {
        var length = (int)Math.Min(archive.Length, EndSize + ushort.MaxValue);
        var tail = ReadAt(archive, archive.Length - length, length).AsSpan();
        var at = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndSize)
        {
            throw ExtractionFolder.Damaged("it has no directory, so it is no zip archive or its end is missing");
        }

        var (size, offset) = (U32(tail, at + 12), U32(tail, at + 16));
        if (size != InZip64 && offset != InZip64 && U16(tail, at + 10) != ushort.MaxValue)
        {
            return (offset, size);
        }

        var locator = ReadAt(archive, archive.Length - tail.Length + at - 20, 20).AsSpan();
        if (Signature(locator) != 0x07064b50)
        {
            return (offset, size);
        }

        var end = ReadAt(archive, I64(locator, 8), 56).AsSpan();
        return (I64(end, 48), I64(end, 40));
    }

    private static (long Packed, long Full) Zip64Sizes(ReadOnlySpan<byte> extra, uint packed, uint full)
    {
        var (wantsFull, wantsPacked) = (full == InZip64, packed == InZip64);
        while (extra.Length >= 4)
        {
            var length = U16(extra, 2);
            if (U16(extra, 0) == 1)
            {
                var field = extra.Slice(4, length);
                return (wantsPacked ? I64(field, wantsFull ? 8 : 0) : packed, wantsFull ? I64(field, 0) : full);
            }

            extra = extra[Math.Min(extra.Length, 4 + length)..];
        }

        return (packed, full);
    }

    private static byte[] ReadAt(Stream archive, long offset, int count)
    {
        if (count > archive.Length - offset)
        {
            // Before room is made for whatever size the archive claims.
            throw new EndOfStreamException();
        }

        archive.Position = offset;
        var bytes = new byte[count];
        archive.ReadExactly(bytes);
        return bytes;
    }

    private static uint Signature(ReadOnlySpan<byte> bytes) => U32(bytes, 0);

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    /// <summary>An entry of the central directory, as far as it is compared.</summary>
    private sealed record Central(byte[] Name, ushort Method, uint Crc, long Packed, long Full, long Offset)
    {
        public string DisplayName => Encoding.UTF8.GetString(Name);

        public static Central Read(ReadOnlySpan<byte> bytes, out int length)
        {
            var (nameLength, extraLength) = (U16(bytes, 28), U16(bytes, 30));
            length = CentralSize + nameLength + extraLength + U16(bytes, 32);
            var extra = bytes.Slice(CentralSize + nameLength, extraLength);
            var (packed, full, offset) = (U32(bytes, 20), U32(bytes, 24), U32(bytes, 42));
            var (realPacked, realFull) = Zip64Sizes(extra, packed, full);
            return new Central(
                bytes.Slice(CentralSize, nameLength).ToArray(), U16(bytes, 10), U32(bytes, 16), realPacked, realFull,
                offset == InZip64 ? Zip64Offset(extra, packed, full) : offset);
        }

        private static long Zip64Offset(ReadOnlySpan<byte> extra, uint packed, uint full)
        {
            while (U16(extra, 0) != 1)
            {
                extra = extra[(4 + U16(extra, 2))..];
            }

            return I64(extra, 4 + (packed == InZip64 ? 8 : 0) + (full == InZip64 ? 8 : 0));
        }
    }
}
