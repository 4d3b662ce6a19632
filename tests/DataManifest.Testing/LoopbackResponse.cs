using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DataManifest.Testing;

/// <summary>The writing side of one request: a head, body bytes, and the ways to end a connection.</summary>
public sealed class LoopbackResponse
{
    private readonly LoopbackRequest _request;
    private readonly Stream _stream;
    private readonly Socket _socket;

    internal LoopbackResponse(LoopbackRequest request, Stream stream, Socket socket) => (_request, _stream, _socket) = (request, stream, socket);

    /// <summary>Whether the connection serves another request after this one.</summary>
    public bool KeepsAlive { get; private set; } = true;

    /// <summary>Writes the status line and the header fields.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="headers">The fields, as they are.</param>
    /// <param name="version">The protocol version of the status line; <c>1.0</c> ends the connection after the body.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteHeadAsync(
        int status, IEnumerable<(string Name, string Value)> headers, string version = "1.1", CancellationToken cancellationToken = default)
    {
        _request.Status = status;
        KeepsAlive = version == "1.1";
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/{version} {status} Scripted\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await _stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
    }

    /// <summary>Writes body bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        _request.BytesSent += bytes.Length;
    }

    /// <summary>Answers a CONNECT request as a proxy does: joins the client with a port of this machine until either ends.</summary>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task TunnelAsync(int port, CancellationToken cancellationToken)
    {
        using var other = new TcpClient();
        await other.ConnectAsync("127.0.0.1", port, cancellationToken);
        await WriteHeadAsync(200, [], cancellationToken: cancellationToken);
        KeepsAlive = false;
        await using var there = other.GetStream();
        await Task.WhenAny(_stream.CopyToAsync(there, cancellationToken), there.CopyToAsync(_stream, cancellationToken));
    }

    /// <summary>Writes a whole response with its length.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">The body; none for null.</param>
    /// <param name="headers">Further fields.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task SendAsync(
        int status, byte[]? body = null, IEnumerable<(string Name, string Value)>? headers = null, CancellationToken cancellationToken = default)
    {
        var length = ("Content-Length", (body?.Length ?? 0).ToString(CultureInfo.InvariantCulture));
        await WriteHeadAsync(status, [length, .. headers ?? []], cancellationToken: cancellationToken);
        await WriteAsync(body ?? [], cancellationToken);
    }

    /// <summary>Ends the connection after what was written, as a server that died does.</summary>
    public void Close()
    {
        KeepsAlive = false;
        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        KeepsAlive = false;
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Says nothing more and keeps the connection open until the server is disposed.</summary>
    /// <param name="cancellationToken">The handler's token.</param>
    public static Task StallAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
