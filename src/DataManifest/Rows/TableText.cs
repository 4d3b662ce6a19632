using System.IO.Compression;
using System.Text;
using DataManifest.Contents;

namespace DataManifest.Rows;

/// <summary>Opens the files of tables.</summary>
internal static class TableText
{
    private const int BufferBytes = 64 * 1024;

    // What a byte of gzip unpacks to at most, rounded up.
    private const int MostPerByte = 1040;

    /// <summary>Opens a table's bytes; those that are compressed with gzip, whatever their name, are unpacked.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="isAsync">Whether it is read asynchronously.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Stream OpenBytes(TableSource source, bool isAsync = false)
    {
        var file = source.Open(isAsync);
        var isCompressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        return isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Whether a file, unpacked, has more bytes than some; a small file may become as large as any.</summary>
    /// <param name="bytes">The number of bytes.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends the counting.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static bool IsLongerThan(long bytes, string path, CancellationToken cancellationToken)
    {
        var length = new FileInfo(path).Length;
        if (length > bytes || length <= bytes / MostPerByte)
        {
            return length > bytes;
        }

        using var content = OpenBytes(TableSource.OfFile(path));
        if (content is not GZipStream)
        {
            return false;
        }

        var buffer = new byte[BufferBytes];
        for (var left = bytes; left >= 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = content.Read(buffer);
            if (read == 0)
            {
                return false;
            }

            left -= read;
        }

        return true;
    }

    /// <summary>Opens a table's text behind the lines that are no part of it.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="format">How it is to be read.</param>
    /// <param name="isAsync">Whether it is read asynchronously.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StreamReader Open(TableSource source, TableFormat format, bool isAsync = false)
    {
        // Bytes that are no UTF-8 must be noticed, when a table is looked into; a program then reads it with the encoding that was found.
        var reader = new StreamReader(OpenBytes(source, isAsync), format.IsLatin1 ? Encoding.Latin1 : Strict, detectEncodingFromByteOrderMarks: !format.IsLatin1, BufferBytes);
        for (var i = 0; i < format.SkippedLines; i++)
        {
            reader.ReadLine();
        }

        return reader;
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
