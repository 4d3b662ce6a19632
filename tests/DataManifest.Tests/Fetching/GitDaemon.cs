using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DataManifest.Fetching;

/// <summary>A repository of its own, served by git itself on this machine.</summary>
internal sealed class GitDaemon : IDisposable
{
    private readonly Process _process;

    private GitDaemon(Process process, string url) => (_process, Url) = (process, url);

    /// <summary>The repository's address.</summary>
    public string Url { get; }

    /// <summary>Makes a repository with the files of a folder on branch main, those of another on branch old, and serves it.</summary>
    public static async Task<GitDaemon> StartAsync(ScratchFolder folder, CancellationToken cancellationToken)
    {
        folder.Write("work/a.txt", "old");
        Git(folder["work"], "init", "-q", "-b", "old");
        Commit(folder["work"]);
        Git(folder["work"], "checkout", "-q", "-b", "main");
        folder.Write("work/a.txt", "new");
        Commit(folder["work"]);
        Git(folder["work"], "clone", "-q", "--bare", folder["work"], folder["served/data.git"]);

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var process = Process.Start(new ProcessStartInfo("git",
            ["daemon", "--export-all", "--reuseaddr", "--listen=127.0.0.1", $"--port={port}", $"--base-path={folder["served"]}", folder["served"]])
        {
            RedirectStandardError = true,
        })!;
        for (var i = 0; ; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new GitDaemon(process, $"git://127.0.0.1:{port}/data.git");
            }
            catch (SocketException) when (i < 100 && !process.HasExited)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(5000);
        _process.Dispose();
    }

    private static void Commit(string folder)
    {
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "data");
    }

    /// <summary>Runs git.</summary>
    public static void Git(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, string.Join(' ', arguments));
    }
}
