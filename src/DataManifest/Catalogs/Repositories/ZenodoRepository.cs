using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Zenodo: <c>10.5281/zenodo.123</c>, the address of a record, or of a file in one.</summary>
internal sealed partial class ZenodoRepository : IRepository
{
    private const string Server = "zenodo.org";

    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        var id = RecordId(reference);
        return id.Length == 0 ? null : async (http, token) =>
        {
            var server = Sandbox().IsMatch(reference) ? "sandbox." + Server : Server;
            var record = await http.GetJsonAsync($"https://{server}/api/records/{id}", token).ConfigureAwait(false);
            return Read(id, record) with { File = Uri.UnescapeDataString(FileAddress().Match(reference).Groups[1].Value) };
        };
    }

    /// <summary>The number of the record that a reference names; empty when it names none.</summary>
    /// <param name="reference">What the user wrote.</param>
    public static string RecordId(string reference) =>
        Address().Match(reference) is { Success: true } address ? address.Groups[1].Value : Doi().Match(reference).Groups[1].Value;

    /// <summary>Reads a record.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="record">The service's answer.</param>
    public static RepositoryAnswer Read(string id, JsonElement record)
    {
        var source = $"Zenodo record {id}";
        var metadata = record.Get("metadata");
        var right = metadata.Text("access_right");
        var files = record.Items("files").Select(File).Where(file => file.Path.Length > 0).ToList();
        return files.Count == 0 && right is "restricted" or "closed" or "embargoed"
            ? throw RepositoryErrors.NotOpen(source, $"its files are {right}")
            : new RepositoryAnswer(source, [new RepositoryRecord
            {
                FallbackName = $"zenodo-{id}",
                Doi = record.Text("doi") is { Length: > 0 } doi ? doi : metadata.Text("doi"),
                Metadata = new DatasetMetadata(
                    metadata.Text("title"),
                    [.. metadata.Items("creators").Select(creator => creator.Text("name")).Where(name => name.Length > 0)],
                    Spdx.Of(metadata.Text("license", "id") is { Length: > 0 } license ? license : metadata.Text("license")),
                    "Zenodo",
                    metadata.Text("publication_date")),
                Files = files,
            }]);
    }

    private static RepositoryFile File(JsonElement file)
    {
        var link = file.Text("links", "self") is { Length: > 0 } self ? self : file.Text("links", "download");
        var checksum = file.Text("checksum");
        return new RepositoryFile(
            file.Text("key") is { Length: > 0 } key ? key : file.Text("filename"),
            NamedAddress(link),
            checksum.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 && colon + 1 < checksum.Length ? checksum : "");
    }

    /// <summary>
    /// The address of a file that ends in the file's name. The service's own links end in <c>/content</c>, which would be the name of every file and leave
    /// every format unknown; the pages of a record link to the same bytes under this one.
    /// </summary>
    /// <param name="link">An address; any other than such a link stays as it is.</param>
    public static string NamedAddress(string link) => ContentLink().Replace(link, "$1/records/$2/files/$3?download=1");

    [GeneratedRegex(@"zenodo\.org/records?/(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\bzenodo\.(\d+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Doi();

    [GeneratedRegex(@"sandbox\.zenodo\.org/|\b10\.5072/zenodo\.", RegexOptions.IgnoreCase)]
    private static partial Regex Sandbox();

    [GeneratedRegex(@"zenodo\.org/records?/\d+/files/([^?#]+)", RegexOptions.IgnoreCase)]
    private static partial Regex FileAddress();

    [GeneratedRegex(@"^(https?://[^/?#]+)/api/records/(\d+)/files/([^?#]+)/content$")]
    private static partial Regex ContentLink();
}
