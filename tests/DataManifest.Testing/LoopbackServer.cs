using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DataManifest.Testing;

/// <summary>Answers one request; what it does not write stays unwritten, so it can cut, stall and lie.</summary>
/// <param name="request">What was asked.</param>
/// <param name="response">The connection's writing side.</param>
/// <param name="cancellationToken">Ends when the server is disposed.</param>
public delegate Task LoopbackHandler(LoopbackRequest request, LoopbackResponse response, CancellationToken cancellationToken);

/// <summary>
/// An HTTP/1.1 server on a free loopback port, on bare sockets so that a test decides about every byte. Thread-safe; unknown paths answer 404.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Script> _scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LoopbackRequest> _requests = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    private LoopbackServer(X509Certificate2? certificate, IPAddress address)
    {
        _certificate = certificate;
        _listener = new TcpListener(address, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port that the server listens on.</summary>
    public int Port { get; }

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<LoopbackRequest> Requests => [.. _requests];

    /// <summary>Starts a server.</summary>
    /// <param name="certificate">Makes it speak TLS with this certificate; null for plain HTTP.</param>
    /// <param name="address">The loopback address; null for 127.0.0.1.</param>
    public static LoopbackServer Start(X509Certificate2? certificate = null, IPAddress? address = null) => new(certificate, address ?? IPAddress.Loopback);

    /// <summary>The absolute URL of a path.</summary>
    /// <param name="path">The path, from its slash on.</param>
    /// <param name="host">The host's spelling; <c>localhost</c> is another host than <c>127.0.0.1</c> for credentials.</param>
    public string Url(string path, string host = "127.0.0.1") => $"{(_certificate is null ? "http" : "https")}://{host}:{Port}{path}";

    /// <summary>Serves a body under a path, with ranges, validators and whatever misbehaviour the options ask for.</summary>
    /// <param name="path">The path without query, from its slash on.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="options">How it is served; null for a well-behaved server.</param>
    public void Serve(string path, byte[] body, ServeOptions? options = null) =>
        On(path, Static(body, options));

    /// <summary>A handler that serves a body, for <see cref="On"/>.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="options">How it is served; null for a well-behaved server.</param>
    public static LoopbackHandler Static(byte[] body, ServeOptions? options = null) =>
        (request, response, token) => StaticFile.ServeAsync(body, options ?? new ServeOptions(), request, response, token);

    /// <summary>Serves a UTF-8 text under a path.</summary>
    /// <param name="path">The path without query, from its slash on.</param>
    /// <param name="text">The whole body.</param>
    /// <param name="options">How it is served; null for a well-behaved server.</param>
    public void Serve(string path, string text, ServeOptions? options = null) => Serve(path, System.Text.Encoding.UTF8.GetBytes(text), options);

    /// <summary>Answers the first request of a path with the first handler, the second with the second, and all further ones with the last.</summary>
    /// <param name="path">The path without query, from its slash on.</param>
    /// <param name="handlers">At least one.</param>
    public void On(string path, params LoopbackHandler[] handlers) => _scripts[path] = new Script(handlers);

    /// <summary>How often a path was asked for.</summary>
    /// <param name="path">The path without query, from its slash on.</param>
    public int Count(string path) => _requests.Count(request => request.Path == path);

    /// <summary>Closes the port and every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        // A listener that was stopped throws when it is asked for the next connection, so it is not stopped before nobody asks.
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                var connection = Task.Run(() => TalkAsync(socket));
                _connections[connection] = true;
                _ = connection.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task TalkAsync(Socket socket)
    {
        using var owned = socket;
        socket.NoDelay = true;
        try
        {
            await using var stream = await OpenAsync(socket);
            var reader = new RequestReader(stream);
            while (await reader.ReadAsync(_stop.Token) is { } request)
            {
                _requests.Enqueue(request);
                var response = new LoopbackResponse(request, stream, socket);
                var handler = _scripts.TryGetValue(request.Path, out var script) ? script.Next() : NotFoundAsync;
                await handler(request, response, _stop.Token);
                if (!response.KeepsAlive)
                {
                    return;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
        {
            // The client went away or the test is over: both are ordinary here.
        }
    }

    private async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (_certificate is null)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return tls;
    }

    private static Task NotFoundAsync(LoopbackRequest request, LoopbackResponse response, CancellationToken cancellationToken) =>
        response.SendAsync(404, "not here"u8.ToArray(), cancellationToken: cancellationToken);

    private sealed class Script(LoopbackHandler[] handlers)
    {
        private int _next = -1;

        public LoopbackHandler Next() => handlers[Math.Min(Interlocked.Increment(ref _next), handlers.Length - 1)];
    }
}
