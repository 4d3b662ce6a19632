using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Dryad: a DOI such as <c>10.5061/dryad.abc12</c>, or the address of a dataset's page.</summary>
internal sealed partial class DryadRepository : IRepository
{
    private const string Server = "https://datadryad.org";
    private const int MostPages = 100;

    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        var match = Doi().Match(reference) is { Success: true } doi ? doi : Page().Match(reference);
        return match.Success ? (http, token) => ResolveAsync(http, match.Groups[1].Value, token) : null;
    }

    private static async Task<RepositoryAnswer> ResolveAsync(CatalogHttp http, string doi, CancellationToken cancellationToken)
    {
        var source = $"Dryad dataset {doi}";
        var dataset = await http.GetJsonAsync($"{Server}/api/v2/datasets/{Uri.EscapeDataString("doi:" + doi)}", cancellationToken).ConfigureAwait(false);
        if (dataset.Text("visibility") is { Length: > 0 } visibility and not "public")
        {
            throw RepositoryErrors.NotOpen(source, $"it is {visibility}");
        }

        var next = dataset.Text("_links", "stash:version", "href") is { Length: > 0 } version
            ? version + "/files"
            : throw RepositoryErrors.Unusable(source, "names no version");
        var files = new List<RepositoryFile>();
        for (var page = 0; next.Length > 0 && page < MostPages; page++)
        {
            var list = await http.GetJsonAsync(Absolute(source, next), cancellationToken).ConfigureAwait(false);
            files.AddRange(list.Items("_embedded", "stash:files").Where(file => file.Text("status") != "deleted").Select(file => File(source, file)));
            next = list.Text("_links", "next", "href");
        }

        return new RepositoryAnswer(source, [new RepositoryRecord
        {
            FallbackName = DatasetNames.Slug(doi),
            Doi = doi,
            Metadata = new DatasetMetadata(
                dataset.Text("title"),
                [.. dataset.Items("authors").Select(author => $"{author.Text("lastName")}, {author.Text("firstName")}".Trim(' ', ',')).Where(name => name.Length > 0)],
                Spdx.Of(dataset.Text("license")),
                "Dryad",
                dataset.Text("publicationDate")),
            Files = files,
            HasNamedAddresses = false,
        }]);
    }

    private static RepositoryFile File(string source, JsonElement file)
    {
        var link = file.Text("_links", "stash:download", "href") is { Length: > 0 } download ? download : file.Text("_links", "stash:file-download", "href");
        var address = link.Length == 0 ? "" : Absolute(source, link);
        var (name, digest) = (file.Text("path"), file.Text("digest"));
        var type = file.Text("digestType").Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return new RepositoryFile(name, address, digest.Length == 0 || type.Length == 0 ? "" : $"{type}:{digest}") { Key = AddressKeys.WithFileName(address, name) };
    }

    /// <summary>The address of one of the service's own links; nobody else is asked.</summary>
    private static string Absolute(string source, string link) =>
        link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) ? Server + link
        : link.StartsWith(Server + "/", StringComparison.Ordinal) ? link
        : throw RepositoryErrors.Unusable(source, "links to another server");

    [GeneratedRegex(DoiRegistry.Prefix + @"(10\.5061/dryad\.[a-z0-9.]*[a-z0-9])\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Doi();

    [GeneratedRegex(@"^\s*https?://(?:www\.)?datadryad\.org/(?:stash/)?dataset/doi(?::|%3A)(10\.\d{4,9}/[^\s?#]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Page();
}
