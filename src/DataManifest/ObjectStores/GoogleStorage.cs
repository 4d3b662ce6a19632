using System.Globalization;
using System.Text.Json;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Fetching.Http;

namespace DataManifest.ObjectStores;

/// <summary>Google Cloud Storage (<c>gs</c>, <c>gcs</c>) by its JSON API; <c>STORAGE_EMULATOR_HOST</c> names another server. Public buckets need no credentials.</summary>
internal sealed class GoogleStorage : IObjectStore
{
    private const string Server = "https://storage.googleapis.com";

    private readonly HttpText _http;
    private readonly GoogleToken _token;
    private readonly string _server;
    private volatile bool _isPrivate;

    /// <summary>Prepares the store.</summary>
    /// <param name="http">Asks for listings.</param>
    /// <param name="variables">The environment variables.</param>
    public GoogleStorage(HttpText http, IReadOnlyDictionary<string, string> variables)
    {
        var emulator = variables.TryGetValue("STORAGE_EMULATOR_HOST", out var host) ? host.Trim().TrimEnd('/') : "";
        (_http, _token) = (http, new GoogleToken(variables));
        _server = emulator.Length == 0 ? Server : emulator.Contains("://", StringComparison.Ordinal) ? emulator : "http://" + emulator;
    }

    /// <inheritdoc/>
    public string AccessHelp => "Sign in with 'gcloud auth login', or set GOOGLE_OAUTH_ACCESS_TOKEN.";

    /// <inheritdoc/>
    public bool IgnoresContentCoding => false;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RemoteObject>> FindAsync(string uri, CancellationToken cancellationToken)
    {
        try
        {
            return await SearchAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new DataManifestException(
                DiagnosticRules.StoreUnreachable, $"{_server} did not answer for {SafeUrl.Of(uri)} as Google Cloud Storage does.", "", "Correct STORAGE_EMULATOR_HOST, or run again.", malformed);
        }
    }

    private async Task<IReadOnlyList<RemoteObject>> SearchAsync(string uri, CancellationToken cancellationToken)
    {
        var address = ObjectAddress.Parse(uri);
        if (!address.IsPrefix && await GetAsync($"o/{Uri.EscapeDataString(address.Name)}?fields=name,size,generation").ConfigureAwait(false) is { } found)
        {
            using (found)
            {
                return [Read(found.RootElement, address, "")];
            }
        }

        var objects = new ObjectListing(address);
        for (string? page = ""; page is not null;)
        {
            using var listing = await GetAsync(
                $"o?prefix={Uri.EscapeDataString(address.Prefix)}&fields=items(name,size,generation),nextPageToken&maxResults=1000" + (page.Length > 0 ? $"&pageToken={Uri.EscapeDataString(page)}" : "")).ConfigureAwait(false);
            foreach (var item in listing?.RootElement.TryGetProperty("items", out var items) == true ? items.EnumerateArray() : default)
            {
                if ((item.GetProperty("name").GetString() ?? throw new FormatException("An object has no name.")) is var name && address.Covers(name))
                {
                    objects.Add(Read(item, address, name[address.Prefix.Length..]));
                }
            }

            objects.EndPage();
            page = listing?.RootElement.TryGetProperty("nextPageToken", out var next) == true && next.GetString() is { Length: > 0 } token ? token : null;
        }

        return objects.Objects.Count > 0 ? objects.Objects : throw new DataManifestException(
            DiagnosticRules.ObjectNotFound, $"There is no object '{address.Name}' in the bucket '{address.Bucket}', and none below it.", "", "Check the uri.");

        Task<JsonDocument?> GetAsync(string query) => AskAsync(new Uri($"{_server}/storage/v1/b/{Uri.EscapeDataString(address.Bucket)}/{query}"), uri, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> AuthorizeAsync(RemoteObject stored, CancellationToken cancellationToken)
    {
        var token = _token.Given.Length > 0 ? _token.Given : _isPrivate ? await _token.AskAsync(cancellationToken).ConfigureAwait(false) : "";
        return token.Length > 0 ? [new("Authorization", "Bearer " + token)] : [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private RemoteObject Read(JsonElement item, ObjectAddress address, string name)
    {
        // The generation keeps a resumed download from going on in a newer object.
        var (key, generation) = (item.GetProperty("name").GetString()!, item.TryGetProperty("generation", out var number) ? $"&generation={number.GetString()}" : "");
        long? size = item.TryGetProperty("size", out var text) && long.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
        return new RemoteObject(name, new Uri($"{_server}/storage/v1/b/{Uri.EscapeDataString(address.Bucket)}/o/{Uri.EscapeDataString(key)}?alt=media{generation}"), size);
    }

    /// <summary>Asks without credentials first, unless the environment has a token: those of gcloud take seconds to get, and public buckets need none.</summary>
    private async Task<JsonDocument?> AskAsync(Uri address, string uri, CancellationToken cancellationToken)
    {
        var answer = await SendAsync().ConfigureAwait(false);
        if (answer.Code is 401 or 403 && _token.Given.Length == 0 && !_isPrivate && _server == Server && (await _token.AskAsync(cancellationToken).ConfigureAwait(false)).Length > 0)
        {
            _isPrivate = true;
            answer = await SendAsync().ConfigureAwait(false);
        }

        return answer.Code switch
        {
            200 => JsonDocument.Parse(answer.Text),
            404 => null,
            _ => throw new DataManifestException(DiagnosticRules.StoreRefused, $"The object store answered {answer.Status} for {SafeUrl.Of(uri)}.", "", AccessHelp),
        };

        async Task<HttpTextAnswer> SendAsync() =>
            await _http.GetAsync(address, await AuthorizeAsync(new RemoteObject("", address, null), cancellationToken).ConfigureAwait(false), _ => true, cancellationToken).ConfigureAwait(false);
    }
}
