using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DataManifest.Testing;

/// <summary>The emulator of an object store: a program of the npm registry, on a free loopback port, with a folder of its own.</summary>
public sealed partial class Emulator : IDisposable
{
    private readonly Process _process;
    private readonly ScratchFolder _folder;

    private Emulator(Process process, ScratchFolder folder, int port) => (_process, _folder, Port) = (process, folder, port);

    /// <summary>The folder whose <c>node_modules</c> has the emulators; null when the environment names none.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable("DATAMANIFEST_EMULATORS") is { Length: > 0 } folder ? folder : null;

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <summary>Starts an emulator and waits until it listens.</summary>
    /// <param name="script">The emulator's script below <c>node_modules</c>.</param>
    /// <param name="arguments">Its arguments; <c>{0}</c> stands for its folder.</param>
    public static async Task<Emulator> StartAsync(string script, params string[] arguments)
    {
        var folder = new ScratchFolder();
        // One of them makes its paging tokens with a cipher that is legacy by now.
        var start = new ProcessStartInfo("node", ["--openssl-legacy-provider", Path.Combine(Folder!, "node_modules", script), .. arguments.Select(argument => argument.Replace("{0}", folder.Path, StringComparison.Ordinal))])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = "";
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            said += line + "\n";
            if (Listening().Match(line) is { Success: true } match)
            {
                // Whatever it says from now on must be read, or it would wait for that.
                _ = process.StandardOutput.ReadToEndAsync();
                return new Emulator(process, folder, int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        folder.Dispose();
        throw new InvalidOperationException($"{script} did not start: {said}{await errors}");
    }

    /// <summary>Ends it and removes its folder.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(5000);
        _process.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"listen(?:ing|s) (?:at|on) .*?:([0-9]+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Listening();
}
