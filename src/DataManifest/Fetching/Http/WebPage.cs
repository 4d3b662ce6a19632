namespace DataManifest.Fetching.Http;

/// <summary>Tells web pages from data.</summary>
internal static class WebPage
{
    /// <summary>Whether a dataset's format is that of a web page, so that one is what is wanted.</summary>
    /// <param name="format">The format, in any case.</param>
    public static bool IsFormat(string format) => format.ToLowerInvariant() is "html" or "htm" or "xhtml";

    /// <summary>Whether a body begins as a web page does.</summary>
    /// <param name="bytes">Its first bytes.</param>
    public static bool Begins(ReadOnlySpan<byte> bytes)
    {
        var text = bytes[..Math.Min(bytes.Length, 2048)];
        text = (text.StartsWith("\uFEFF"u8) ? text[3..] : text).TrimStart(Blanks);
        while (text.StartsWith("<?xml"u8) || text.StartsWith("<!--"u8))
        {
            var end = text[1] == '?' ? "?>"u8 : "-->"u8;
            text = text.IndexOf(end) is var at and >= 0 ? text[(at + end.Length)..].TrimStart(Blanks) : [];
        }

        return BeginsWith(text, "<!doctype html"u8) || BeginsWith(text, "<html"u8);
    }

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private static bool BeginsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag) => text.Length >= tag.Length && System.Text.Ascii.EqualsIgnoreCase(text[..tag.Length], tag);
}
