using DataManifest.ObjectStores;

namespace DataManifest.S3;

/// <summary>Reads <c>s3://bucket/key</c>, behind which <c>?versionId=…</c> may name one version of the object.</summary>
internal static class S3Address
{
    private const string VersionMark = "?versionId=";

    /// <summary>Splits an address.</summary>
    /// <param name="uri">The address.</param>
    /// <returns>The object, and its version; empty for the newest.</returns>
    /// <exception cref="DataManifestException">It names no bucket (DM0463).</exception>
    public static (ObjectAddress Address, string Version) Parse(string uri)
    {
        var mark = uri.LastIndexOf(VersionMark, StringComparison.Ordinal);
        return mark < 0 ? (ObjectAddress.Parse(uri), "") : (ObjectAddress.Parse(uri[..mark]), uri[(mark + VersionMark.Length)..]);
    }
}
