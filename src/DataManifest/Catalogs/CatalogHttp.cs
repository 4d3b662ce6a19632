using System.Security.Authentication;
using System.Text.Json;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Fetching.Http;
using DataManifest.Storage;

namespace DataManifest.Catalogs;

/// <summary>Asks the services of repositories, with the patience, proxies and credentials of downloads. Answers are small: what is larger than the limit is refused.</summary>
internal sealed class CatalogHttp : IDisposable
{
    /// <summary>The largest answer that is read, in bytes: 32 MiB.</summary>
    public const int LargestAnswer = 32 * 1024 * 1024;

    /// <summary>The variable that names a server standing before all services: <c>https://host/path</c> is asked for as <c>&lt;gateway&gt;/host/path</c>.</summary>
    public const string GatewayVariable = "DATAMANIFEST_API_GATEWAY";

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 64 };

    private readonly HttpTransport _transport;
    private readonly HttpOptions _options;
    private readonly string _gateway;

    /// <summary>Makes a client with connections of its own.</summary>
    /// <param name="storage">The user's names and passwords, and the environment.</param>
    /// <param name="options">How patient it is; null for the defaults.</param>
    public CatalogHttp(StorageConfiguration storage, HttpOptions? options = null)
    {
        _options = (options ?? new HttpOptions { StallTimeout = TimeSpan.FromSeconds(30) }) with { Netrc = Netrc.Read(storage.NetrcFile) };
        _transport = new HttpTransport(_options);
        _gateway = storage.Host.Variables.GetValueOrDefault(GatewayVariable)?.TrimEnd('/') ?? "";
        if (_gateway.Length > 0 && (!Uri.TryCreate(_gateway, UriKind.Absolute, out var gateway) || gateway.Scheme is not ("http" or "https")))
        {
            throw new DataManifestException(DiagnosticRules.InvalidUri, $"{GatewayVariable} is '{SafeUrl.Of(_gateway)}', which is no address of a web server.", "", "Correct or unset it.");
        }
    }

    /// <summary>Asks a service for a JSON document.</summary>
    /// <param name="url">The service's own address.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="DataManifestException">The service is not reached, refuses, or answers something else.</exception>
    public async Task<JsonElement> GetJsonAsync(string url, CancellationToken cancellationToken) => Parse(url, await GetAsync(url, null, cancellationToken).ConfigureAwait(false));

    /// <summary>Asks a service for a JSON document that there may be none of.</summary>
    /// <param name="url">The service's own address.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The document; null where the service has none, or does not show it to everybody.</returns>
    /// <exception cref="DataManifestException">The service is not reached, refuses for another reason, or answers something else.</exception>
    public async Task<JsonElement?> FindJsonAsync(string url, CancellationToken cancellationToken)
    {
        try
        {
            return await GetJsonAsync(url, cancellationToken).ConfigureAwait(false);
        }
        catch (DataManifestException refused) when (refused.Rule == DiagnosticRules.DownloadRefused)
        {
            return null;
        }
    }

    /// <summary>Reads an answer, or its beginning.</summary>
    /// <param name="url">The service's own address.</param>
    /// <param name="isEnough">Told what has come so far, each time that it has doubled; whether no more is needed. Null to read all.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="DataManifestException">The service is not reached, refuses, or sends more than <see cref="LargestAnswer"/>.</exception>
    public Task<byte[]> GetAsync(string url, Func<ReadOnlyMemory<byte>, bool>? isEnough, CancellationToken cancellationToken) => AskAsync(
        Query(url),
        (answer, response, token) =>
        {
            answer.ThrowIfFailed();
            return ReadAsync(url, answer, response, isEnough, token);
        },
        cancellationToken);

    /// <summary>Asks what a server tells about a source without sending it.</summary>
    /// <param name="uri">The source.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="DataManifestException">The server is not reached, or fails again and again.</exception>
    public Task<SourceHeader> HeadAsync(Uri uri, CancellationToken cancellationToken) => AskAsync(
        new HttpQuery(uri, 0, null, IsPinned: true, _options.Netrc) { Method = HttpMethod.Head },
        (answer, response, _) =>
        {
            var status = (int)response.StatusCode;
            if (status is 408 or 425 or 429 or (>= 500 and not 501))
            {
                answer.ThrowIfFailed();
            }

            return Task.FromResult(new SourceHeader(status, answer.Length, response.Headers.ETag?.Tag.Trim('"') ?? "", response.Content.Headers.LastModified));
        },
        cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _transport.Dispose();

    private async Task<T> AskAsync<T>(HttpQuery query, Func<HttpAnswer, HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var attempts = 0;
        try
        {
            return await _transport.RepeatAsync(
                async token =>
                {
                    attempts++;
                    try
                    {
                        var (response, place) = await _transport.SendAsync(query, token).ConfigureAwait(false);
                        using var owned = response;
                        return await read(new HttpAnswer(response, place, 0), response, token).ConfigureAwait(false);
                    }
                    catch (TransientFault fault)
                    {
                        fault.Judge(_options, IsUntrusted(fault) ? _options.Attempts : attempts);
                        throw;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFault fault) when (IsUntrusted(fault))
        {
            throw new DataManifestException(
                DiagnosticRules.UntrustedServer, $"The certificate of {query.Uri.Host} is not trusted, so it was not asked.", "", "Add its authority to the system's certificates.", fault);
        }
        catch (TransientFault fault)
        {
            var wait = fault.RetryAfter > _options.LongestWait ? $" and wants to be asked again only after {fault.RetryAfter.Value.TotalMinutes:0} minutes" : "";
            throw new DataManifestException(
                DiagnosticRules.DownloadFailed, $"{SafeUrl.Of(query.Uri)} could not be asked in {attempts} attempts: {query.Uri.Host} {fault.Message}{wait}.", "", "Check the network, then try again.", fault);
        }
        catch (FetchFaultException fault)
        {
            throw new DataManifestException(fault.Rule, fault.Message, "", "", fault);
        }
    }

    private HttpQuery Query(string url)
    {
        var uri = Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Host.Length > 0
            ? parsed
            : throw new DataManifestException(DiagnosticRules.UnknownReference, $"'{SafeUrl.Of(url)}' is no address that can be asked.", "", "Correct the reference.");
        return new HttpQuery(_gateway.Length == 0 ? uri : new Uri($"{_gateway}/{uri.Authority}{uri.PathAndQuery}"), 0, null, IsPinned: false, _options.Netrc);
    }

    private static bool IsUntrusted(TransientFault fault) => fault.InnerException?.InnerException is AuthenticationException;

    private async Task<byte[]> ReadAsync(string url, HttpAnswer answer, HttpResponseMessage response, Func<ReadOnlyMemory<byte>, bool>? isEnough, CancellationToken cancellationToken)
    {
        if (answer.IsWebPage)
        {
            throw Unusable(url, "is a web page, perhaps for signing in");
        }

        var raw = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var body = answer.Decode(raw);
        var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var nextLook = 1L;
        while (await StallGuard.RunAsync(token => body.ReadAsync(buffer, token), _options.StallTimeout, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length >= nextLook && isEnough is not null)
            {
                nextLook = 2 * content.Length;
                if (isEnough(content.GetBuffer().AsMemory(0, (int)content.Length)))
                {
                    break;
                }
            }

            if (content.Length > LargestAnswer)
            {
                throw Unusable(url, $"is larger than {LargestAnswer / (1024 * 1024)} MiB");
            }
        }

        return isEnough is not null || answer.Length is not { } total || total == content.Length
            ? content.ToArray()
            : throw new TransientFault($"sent {content.Length} of {total} bytes");
    }

    private static JsonElement Parse(string url, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, Json);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? document.RootElement.Clone() : throw Unusable(url, "is no JSON object");
        }
        catch (JsonException)
        {
            throw Unusable(url, WebPage.Begins(content) ? "is a web page, perhaps for signing in" : "is no JSON");
        }
    }

    private static DataManifestException Unusable(string url, string problem) => new(
        DiagnosticRules.UnusableAnswer, $"The answer of {SafeUrl.Of(url)} {problem}.", "", "Try again later; or declare the addresses of the files themselves.");
}
