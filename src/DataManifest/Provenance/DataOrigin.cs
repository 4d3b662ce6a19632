using DataManifest.Bindings;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Manifest;

namespace DataManifest.Provenance;

/// <summary>Where a dataset comes from and what it is, as its manifest says; without credentials and without what is true on one machine only.</summary>
/// <param name="dataset">What the manifest says.</param>
internal sealed class DataOrigin(DatasetDeclaration dataset)
{
    private static readonly Dictionary<string, string> Algorithms =
        new() { ["sha256"] = "SHA-256", ["sha384"] = "SHA-384", ["sha512"] = "SHA-512", ["sha1"] = "SHA-1", ["md5"] = "MD5" };

    private readonly Checksum? _checksum = dataset is { Checksum.Length: > 0, SkipChecksum: false } ? Checksum.Parse(dataset.Checksum) : null;

    private bool IsFolder => dataset.Extract || dataset.Uris.Count > 0 || FetchLadder.IsClone(dataset);

    // Its key is made of the file's path.
    private bool IsOfOneMachine => dataset.Uris.Append(dataset.Uri).Any(uri => Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.IsFile);

    /// <summary>The digest of the data's bytes, its algorithm as CycloneDX names it. None of a folder, whose digest is defined by the manifest's format.</summary>
    public (string Algorithm, string Hex)? Hash =>
        !IsFolder && _checksum is { IsSupported: true, Problem: null } known ? (Algorithms[known.Algorithm], known.Hex) : null;

    /// <summary>The addresses that have the data: kind of reference, address, comment.</summary>
    public IReadOnlyList<(string Kind, string Address, string Comment)> Addresses =>
        [.. Shown(dataset.Uris.Count > 0 ? dataset.Uris : [dataset.Uri], ""), .. Shown(dataset.Mirrors, "mirror")];

    /// <summary>What no field of the document has: the key, the digest of a folder, the format.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties => [.. new[]
    {
        KeyValuePair.Create("checksum", _checksum is not null && Hash is null ? _checksum.ToString() : ""),
        KeyValuePair.Create("doi", dataset.Doi),
        KeyValuePair.Create("format", dataset.Format),
        KeyValuePair.Create("key", IsOfOneMachine ? "" : dataset.Key),
    }.Where(property => property.Value.Length > 0)];

    private IEnumerable<(string, string, string)> Shown(IEnumerable<string> uris, string comment) =>
        uris.Select(AddressOf).Where(address => address.Length > 0).Distinct().Select(address => (FetchLadder.IsClone(dataset) ? "vcs" : "distribution", address, comment));

    /// <summary>The address as anybody may see it; empty for a path of a machine.</summary>
    private static string AddressOf(string uri)
    {
        if (!Uri.TryCreate(UriCredentials.Remove(uri), UriKind.Absolute, out var address) || address.IsFile || address.Host.Length == 0)
        {
            return "";
        }

        var shown = SafeUrl.Of(address);
        return shown.Contains("***", StringComparison.Ordinal) ? shown.Split('?', '#')[0] : shown;
    }
}
