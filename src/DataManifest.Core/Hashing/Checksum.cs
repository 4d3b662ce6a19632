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

    /// <summary>How many hexadecimal digits a digest of a known algorithm has; null for an algorithm that this tool does not implement.</summary>
    /// <param name="algorithm">The algorithm's name, lower-case.</param>
    public static int? HexLength(string algorithm) => algorithm switch
    {
        "sha256" => 64,
        "sha512" => 128,
        "sha384" => 96,
        "sha1" => 40,
        "md5" => 32,
        _ => null,
    };

    /// <summary>Reads <c>algo:hex</c> or a bare hex text. Upper-case letters become lower-case. Nothing is checked beyond the split.</summary>
    /// <param name="text">The text of a <c>checksum</c> field.</param>
    public static Checksum Parse(string text)
    {
        var trimmed = text.Trim().ToLowerInvariant();
        var colon = trimmed.IndexOf(':');
        return colon < 0 ? new Checksum(DefaultAlgorithm, trimmed) : new Checksum(trimmed.Substring(0, colon), trimmed.Substring(colon + 1));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Algorithm}:{Hex}";
}
