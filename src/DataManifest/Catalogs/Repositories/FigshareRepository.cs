using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Figshare and the portals that institutions have there: <c>10.6084/m9.figshare.123[.v2]</c>, or the address of an article.</summary>
internal sealed partial class FigshareRepository : IRepository
{
    private const string Service = "https://api.figshare.com/v2";
    private const int FilesPerPage = 1000;
    private const int LongestList = 20_000;

    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        var match = Doi().Match(reference) is { Success: true } doi ? doi : Address().Match(reference);
        return match.Success ? (http, token) => ResolveAsync(http, match.Groups[1].Value, match.Groups[2].Value, token) : null;
    }

    private static async Task<RepositoryAnswer> ResolveAsync(CatalogHttp http, string id, string version, CancellationToken cancellationToken)
    {
        var source = $"Figshare article {id}";
        var place = $"{Service}/articles/{id}" + (version.Length == 0 ? "" : $"/versions/{version}");
        var article = await http.GetJsonAsync(place, cancellationToken).ConfigureAwait(false);
        if (article.IsTrue("is_confidential") || article.IsTrue("is_embargoed"))
        {
            throw RepositoryErrors.NotOpen(source, "its files are confidential or under an embargo");
        }

        // The article itself lists only its first files.
        var files = new List<RepositoryFile>();
        for (var page = 1; files.Count < LongestList; page++)
        {
            var list = await http.GetJsonAsync($"{place}/files?page={page}&page_size={FilesPerPage}", cancellationToken).ConfigureAwait(false);
            List<JsonElement> found = [.. list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : []];
            files.AddRange(found.Where(file => !file.IsTrue("is_link_only")).Select(File));
            if (found.Count < FilesPerPage)
            {
                break;
            }
        }

        return new RepositoryAnswer(source, [new RepositoryRecord
        {
            FallbackName = $"figshare-{id}",
            Doi = article.Text("doi"),
            Metadata = new DatasetMetadata(
                article.Text("title"),
                [.. article.Items("authors").Select(Author).Where(name => name.Length > 0)],
                Spdx.Of(article.Text("license", "name")),
                "figshare",
                article.Text("published_date").Split('T')[0]),
            Files = files,
            HasNamedAddresses = false,
        }]);
    }

    private static string Author(JsonElement author) =>
        author.Text("last_name") is { Length: > 0 } family ? $"{family}, {author.Text("first_name")}".TrimEnd(',', ' ') : author.Text("full_name");

    private static RepositoryFile File(JsonElement file)
    {
        var (name, address) = (file.Text("name"), file.Text("download_url"));
        var md5 = file.Text("computed_md5") is { Length: > 0 } computed ? computed : file.Text("supplied_md5");
        return new RepositoryFile(name, address, md5.Length == 0 ? "" : $"md5:{md5}") { Key = AddressKeys.WithFileName(address, name) };
    }

    [GeneratedRegex(DoiRegistry.Prefix + @"10\.\d{4,9}/[a-z0-9]+\.figshare\.(\d+)(?:\.v(\d+))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Doi();

    [GeneratedRegex(@"^\s*https?://(?:[a-z0-9-]+\.)?figshare\.com/articles/(?:[^?#]*/)?(\d+)(?:/(\d+))?/?(?:[?#].*)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
