using System.Net;
using System.Text.RegularExpressions;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Fetching.Http;

namespace DataManifest.ObjectStores;

/// <summary>
/// Single files of Google Drive: <c>gdrive://id</c>, also with a file name behind the id, and the links that Drive gives out. Shared files need no credentials; with a token in
/// the environment the API is asked.
/// </summary>
/// <param name="http">Asks for the page that confirms a download.</param>
/// <param name="variables">The environment variables.</param>
/// <param name="server">Drive's address, with a slash at its end.</param>
/// <param name="api">The address of Drive's API, with a slash at its end.</param>
internal sealed partial class GoogleDrive(HttpText http, IReadOnlyDictionary<string, string> variables, Uri server, Uri api) : IObjectStore
{
    private readonly GoogleToken _token = new(variables);

    /// <inheritdoc/>
    public string AccessHelp => "Share the file with everybody who has its link, or set GOOGLE_OAUTH_ACCESS_TOKEN to a token that may read it.";

    /// <inheritdoc/>
    public bool IgnoresContentCoding => false;

    /// <summary>Whether a web address is one of Drive's own for a file or folder, which a plain request answers with a web page.</summary>
    /// <param name="uri">The address.</param>
    public static bool IsLink(string uri) => Link().IsMatch(uri.Trim());

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RemoteObject>> FindAsync(string uri, CancellationToken cancellationToken)
    {
        var id = Id().Match(uri.Trim()) is { Success: true } match ? match.Groups["id"].Value : "";
        if (id.Length == 0)
        {
            throw new DataManifestException(
                DiagnosticRules.InvalidStoreUri, $"'{SafeUrl.Of(uri)}' names no file of Google Drive.", "", "Write gdrive://<the file's id>; folders are not fetched, so share an archive of them.");
        }

        if (_token.Given.Length > 0)
        {
            return [new RemoteObject("", new Uri(api, $"drive/v3/files/{id}?alt=media&supportsAllDrives=true"), null)];
        }

        var key = ResourceKey().Match(uri) is { Success: true } resource ? "&resourcekey=" + resource.Groups["key"].Value : "";
        var address = new Uri(server, $"uc?export=download&id={id}{key}");
        var answer = await http.GetAsync(address, [], IsPage, cancellationToken).ConfigureAwait(false);
        return answer.Code switch
        {
            200 when answer.Text.Length == 0 => [new RemoteObject("", address, null)],
            200 => [new RemoteObject("", Confirmed(answer, uri), null)],
            404 => throw new DataManifestException(DiagnosticRules.ObjectNotFound, $"Google Drive has no file for {SafeUrl.Of(uri)}.", "", "Check the id."),
            _ => throw Refused(uri, answer.Status),
        };
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> AuthorizeAsync(RemoteObject stored, CancellationToken cancellationToken) =>
        new(_token.Given.Length > 0 ? [new("Authorization", "Bearer " + _token.Given)] : []);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static bool IsPage(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "text/html" && response.Content.Headers.ContentDisposition is null;

    /// <summary>The address that the page leads to which asks whether a file is wanted although it is too big to be scanned for viruses.</summary>
    private Uri Confirmed(HttpTextAnswer page, string uri)
    {
        if (Form().Match(page.Text) is not { Success: true } form || !Uri.TryCreate(page.Place, WebUtility.HtmlDecode(form.Groups["action"].Value), out var action) || !IsOwn(action))
        {
            throw Refused(uri, QuotaSign().IsMatch(page.Text) ? "the file was downloaded too often lately" : "it shows a page instead of the file");
        }

        var fields = Input().Matches(page.Text[form.Index..]).Select(input => input.Value)
            .Select(input => (Name: Attribute(input, "name"), Value: Attribute(input, "value"))).Where(field => field.Name.Length > 0)
            .Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}");
        return new UriBuilder(action) { Query = string.Join('&', fields) }.Uri;
    }

    private bool IsOwn(Uri action) =>
        action.Authority == server.Authority || (action.Scheme == "https" && action.Host.EndsWith(".google.com", StringComparison.OrdinalIgnoreCase));

    private DataManifestException Refused(string uri, string why) =>
        new(DiagnosticRules.StoreRefused, $"Google Drive refused {SafeUrl.Of(uri)}: {why}.", "", AccessHelp);

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}\\s*=\\s*\"(?<value>[^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant).Groups["value"].Value);

    [GeneratedRegex(@"^https://(?:drive\.google\.com/(?:(?:u/[0-9]+/)?(?:file/d/|open\?|uc\?|folders/|drive/(?:u/[0-9]+/)?folders/))|docs\.google\.com/uc\?|drive\.usercontent\.google\.com/download\?)", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?:gdrive://(?<id>[A-Za-z0-9_-]+)(?:/|$)|https://[^?#]*/file/d/(?<id>[A-Za-z0-9_-]+)|https://[^?#]*\?(?:[^#]*&)?id=(?<id>[A-Za-z0-9_-]+))", RegexOptions.IgnoreCase)]
    private static partial Regex Id();

    [GeneratedRegex("[?&]resourcekey=(?<key>[A-Za-z0-9_-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex ResourceKey();

    [GeneratedRegex("<form\\b[^>]*\\bid\\s*=\\s*\"download-form\"[^>]*?\\baction\\s*=\\s*\"(?<action>[^\"]+)\"|<form\\b[^>]*?\\baction\\s*=\\s*\"(?<action>[^\"]*/download[^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex("<input\\b[^>]*\\btype\\s*=\\s*\"hidden\"[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Input();

    [GeneratedRegex("quota|too many users", RegexOptions.IgnoreCase)]
    private static partial Regex QuotaSign();
}
