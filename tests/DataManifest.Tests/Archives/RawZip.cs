using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ICSharpCode.SharpZipLib.Checksum;

namespace DataManifest.Archives;

/// <summary>Writes zip archives field by field, such as no library would.</summary>
internal sealed class RawZip
{
    private readonly List<byte> _data = [];
    private readonly List<byte> _directory = [];
    private int _count;

    /// <summary>The fields of an entry, in one of its two descriptions.</summary>
    internal sealed record Head(byte[] Name, ushort Flags, ushort Method, uint Crc, uint Packed, uint Full)
    {
        public byte[] Extra { get; init; } = [];

        public uint Attributes { get; init; }

        public uint Offset { get; init; }
    }

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content.</param>
    /// <param name="method">How to say that it is compressed; 8 and 9 deflate it, the others store it.</param>
    /// <param name="local">Changes what is said before the data.</param>
    /// <param name="central">Changes what is said in the directory.</param>
    /// <param name="behind">What stands behind the data.</param>
    public RawZip Add(
        string name, string content, ushort method = 0, Func<Head, Head>? local = null, Func<Head, Head>? central = null, byte[]? behind = null) =>
        Add(name, Encoding.UTF8.GetBytes(content), method, local, central, behind);

    /// <inheritdoc cref="Add(string, string, ushort, Func{Head, Head}?, Func{Head, Head}?, byte[])"/>
    public RawZip Add(
        string name, byte[] content, ushort method = 0, Func<Head, Head>? local = null, Func<Head, Head>? central = null, byte[]? behind = null)
    {
        var packed = method switch { 8 => Deflate(content, CompressionLevel.Fastest), 9 => Deflate(content, CompressionLevel.NoCompression), _ => content };
        var crc = new Crc32();
        crc.Update(content);
        var head = new Head(Encoding.UTF8.GetBytes(name), 0x800, method, (uint)crc.Value, (uint)packed.Length, (uint)content.Length) { Offset = (uint)_data.Count };
        var before = local?.Invoke(head) ?? head;
        Begin(_data, 0x04034b50u, 20);
        WriteCommon(_data, before);
        _data.AddRange(before.Name);
        _data.AddRange(before.Extra);
        _data.AddRange(packed);
        _data.AddRange(behind ?? []);
        return List(central?.Invoke(head) ?? head);
    }

    /// <summary>Adds an entry to the directory alone.</summary>
    /// <param name="head">What is said of it.</param>
    public RawZip List(Head head)
    {
        Begin(_directory, 0x02014b50u, 20, 20);
        WriteCommon(_directory, head);
        Write2(_directory, (ushort)0, (ushort)0, (ushort)0);
        Write4(_directory, head.Attributes, head.Offset);
        _directory.AddRange(head.Name);
        _directory.AddRange(head.Extra);
        _count++;
        return this;
    }

    /// <summary>The archive.</summary>
    /// <param name="comment">Its comment.</param>
    /// <param name="prefix">How many bytes stand before it.</param>
    /// <param name="isShifted">Whether the places of the directory and the entries count these bytes.</param>
    /// <param name="count">How many entries it says to have; null for the truth.</param>
    public byte[] End(string comment = "", int prefix = 0, bool isShifted = false, int? count = null)
    {
        var bytes = new List<byte>();
        bytes.AddRange(new byte[prefix]);
        bytes.AddRange(_data);
        bytes.AddRange(_directory);
        Begin(bytes, 0x06054b50u, 0, 0, (ushort)(count ?? _count), (ushort)(count ?? _count));
        Write4(bytes, (uint)_directory.Count, (uint)_data.Count + (isShifted ? (uint)prefix : 0));
        var text = Encoding.UTF8.GetBytes(comment);
        Write2(bytes, (ushort)text.Length);
        bytes.AddRange(text);
        return [.. bytes];
    }

    private static void WriteCommon(List<byte> target, Head head)
    {
        Write2(target, head.Flags, head.Method, (ushort)0, (ushort)0x5921);
        Write4(target, head.Crc, head.Packed, head.Full);
        Write2(target, (ushort)head.Name.Length, (ushort)head.Extra.Length);
    }

    private static void Begin(List<byte> target, uint signature, params ReadOnlySpan<ushort> values)
    {
        Write4(target, signature);
        Write2(target, values);
    }

    private static void Write2(List<byte> target, params ReadOnlySpan<ushort> values)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            target.AddRange(bytes);
        }
    }

    private static void Write4(List<byte> target, params ReadOnlySpan<uint> values)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            target.AddRange(bytes);
        }
    }

    private static byte[] Deflate(byte[] content, CompressionLevel level)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, level))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }
}
