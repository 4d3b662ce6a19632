using System.Collections.Concurrent;
using System.Net;
using Polly;

namespace DataManifest.Fetching.Http;

/// <summary>Fetches <c>http</c> and <c>https</c> sources. One instance serves a whole run, so that connections are reused and limits hold for all.</summary>
internal sealed class HttpTransport : ITransport, IDisposable
{
    private const int ModestFrom = 4;

    private readonly HttpOptions _options;
    private readonly HttpMessageInvoker _client;
    private readonly ProxyExceptions? _proxy = ProxyExceptions.OfThisMachine();
    private readonly SemaphoreSlim _slots;
    private readonly Lazy<ResiliencePipeline> _attempts;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _hostSlots = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a transport with connections of its own.</summary>
    /// <param name="options">How patient it is.</param>
    public HttpTransport(HttpOptions options)
    {
        _options = options;
        _slots = new SemaphoreSlim(options.Parallel);
        _attempts = new(() => RetryDelay.Pipeline(options.Time));

        // Bytes must arrive as they are, or offsets and digests would be those of something else; redirects are followed here, so that the
        // credentials of one host never reach another.
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            Proxy = _proxy,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            EnableMultipleHttp2Connections = true,

            // Sources of several hosts may lead to one: a limit below that of all transfers would make some wait inside the client, which looks like a silent server.
            MaxConnectionsPerServer = options.Parallel,
        });
    }

    /// <summary>Whether so many connections are in use that each should be modest with memory.</summary>
    public bool IsBusy => _options.Parallel - _slots.CurrentCount > ModestFrom;

    /// <summary>The proxy that a server is asked through, without credentials; null for none.</summary>
    /// <param name="uri">The server.</param>
    public string? ProxyOf(Uri uri)
    {
        IWebProxy proxy = _proxy ?? HttpClient.DefaultProxy;
        return !proxy.IsBypassed(uri) && proxy.GetProxy(uri) is { } place && place != uri ? $"{place.Host}:{place.Port}" : null;
    }

    /// <inheritdoc/>
    public Task<Transferred> FetchAsync(Transfer transfer, CancellationToken cancellationToken) =>
        new HttpDownload(this, transfer.HasAlternative ? _options.WithAlternative() : _options, transfer).RunAsync(cancellationToken);

    /// <summary>Repeats what fails with a <see cref="TransientFault"/> that is not final. Most things succeed at once, and the pipeline is not even loaded for them.</summary>
    /// <param name="attempt">What is done.</param>
    /// <param name="cancellationToken">Stops it, and the waiting between two attempts.</param>
    /// <exception cref="TransientFault">The last attempt failed, too.</exception>
    public async Task<T> RepeatAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        TransientFault? failed;
        try
        {
            return await attempt(cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFault first) when (!first.IsFinal)
        {
            failed = first;
        }

        // What has failed already is the first attempt that the pipeline sees.
        return await _attempts.Value.ExecuteAsync(
            token => Interlocked.Exchange(ref failed, null) is { } first ? ValueTask.FromException<T>(first) : new ValueTask<T>(attempt(token)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends one request and follows redirects.</summary>
    /// <param name="request">What to ask for.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The first answer that is no redirect, and where it came from.</returns>
    public async Task<(HttpResponseMessage Response, Uri Uri)> SendAsync(HttpQuery request, CancellationToken cancellationToken)
    {
        request = request.Renew is null ? request : request with { Headers = await request.Renew(cancellationToken).ConfigureAwait(false) };
        var uri = request.Uri;
        var chain = new List<Uri> { uri };
        CookieContainer? cookies = null;
        while (true)
        {
            using var message = request.At(uri);
            if (cookies?.GetCookieHeader(uri) is { Length: > 0 } cookie)
            {
                message.Headers.TryAddWithoutValidation("Cookie", cookie);
            }

            var response = await StallGuard.RunAsync(
                async token => await _client.SendAsync(message, token).ConfigureAwait(false), request.StallTimeout ?? _options.StallTimeout, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                return (response, uri);
            }

            response.Dispose();
            if (response.Headers.Location is not { } location || !Uri.TryCreate(uri, location, out var next))
            {
                throw BadRedirect("lead to no usable address", chain);
            }

            cookies = Keep(response, uri, cookies);

            chain.Add(next);
            RequireFollowable(uri, next, chain, request.IsPinned);
            uri = next;
        }
    }

    /// <summary>Waits until the run and the host have room for another transfer.</summary>
    /// <param name="uri">The source.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>What gives the room back.</returns>
    public async Task<IDisposable> EnterAsync(Uri uri, CancellationToken cancellationToken)
    {
        var host = HostSlots(uri);
        await host.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            host.Release();
            throw;
        }

        return new Slot(host, _slots);
    }

    /// <summary>Takes room for another connection if there is some now.</summary>
    /// <param name="uri">The source.</param>
    /// <returns>What gives the room back; null when there is none.</returns>
    public IDisposable? TryEnter(Uri uri)
    {
        var host = HostSlots(uri);
        if (!host.Wait(0, CancellationToken.None))
        {
            return null;
        }

        if (_slots.Wait(0, CancellationToken.None))
        {
            return new Slot(host, _slots);
        }

        host.Release();
        return null;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _client.Dispose();
        _slots.Dispose();
    }

    private SemaphoreSlim HostSlots(Uri uri) => _hostSlots.GetOrAdd(uri.Authority, _ => new SemaphoreSlim(_options.ParallelPerHost));

    /// <summary>Servers that log in by redirects hand out cookies on the way. They are kept for one chain only, and go to the servers that gave them.</summary>
    private static CookieContainer? Keep(HttpResponseMessage response, Uri uri, CookieContainer? cookies)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var given) ? given : [])
        {
            try
            {
                (cookies ??= new CookieContainer()).SetCookies(uri, cookie);
            }
            catch (CookieException)
            {
                // Malformed: browsers pass over it, too.
            }
        }

        return cookies;
    }

    private void RequireFollowable(Uri from, Uri to, List<Uri> chain, bool isPinned)
    {
        var problem = chain.Count > _options.Redirects + 1 ? $"are more than {_options.Redirects}"
            : to.Scheme is not ("http" or "https") ? $"lead to the scheme '{to.Scheme}'"
            : from.Scheme == "https" && to.Scheme == "http" && !isPinned ? "lead from https to http although no checksum is declared"
            : null;
        if (problem is not null)
        {
            throw BadRedirect(problem, chain);
        }
    }

    private static FetchFaultException BadRedirect(string problem, List<Uri> chain)
    {
        var shown = chain.ConvertAll(SafeUrl.Of);
        return new FetchFaultException(
            Diagnostics.DiagnosticRules.BadRedirect, $"The redirects {problem}: {string.Join(" -> ", shown.Count > 6 ? [.. shown[..4], "…", shown[^1]] : shown)}. Correct the uri.");
    }

    private sealed class Slot(SemaphoreSlim host, SemaphoreSlim all) : IDisposable
    {
        public void Dispose()
        {
            all.Release();
            host.Release();
        }
    }
}
