using System.Text;
using DataManifest.Fetching;
using static DataManifest.Archives.ArchiveFile;

namespace DataManifest.Archives;

/// <summary>Finds and reads the central directory of a zip archive, of either size of numbers, also behind a program that unpacks itself.</summary>
internal static class ZipDirectory
{
    private const int EndSize = 22;
    private const int End64Size = 56;
    private const int LocatorSize = 20;
    private const int EntrySize = 46;
    private const uint InZip64 = uint.MaxValue;
    private const ushort CountInZip64 = ushort.MaxValue;

    /// <summary>Reads all entries.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="folder">Counts them, so that there are no more than the limit.</param>
    /// <param name="start">Where the directory begins; every entry lies before it.</param>
    /// <exception cref="FetchFaultException">There is no directory, it is damaged, or has too many entries.</exception>
    public static List<ZipEntry> Read(ArchiveFile file, ExtractionFolder folder, out long start)
    {
        try
        {
            var (offset, size, count, prefix) = Find(file);
            start = offset + prefix;
            var bytes = file.Read(start, checked((int)size)).AsSpan();
            var entries = new List<ZipEntry>((int)Math.Min(count, size / EntrySize));
            while (bytes.Length > 0)
            {
                if (U32(bytes, 0) != 0x02014b50)
                {
                    throw ExtractionFolder.Damaged("its directory has something else than entries");
                }

                folder.Count();
                entries.Add(ReadEntry(bytes, prefix, out var length));
                bytes = bytes[length..];
            }

            return entries.Count == count ? entries : throw ExtractionFolder.Damaged($"its directory has {entries.Count} entries instead of {count}");
        }
        catch (Exception cut) when (cut is ArgumentOutOfRangeException or OverflowException or DecoderFallbackException)
        {
            throw ExtractionFolder.Damaged("its directory cannot be read", cut);
        }
    }

    private static (long Offset, long Size, long Count, long Prefix) Find(ArchiveFile file)
    {
        var length = (int)Math.Min(file.Length, EndSize + ushort.MaxValue);
        var tail = file.Read(file.Length - length, length).AsSpan();
        var at = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || tail.Length - at < EndSize + U16(tail, at + 20))
        {
            throw ExtractionFolder.Damaged("it has no directory, so it is no zip archive or its end is missing");
        }

        var end = tail[at..];
        var position = file.Length - end.Length;
        var (offset, size, count) = ((long)U32(end, 16), (long)U32(end, 12), (long)U16(end, 10));
        if (U16(end, 4) is not (0 or ushort.MaxValue) || U16(end, 8) != U16(end, 10))
        {
            throw ExtractionFolder.Damaged("it is one of several volumes");
        }

        if (position >= LocatorSize && file.Read(position - LocatorSize, LocatorSize) is var locator && U32(locator, 0) == 0x07064b50)
        {
            position = Position64(file, I64(locator, 8), position - LocatorSize);
            var end64 = file.Read(position, End64Size).AsSpan();
            var large = (Offset: I64(end64, 48), Size: I64(end64, 40), Count: I64(end64, 32));
            if ((offset != InZip64 && offset != large.Offset) || (size != InZip64 && size != large.Size) || (count != CountInZip64 && count != large.Count))
            {
                throw EntryPath.Refuse("the directory", "is described differently by the archive's two ends");
            }

            (offset, size, count) = large;
        }

        // What stands before the archive, a program that unpacks it, shifts everything.
        var prefix = checked(position - offset - size);
        return offset >= 0 && size >= 0 && count >= 0 && prefix >= 0 ? (offset, size, count, prefix) : throw ExtractionFolder.Damaged("its directory is not where it should be");
    }

    private static long Position64(ArchiveFile file, long recorded, long locator) =>
        new[] { recorded, locator - End64Size }.Where(position => position >= 0 && position <= locator - End64Size)
            .Cast<long?>().FirstOrDefault(position => U32(file.Read(position!.Value, 4), 0) == 0x06064b50)
        ?? throw ExtractionFolder.Damaged("its directory is not where it should be");

    private static ZipEntry ReadEntry(ReadOnlySpan<byte> bytes, long prefix, out int length)
    {
        var (nameLength, extraLength) = (U16(bytes, 28), U16(bytes, 30));
        length = EntrySize + nameLength + extraLength + U16(bytes, 32);
        if (length > bytes.Length)
        {
            throw ExtractionFolder.Damaged("its directory is cut");
        }

        var flags = U16(bytes, 8);
        var raw = bytes.Slice(EntrySize, nameLength).ToArray();
        var extra = new ZipExtra(bytes.Slice(EntrySize + nameLength, extraLength));
        var large = extra.Large();
        var full = Number(U32(bytes, 24), ref large);
        var packed = Number(U32(bytes, 20), ref large);
        var offset = Number(U32(bytes, 42), ref large);
        if (full < 0 || packed < 0 || offset < 0)
        {
            throw ExtractionFolder.Damaged("its directory has sizes below zero");
        }

        return new ZipEntry(
            ZipEntry.Decode(raw, flags), raw, flags, U16(bytes, 10), U32(bytes, 16), packed, full, checked(offset + prefix), (int)(U32(bytes, 38) >> 16),
            extra.Modified() ?? ZipExtra.DosTime(U16(bytes, 14), U16(bytes, 12)));
    }

    /// <summary>A number that stands in the larger field when it does not fit into its own; those that do are left out there.</summary>
    private static long Number(uint own, ref ReadOnlySpan<byte> large)
    {
        if (own != InZip64)
        {
            return own;
        }

        var number = I64(large, 0);
        large = large[8..];
        return number;
    }
}
