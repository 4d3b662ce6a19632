using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DataManifest.Benchmarks;

/// <summary>nginx on a loopback port, serving one folder; a server that is not the bottleneck.</summary>
internal sealed class NginxServer : IDisposable
{
    private readonly Process _process;

    private NginxServer(Process process, int port, int cappedPort)
    {
        _process = process;
        Url = $"http://127.0.0.1:{port}";
        CappedUrl = $"http://127.0.0.1:{cappedPort}";
    }

    /// <summary>The server's address, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>The address under which a connection brings 50 MiB a second at most.</summary>
    public string CappedUrl { get; }

    /// <summary>Starts the server.</summary>
    /// <param name="scratch">A folder for its own files.</param>
    /// <param name="root">The folder to serve.</param>
    public static NginxServer Start(string scratch, string root)
    {
        var (port, cappedPort) = (FreePort(), FreePort());
        var configuration = Path.Combine(scratch, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            user {{Environment.UserName}}; daemon off; pid {{scratch}}/nginx.pid; error_log {{scratch}}/nginx.log; worker_processes 1;
            events { }
            http {
                access_log off; sendfile on; keepalive_requests 100000; root {{root}};
                server { listen 127.0.0.1:{{port}}; }
                server { listen 127.0.0.1:{{cappedPort}}; limit_rate 50m; }
            }
            """);
        var process = Process.Start(new ProcessStartInfo("nginx", ["-c", configuration]) { RedirectStandardError = true })!;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient("127.0.0.1", port);
                return new NginxServer(process, port, cappedPort);
            }
            catch (SocketException) when (attempt < 50)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
