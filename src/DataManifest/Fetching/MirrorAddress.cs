namespace DataManifest.Fetching;

/// <summary>Addresses below that of a mirror.</summary>
internal static class MirrorAddress
{
    private static readonly char[] PathEnds = ['?', '#'];

    /// <summary>The address of one of its files. What follows the path of a web address stays behind it; elsewhere every character may be part of a name.</summary>
    /// <param name="mirror">The mirror's own address, with or without a slash at its end.</param>
    /// <param name="path">The file's path on it.</param>
    public static string Below(string mirror, string path)
    {
        var end = mirror.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? mirror.IndexOfAny(PathEnds) : -1;
        var (place, rest) = end < 0 ? (mirror, "") : (mirror[..end], mirror[end..]);
        return $"{place.TrimEnd('/')}/{path}{rest}";
    }
}
