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
        var text = System.Text.Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 512)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
