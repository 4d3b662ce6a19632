using System.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>A process of its own that fetches a manifest's datasets, so that it can be killed.</summary>
internal sealed class FetchProcess : IDisposable
{
    private readonly Process _process;

    private FetchProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts one and returns as soon as it is about to fetch.</summary>
    public static async Task<FetchProcess> StartAsync(FetchScene scene, CancellationToken cancellationToken, params (string Name, string Value)[] variables)
    {
        var start = Interruptible.Start(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "DataManifest.StoreWriter.dll"), "fetch", scene.ManifestPath, scene.Store]);
        start.RedirectStandardOutput = true;
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        Assert.AreEqual("begin", await process.StandardOutput.ReadLineAsync(cancellationToken));
        return new FetchProcess(process);
    }

    /// <summary>Ends it with no chance to clean up.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output)> EndAsync(CancellationToken cancellationToken)
    {
        var output = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, output.Trim());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
