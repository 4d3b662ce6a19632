using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Dataverse installations: the address of a dataset's page, or a DOI of Harvard's (<c>10.7910/DVN/…</c>). DOIs of others are found through the DOI's own registry.</summary>
internal sealed partial class DataverseRepository : IRepository
{
    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        if (Page().Match(reference) is { Success: true } page)
        {
            return (http, token) => ResolveAsync(http, page.Groups[1].Value, Uri.UnescapeDataString(page.Groups[2].Value), token);
        }

        return HarvardDoi().Match(reference) is { Success: true } doi
            ? (http, token) => ResolveAsync(http, "dataverse.harvard.edu", $"doi:{doi.Groups[1].Value.ToUpperInvariant()}", token)
            : null;
    }

    private static async Task<RepositoryAnswer> ResolveAsync(CatalogHttp http, string server, string identifier, CancellationToken cancellationToken)
    {
        var source = $"Dataverse dataset {identifier}";
        var answer = await http.GetJsonAsync($"https://{server}/api/datasets/:persistentId/?persistentId={Uri.EscapeDataString(identifier)}", cancellationToken).ConfigureAwait(false);
        var version = answer.Get("data", "latestVersion");
        if (version.ValueKind != JsonValueKind.Object)
        {
            throw RepositoryErrors.Unusable(source, "has no published version");
        }

        var all = version.Items("files").ToList();
        var open = all.Where(file => !file.IsTrue("restricted")).ToList();
        if (open.Count == 0 && all.Count > 0)
        {
            throw RepositoryErrors.NotOpen(source, "all of its files are restricted");
        }

        var citation = version.Items("metadataBlocks", "citation", "fields").ToList();
        return new RepositoryAnswer(source, [new RepositoryRecord
        {
            FallbackName = DatasetNames.Slug(identifier),
            Doi = identifier.StartsWith("doi:", StringComparison.OrdinalIgnoreCase) ? identifier[4..] : "",
            Metadata = new DatasetMetadata(
                Field("title").Text(),
                [.. Field("author").Items().Select(author => author.Text("authorName", "value")).Where(name => name.Length > 0)],
                Spdx.Of(version.Text("license", "name") is { Length: > 0 } license ? license : version.Text("license")),
                answer.Text("data", "publisher"),
                answer.Text("data", "publicationDate")),
            Files = [.. open.Select(file => File(server, file))],
            HasNamedAddresses = false,
        }])
        {
            Notes = open.Count < all.Count ? [$"{all.Count - open.Count} restricted file(s) skipped"] : [],
        };

        JsonElement Field(string name) => citation.Find(field => field.Text("typeName") == name).Get("value");
    }

    private static RepositoryFile File(string server, JsonElement file)
    {
        var data = file.Get("dataFile");
        var (label, folder) = (file.Text("label") is { Length: > 0 } shown ? shown : data.Text("filename"), file.Text("directoryLabel"));
        var id = data.Text("id");
        var address = id.Length == 0 ? "" : $"https://{server}/api/access/datafile/{id}";
        var (type, value) = (data.Text("checksum", "type"), data.Text("checksum", "value"));
        if (value.Length == 0)
        {
            (type, value) = ("md5", data.Text("md5"));
        }

        // Of a table that the service has converted it publishes the digest of the original, not of what it sends.
        var isConverted = data.Text("originalFileFormat").Length > 0;
        return new RepositoryFile(
            folder.Length == 0 ? label : $"{folder.TrimEnd('/')}/{label}",
            address,
            isConverted || value.Length == 0 ? "" : $"{type.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}:{value}") { Key = AddressKeys.WithFileName(address, label) };
    }

    [GeneratedRegex(@"^\s*https?://([^/?#@\s]+)/(?:dataset\.xhtml|citation)\?(?:[^#]*&)?persistentId=((?:doi|hdl)(?::|%3A)[^&#\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Page();

    [GeneratedRegex(DoiRegistry.Prefix + @"(10\.7910/DVN/[A-Z0-9]+)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex HarvardDoi();
}
