using System.Runtime.CompilerServices;
using DataManifest.Text;

namespace DataManifest.Hashing;

/// <summary>
/// A content digest as manifests write it, <c>algo:hex</c>; a bare hex text means <c>sha256</c> (specification, "Checksums").
/// </summary>
/// <param name="Algorithm">The algorithm's name, lower-case: <c>sha256</c>, <c>sha512</c>, <c>sha1</c>, <c>md5</c>, or one that this tool does not implement.</param>
/// <param name="Hex">The digest, lower-case hexadecimal.</param>
public sealed record Checksum(string Algorithm, string Hex)
{
    /// <summary>The algorithm of a digest without a prefix, and of every digest that a tool fills in.</summary>
    public const string DefaultAlgorithm = "sha256";

    private static readonly Dictionary<string, int> HexLengths = new() { ["sha256"] = 64, ["sha512"] = 128, ["sha384"] = 96, ["sha1"] = 40, ["md5"] = 32 };

    /// <summary>The algorithms that this tool implements, the recommended one first.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["sha256", "sha512", "sha384", "sha1", "md5"];

    /// <summary>Whether this tool implements <see cref="Algorithm"/>.</summary>
    public bool IsSupported => HexLengths.ContainsKey(Algorithm);

    /// <summary>
    /// What is wrong with the digest, as the rest of a sentence that begins with "the checksum"; null when nothing is, and for an algorithm that is not
    /// implemented, whose digests are not judged.
    /// </summary>
    public string? Problem =>
        HexLength(Algorithm) is not { } length ? null
        : !IsHex(Hex) ? "is not hexadecimal"
        : Hex.Length != length ? $"has {Hex.Length} hexadecimal digits where {Algorithm} has {length}"
        : null;

    /// <summary>How many hexadecimal digits a digest of a known algorithm has; null for an algorithm that this tool does not implement.</summary>
    /// <param name="algorithm">The algorithm's name, lower-case.</param>
    public static int? HexLength(string algorithm) => HexLengths.TryGetValue(algorithm, out var length) ? length : null;

    /// <summary>Whether a computed digest is this one; letter case does not matter.</summary>
    /// <param name="hex">The digest, hexadecimal, computed by <see cref="Algorithm"/>.</param>
    public bool Matches(string hex) => string.Equals(Hex, hex, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>algo:hex</c> or a bare hex text. Upper-case letters become lower-case. Nothing is checked beyond the split.</summary>
    /// <param name="text">The text of a <c>checksum</c> field.</param>
    public static Checksum Parse(string text)
    {
        var trimmed = text.Trim().ToLowerInvariant();
        var colon = trimmed.IndexOf(':');
        return colon < 0 ? new Checksum(DefaultAlgorithm, trimmed) : new Checksum(trimmed.Substring(0, colon), trimmed.Substring(colon + 1));
    }

    [MethodImpl(HotPath.CompiledWell)]
    private static bool IsHex(string text)
    {
        foreach (var c in text)
        {
            if (!Uri.IsHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Algorithm}:{Hex}";
}
