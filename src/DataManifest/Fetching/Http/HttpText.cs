using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching.Http;

/// <summary>Asks web services for short answers, with the retries of a download.</summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="options">How patient it is.</param>
internal sealed class HttpText(HttpTransport transport, HttpOptions options)
{
    private const int LongestText = 32 * 1024 * 1024;

    /// <summary>Asks, and gives the answer whatever its status is, unless another attempt may change it.</summary>
    /// <param name="uri">The address; its user info and the secrets of its query are in no message.</param>
    /// <param name="headers">Further fields of the request.</param>
    /// <param name="wants">Whether the answer's body is wanted; otherwise it is not read.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="FetchFaultException">The server cannot be reached, or failed at every attempt.</exception>
    public async Task<HttpTextAnswer> GetAsync(
        Uri uri, IReadOnlyList<KeyValuePair<string, string>> headers, Func<HttpResponseMessage, bool> wants, CancellationToken cancellationToken)
    {
        var failures = 0;
        try
        {
            return await transport.RepeatAsync(
                async token =>
                {
                    try
                    {
                        return await AskAsync(uri, headers, wants, token).ConfigureAwait(false);
                    }
                    catch (TransientFault fault)
                    {
                        fault.Judge(options, ++failures);
                        throw;
                    }
                }, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFault fault)
        {
            throw new FetchFaultException(DiagnosticRules.StoreUnreachable, $"{SafeUrl.Of(uri)} could not be asked: {uri.Host} {fault.Message}. Check the network, then run again.", fault);
        }
    }

    private async Task<HttpTextAnswer> AskAsync(Uri uri, IReadOnlyList<KeyValuePair<string, string>> headers, Func<HttpResponseMessage, bool> wants, CancellationToken cancellationToken)
    {
        using var slot = await transport.EnterAsync(uri, cancellationToken).ConfigureAwait(false);
        var (response, place) = await transport.SendAsync(
            new HttpQuery(uri, 0, null, IsPinned: false, options.Netrc) { Headers = headers, StallTimeout = options.StallTimeout }, cancellationToken).ConfigureAwait(false);
        using var owned = response;
        var status = (int)response.StatusCode;
        if (status is not (>= 400 and < 500) || status is 408 or 429)
        {
            new HttpAnswer(response, place, 0).ThrowIfFailed();
        }

        var text = wants(response) ? await ReadAsync(response, cancellationToken).ConfigureAwait(false) : "";
        return new HttpTextAnswer(status, $"{status} {response.ReasonPhrase}".TrimEnd(), place, text);
    }

    private async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await StallGuard.RunAsync(token => body.ReadAsync(buffer, token), options.StallTimeout, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            text.Write(buffer, 0, read);
            if (text.Length > LongestText)
            {
                throw new FetchFaultException(DiagnosticRules.StoreRefused, $"{response.RequestMessage?.RequestUri?.Host} sent more than {LongestText} bytes where a short answer was expected. Check the uri.");
            }
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}

/// <summary>A short answer.</summary>
/// <param name="Code">The status code.</param>
/// <param name="Status">The status as messages show it.</param>
/// <param name="Place">Where it came from, after redirects.</param>
/// <param name="Text">The body; empty when it was not wanted.</param>
internal sealed record HttpTextAnswer(int Code, string Status, Uri Place, string Text);
