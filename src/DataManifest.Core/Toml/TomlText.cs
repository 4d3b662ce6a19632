using System.Text;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Turns the bytes of a TOML file into text and back.</summary>
public static class TomlText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes UTF-8. A byte order mark stays as the first character, so that <see cref="Encode"/> gives the same bytes again.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <exception cref="TomlException">The bytes are not UTF-8; the span begins behind the text that could be decoded, and is empty.</exception>
    public static string Decode(byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var index = Math.Max(0, Math.Min(e.Index, bytes.Length - 1));
            var before = Encoding.UTF8.GetString(bytes, 0, index);
            var isUtf16 = bytes.Length > 1 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF);
            throw new TomlException(
                isUtf16 ? "The file is UTF-16 text; save it as UTF-8." : $"The byte 0x{bytes[index]:X2} at offset {index} is not UTF-8; save the file as UTF-8.",
                new TextSpan(before.Length, 0),
                new LineMap(before).GetPosition(before.Length));
        }
    }

    /// <summary>Encodes as UTF-8, without a byte order mark unless the text begins with one.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="EncoderFallbackException">The text has half a surrogate pair.</exception>
    public static byte[] Encode(string text) => Utf8.GetBytes(text);
}
