using System.Security.Cryptography;
using System.Text;

namespace DataManifest.Packages;

/// <summary>Small texts of tests.</summary>
internal static class Text
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
}
