using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DataManifest.Fetching;

/// <summary>A real ssh server on this machine with keys of its own, which lets in who runs the test.</summary>
internal sealed class SshServer : IDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly Process _process;

    private SshServer(Process process, int port, string shell) => (_process, Port, Shell) = (process, port, shell);

    public int Port { get; }

    /// <summary>The ssh command that knows the server and has the key.</summary>
    public string Shell { get; }

    public static async Task<SshServer> StartAsync(ScratchFolder folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Program) || !File.Exists("/usr/bin/rsync") || !File.Exists("/usr/bin/ssh-keygen"))
        {
            Assert.Inconclusive($"install {Program}, ssh-keygen and rsync");
        }

        var home = folder["ssh"];
        Directory.CreateDirectory(home);
        foreach (var key in new[] { "host", "user" })
        {
            using var keygen = Process.Start(new ProcessStartInfo("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(home, key)]))!;
            await keygen.WaitForExitAsync(cancellationToken);
            Assert.AreEqual(0, keygen.ExitCode);
        }

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        folder.Write("ssh/known_hosts", $"[127.0.0.1]:{port} {File.ReadAllText(Path.Combine(home, "host.pub"))}");
        folder.Write("ssh/config", $"Host *\n  IdentityFile {home}/user\n  IdentitiesOnly yes\n  UserKnownHostsFile {home}/known_hosts\n  StrictHostKeyChecking yes\n  BatchMode yes\n");
        folder.Write("ssh/sshd_config", $"ListenAddress 127.0.0.1\nPort {port}\nHostKey {home}/host\nAuthorizedKeysFile {home}/user.pub\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPidFile none\n");
        if (Environment.UserName == "root")
        {
            Directory.CreateDirectory("/run/sshd");
        }

        var process = Process.Start(new ProcessStartInfo(Program, ["-D", "-e", "-f", Path.Combine(home, "sshd_config")]) { RedirectStandardError = true })!;
        for (var i = 0; ; i++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return new SshServer(process, port, $"ssh -F {home}/config");
            }
            catch (SocketException) when (i < 100)
            {
                if (process.HasExited)
                {
                    Assert.Fail(await process.StandardError.ReadToEndAsync(cancellationToken));
                }

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
}
