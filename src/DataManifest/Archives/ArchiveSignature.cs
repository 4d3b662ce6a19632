using DataManifest.Fetching;
using DataManifest.Fetching.Http;
using DataManifest.Manifest;

namespace DataManifest.Archives;

/// <summary>What a file that cannot be unpacked is in truth, by its first bytes: a web page, or an archive of another kind.</summary>
internal static class ArchiveSignature
{
    private const int TarNameAt = 257;

    /// <summary>Puts what the file is in place of what is wrong with it, where that says more.</summary>
    /// <param name="damaged">What is wrong with it as an archive of its format.</param>
    /// <param name="archive">The file.</param>
    /// <param name="format">The format that it was taken for.</param>
    public static FetchFaultException Explain(FetchFaultException damaged, string archive, string format)
    {
        using var file = File.OpenHandle(archive);
        var head = new byte[512];
        var found = Name(head.AsSpan(0, RandomAccess.Read(file, head, 0)));
        var expected = format switch
        {
            ArchiveFormat.TarGzip or ArchiveFormat.Gzip => Gzip,
            ArchiveFormat.TarBzip2 => Bzip2,
            _ => $"a {format} archive",
        };
        return found is null || found == expected ? damaged
            : new FetchFaultException(damaged.Rule, $"What should be an archive of the format '{format}' is {found}. Nothing was unpacked; correct the dataset's format, or its source.", damaged);
    }

    private const string Gzip = "compressed by gzip";
    private const string Bzip2 = "compressed by bzip2";

    private static string? Name(ReadOnlySpan<byte> head) => head switch
    {
        [] => "an empty file",
        [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive",
        [0x1F, 0x8B, ..] => Gzip,
        [(byte)'B', (byte)'Z', (byte)'h', ..] => Bzip2,
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "compressed by xz",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "compressed by zstd",
        [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => "a 7z archive",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "a rar archive",
        _ when head.Length > TarNameAt && head[TarNameAt..].StartsWith("ustar"u8) => "a tar archive",
        _ when WebPage.Begins(head) => "a web page, which may ask for a login",
        _ => null,
    };
}
