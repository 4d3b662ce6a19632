using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>OSF: <c>10.17605/OSF.IO/ABCDE</c>, or <c>https://osf.io/abcde</c>, of a project, a registration or a file.</summary>
internal sealed partial class OsfRepository : IRepository
{
    private const string Service = "https://api.osf.io/v2";
    private const int MostRequests = 500;
    private const int MostFiles = 20_000;

    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        var match = Doi().Match(reference) is { Success: true } doi ? doi : Page().Match(reference);
        return match.Success ? (http, token) => ResolveAsync(http, match.Groups[1].Value.ToLowerInvariant(), token) : null;
    }

    private static async Task<RepositoryAnswer> ResolveAsync(CatalogHttp http, string id, CancellationToken cancellationToken)
    {
        var source = $"OSF {id}";
        var answer = await http.GetJsonAsync($"{Service}/guids/{id}/", cancellationToken).ConfigureAwait(false);
        var type = answer.Text("data", "type");
        if (type == "files")
        {
            var file = answer.Get("data");
            return Answer(source, new RepositoryRecord { FallbackName = $"osf-{id}", Name = DatasetNames.OfPath(file.Text("attributes", "name")), Files = [File(file)], HasNamedAddresses = false });
        }

        if (type is not ("nodes" or "registrations"))
        {
            throw RepositoryErrors.Unusable(source, $"is about {(type.Length == 0 ? "nothing" : $"something of the type '{type}'")}, which has no files");
        }

        var node = await http.GetJsonAsync($"{Service}/{type}/{id}/?embed=contributors&embed=license", cancellationToken).ConfigureAwait(false);
        var attributes = node.Get("data", "attributes");
        return Answer(source, new RepositoryRecord
        {
            FallbackName = $"osf-{id}",
            Doi = $"10.17605/OSF.IO/{id.ToUpperInvariant()}",
            Metadata = new DatasetMetadata(
                attributes.Text("title"),
                [.. node.Items("data", "embeds", "contributors", "data").Select(Contributor).Where(name => name.Length > 0)],
                Spdx.Of(node.Text("data", "embeds", "license", "data", "attributes", "name")),
                "OSF",
                (attributes.Text("date_registered") is { Length: > 0 } registered ? registered : attributes.Text("date_created")).Split('T')[0]),
            Files = await ListAsync(http, source, $"{Service}/{type}/{id}/files/osfstorage/", cancellationToken).ConfigureAwait(false),
            HasNamedAddresses = false,
        });
    }

    private static RepositoryAnswer Answer(string source, RepositoryRecord record) => new(source, [record]);

    /// <summary>The files of a folder and of all folders in it.</summary>
    private static async Task<IReadOnlyList<RepositoryFile>> ListAsync(CatalogHttp http, string source, string folder, CancellationToken cancellationToken)
    {
        var files = new List<RepositoryFile>();
        var pages = new Queue<string>([folder]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (pages.TryDequeue(out var page))
        {
            if (!page.StartsWith(Service + "/", StringComparison.Ordinal) || !seen.Add(page))
            {
                throw RepositoryErrors.Unusable(source, "has links that lead to another server or in a circle");
            }

            if (seen.Count > MostRequests || files.Count > MostFiles)
            {
                throw RepositoryErrors.Unusable(source, $"has more than {MostRequests} folders or {MostFiles} files; name a part of it");
            }

            var list = await http.GetJsonAsync(page, cancellationToken).ConfigureAwait(false);
            foreach (var entry in list.Items("data"))
            {
                if (entry.Text("attributes", "kind") != "folder")
                {
                    files.Add(File(entry));
                }
                else if (entry.Text("relationships", "files", "links", "related", "href") is { Length: > 0 } inner)
                {
                    pages.Enqueue(inner);
                }
            }

            if (list.Text("links", "next") is { Length: > 0 } next)
            {
                pages.Enqueue(next);
            }
        }

        return files;
    }

    private static RepositoryFile File(JsonElement file)
    {
        var attributes = file.Get("attributes");
        var (name, address) = (attributes.Text("name"), file.Text("links", "download"));
        var hashes = attributes.Get("extra", "hashes");
        var checksum = hashes.Text("sha256") is { Length: > 0 } sha256 ? $"sha256:{sha256}" : hashes.Text("md5") is { Length: > 0 } md5 ? $"md5:{md5}" : "";
        return new RepositoryFile(
            attributes.Text("materialized_path").Trim('/') is { Length: > 0 } path ? path : name, address, checksum) { Key = AddressKeys.WithFileName(address, name) };
    }

    private static string Contributor(JsonElement contributor)
    {
        var user = contributor.Get("embeds", "users", "data", "attributes");
        return user.Text("family_name") is { Length: > 0 } family ? $"{family}, {user.Text("given_name")}".TrimEnd(' ', ',') : user.Text("full_name");
    }

    [GeneratedRegex(DoiRegistry.Prefix + @"10\.17605/OSF\.IO/([a-z0-9]{5})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Doi();

    [GeneratedRegex(@"^\s*https?://osf\.io/([a-z0-9]{5})/?(?:files/?(?:osfstorage/?)?)?(?:[?#].*)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Page();
}
