using System.Security.Cryptography;
using System.Text;
using DataManifest.Manifest;

namespace DataManifest;

/// <content>A name for what a manifest declares.</content>
public sealed partial class Database
{
    /// <summary>
    /// A name for the data that the manifest declares, for a cache between builds on different machines: it is another one when a dataset comes, goes, has other
    /// data or another place in the store, and stays the same through every other edit of the manifest: comments, layout, names, descriptions, mirrors.
    /// </summary>
    /// <returns>64 hexadecimal digits.</returns>
    public string ComputeCacheKey() => ComputeCacheKey([this]);

    /// <summary>One name for the data that several manifests declare; the order of the manifests does not matter.</summary>
    /// <param name="databases">The manifests.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string ComputeCacheKey(IEnumerable<Database> databases)
    {
        var lines = databases.SelectMany(database => database.Manifest.Datasets).Where(dataset => dataset is { SkipDownload: false, LazyAccess: false })
            .Select(dataset => string.Join('\n', PlaceOf(dataset).Concat(ContentOf(dataset)).Select(field => field.ReplaceLineEndings(" ")))).Order(StringComparer.Ordinal);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join("\n\n", lines)))).ToLowerInvariant();
    }

    private static IEnumerable<string> PlaceOf(DatasetDeclaration dataset) => [dataset.StoragePath, dataset.StoredName, dataset.Key];

    /// <summary>The pin; without one, what decides which data come.</summary>
    private static IEnumerable<string> ContentOf(DatasetDeclaration dataset) => dataset is { Checksum.Length: > 0, SkipChecksum: false }
        ? [dataset.Checksum]
        : [UriCredentials.Remove(dataset.Uri), .. dataset.Uris.Select(UriCredentials.Remove), dataset.Version, dataset.Branch, dataset.Shell];
}
