using System.Text.Json;
using System.Text.RegularExpressions;
using DataManifest.Manifest;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Releases at GitHub: <c>https://github.com/owner/name/releases/tag/v1</c>, or <c>…/releases[/latest]</c> for the newest one.</summary>
internal sealed partial class GitHubReleases : IRepository
{
    private const string Service = "https://api.github.com/repos";

    /// <inheritdoc/>
    public Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference)
    {
        var page = Page().Match(reference);
        return page.Success ? (http, token) => ResolveAsync(http, page.Groups[1].Value, Uri.UnescapeDataString(page.Groups[2].Value), token) : null;
    }

    private static async Task<RepositoryAnswer> ResolveAsync(CatalogHttp http, string repository, string tag, CancellationToken cancellationToken)
    {
        var release = await http.GetJsonAsync($"{Service}/{repository}/releases/{(tag.Length == 0 ? "latest" : $"tags/{Uri.EscapeDataString(tag)}")}", cancellationToken).ConfigureAwait(false);
        var about = await http.FindJsonAsync($"{Service}/{repository}", cancellationToken).ConfigureAwait(false) ?? default;
        var name = release.Text("tag_name");
        return new RepositoryAnswer($"GitHub release {repository} {name}", [new RepositoryRecord
        {
            FallbackName = repository,
            Name = repository,
            Metadata = new DatasetMetadata(
                $"{repository} {name}".TrimEnd(),
                about.Text("owner", "login") is { Length: > 0 } owner ? [owner] : [],
                about.Text("license", "spdx_id") is { Length: > 0 } license and not "NOASSERTION" ? license : "",
                "GitHub",
                release.Text("published_at").Split('T')[0]),
            Files = [.. release.Items("assets").Select(File)],
        }]);
    }

    private static RepositoryFile File(JsonElement asset) => new(asset.Text("name"), asset.Text("browser_download_url"), asset.Text("digest"));

    [GeneratedRegex(@"^\s*https?://github\.com/([A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+)/releases(?:/latest|/tag/([^/?#\s]+))?/?(?:[?#].*)?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Page();
}
