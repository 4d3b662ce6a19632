namespace DataManifest.Manifest;

/// <summary>
/// Which archives are unpacked (specification, field <c>extract</c>). The specification names <c>zip</c>, <c>tar</c> and <c>tar.gz</c>; their other
/// spellings, bzip2 and single gzip files are accepted too, so that <c>extract = true</c> never does nothing without a word.
/// </summary>
public static class ArchiveFormat
{
    /// <summary>A zip file.</summary>
    public const string Zip = "zip";

    /// <summary>An uncompressed tar file.</summary>
    public const string Tar = "tar";

    /// <summary>A tar file compressed by gzip.</summary>
    public const string TarGzip = "tar.gz";

    /// <summary>A tar file compressed by bzip2.</summary>
    public const string TarBzip2 = "tar.bz2";

    /// <summary>A single file compressed by gzip: a folder with that file comes out of it.</summary>
    public const string Gzip = "gz";

    /// <summary>The archive format that a dataset's format and key stand for, whatever their case; empty for everything that is not unpacked.</summary>
    /// <param name="format">The dataset's format. A derived one may have only the last extension (<c>bz2</c>); then the key has the rest.</param>
    /// <param name="key">The dataset's key.</param>
    public static string Of(string format, string key) => format.ToLowerInvariant() switch
    {
        "zip" => Zip,
        "tar" => Tar,
        "tar.gz" or "tgz" => TarGzip,
        "gz" => IsTar(key, ".tar.gz") ? TarGzip : Gzip,
        "tar.bz2" or "tbz2" or "tbz" => TarBzip2,
        "bz2" when IsTar(key, ".tar.bz2") => TarBzip2,
        _ => "",
    };

    private static bool IsTar(string key, string extension) =>
        key.TrimEnd('/').Split('#')[0].EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
