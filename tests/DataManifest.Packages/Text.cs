using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace DataManifest.Packages;

/// <summary>Small texts of tests.</summary>
internal static partial class Text
{
    /// <summary>A text's checksum as a manifest has it.</summary>
    /// <param name="text">The text; its UTF-8 bytes are the data.</param>
    public static string Sha256(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A manifest's table.</summary>
    /// <param name="name">The dataset's name.</param>
    /// <param name="uri">Its source.</param>
    /// <param name="content">Its content, for the checksum; null for an unpinned dataset.</param>
    public static string Dataset(string name, string uri, string? content = null) =>
        $"[{name}]\nuri = \"{uri}\"\n" + (content is null ? "" : $"checksum = \"{Sha256(content)}\"\n");

    /// <summary>What a terminal was sent without the sequences that colour and underline it.</summary>
    /// <param name="output">The output.</param>
    public static string WithoutColors(string output) => Colors().Replace(output, "");

    [GeneratedRegex(@"\x1B\[[0-9;]*m")]
    private static partial Regex Colors();
}
