using System.Buffers.Binary;
using DataManifest.Fetching;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Archives;

/// <summary>An archive on disk, read at any place by several threads at once.</summary>
/// <param name="handle">The open file.</param>
internal sealed class ArchiveFile(SafeFileHandle handle)
{
    /// <summary>The open file.</summary>
    public SafeFileHandle Handle { get; } = handle;

    /// <summary>Its size.</summary>
    public long Length { get; } = RandomAccess.GetLength(handle);

    /// <summary>Fills a buffer.</summary>
    /// <param name="offset">The first byte's place.</param>
    /// <param name="buffer">What to fill wholly.</param>
    /// <exception cref="FetchFaultException">The archive does not reach so far.</exception>
    public void Read(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > Length - buffer.Length)
        {
            throw Short();
        }

        for (int read; buffer.Length > 0; buffer = buffer[read..], offset += read)
        {
            read = RandomAccess.Read(Handle, buffer, offset);
            if (read == 0)
            {
                throw Short();
            }
        }
    }

    /// <summary>Reads some bytes.</summary>
    /// <param name="offset">The first byte's place.</param>
    /// <param name="count">How many; checked against the file's size before room is made for them.</param>
    /// <exception cref="FetchFaultException">The archive does not reach so far.</exception>
    public byte[] Read(long offset, int count)
    {
        if (count > Length - offset)
        {
            throw Short();
        }

        var bytes = new byte[count];
        Read(offset, bytes.AsSpan());
        return bytes;
    }

    /// <summary>A part of the file as a stream.</summary>
    /// <param name="offset">The first byte's place.</param>
    /// <param name="length">How many bytes.</param>
    public Stream Part(long offset, long length) => new PartStream(this, offset, length);

    /// <summary>The number in two bytes, the lower one first.</summary>
    public static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    /// <summary>The number in four bytes, the lowest one first.</summary>
    public static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    /// <summary>The number in eight bytes, the lowest one first.</summary>
    public static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    private static FetchFaultException Short() => ExtractionFolder.Damaged("it ends where more should follow");

    private sealed class PartStream(ArchiveFile file, long offset, long length) : ForwardStream
    {
        private readonly long _end = offset + length;
        private long _at = offset;

        public override int Read(Span<byte> buffer)
        {
            var part = buffer[..(int)Math.Min(buffer.Length, _end - _at)];
            file.Read(_at, part);
            _at += part.Length;
            return part.Length;
        }
    }
}
