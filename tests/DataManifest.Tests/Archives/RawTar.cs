using System.Globalization;
using System.Text;

namespace DataManifest.Archives;

/// <summary>Writes tar archives byte by byte, such as no library would.</summary>
internal sealed class RawTar
{
    private const int BlockSize = 512;
    private readonly List<byte> _bytes = [];

    /// <summary>Adds an entry.</summary>
    /// <param name="name">What stands in the header's field of 100 bytes.</param>
    /// <param name="type">The type flag.</param>
    /// <param name="content">What follows the header, filled up to whole blocks.</param>
    /// <param name="link">What it links to.</param>
    /// <param name="patch">Changes the header before its check value is computed.</param>
    public RawTar Add(string name, char type = '0', string content = "", string link = "", Action<byte[]>? patch = null)
    {
        var header = new byte[BlockSize];
        var data = Encoding.UTF8.GetBytes(content);
        Put(header, 0, name);
        Put(header, 100, "0000644\0");
        Put(header, 108, "0000000\0");
        Put(header, 116, "0000000\0");
        Put(header, 124, Convert.ToString(data.Length, 8).PadLeft(11, '0'));
        Put(header, 136, "00000000000\0");
        Put(header, 148, "        ");
        header[156] = (byte)type;
        Put(header, 157, link);
        Put(header, 257, "ustar\000");
        patch?.Invoke(header);
        Put(header, 148, Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ");
        _bytes.AddRange(header);
        _bytes.AddRange(data);
        _bytes.AddRange(new byte[(BlockSize - (data.Length % BlockSize)) % BlockSize]);
        return this;
    }

    /// <summary>Adds an extended header for the next entry, or for all of them.</summary>
    /// <param name="type"><c>x</c> or <c>g</c>.</param>
    /// <param name="records">Names and values.</param>
    public RawTar AddPax(char type, params (string Name, string Value)[] records) =>
        Add("pax", type, string.Concat(records.Select(record => Record(record.Name, record.Value))));

    /// <summary>The archive, without its end marker.</summary>
    public byte[] Open() => [.. _bytes];

    /// <summary>The archive.</summary>
    public byte[] End() => [.. _bytes, .. new byte[2 * BlockSize]];

    private static string Record(string name, string value)
    {
        var rest = $" {name}={value}\n";
        var length = Encoding.UTF8.GetByteCount(rest);
        var total = length + length.ToString(CultureInfo.InvariantCulture).Length;
        total = length + total.ToString(CultureInfo.InvariantCulture).Length;
        return total.ToString(CultureInfo.InvariantCulture) + rest;
    }

    private static void Put(byte[] header, int at, string text) => Encoding.UTF8.GetBytes(text).AsSpan().CopyTo(header.AsSpan(at));
}
