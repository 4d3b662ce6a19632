using System.Diagnostics;

namespace DataManifest.State;

/// <summary>Runs the format's reference tool, which is kept outside the repository.</summary>
internal static class ReferenceTool
{
    /// <summary>Runs one command that succeeds, in the scratch folder's <c>project</c>; ends the test when the tool is not given.</summary>
    /// <returns>What the command printed.</returns>
    public static async Task<string> RunAsync(ScratchFolder folder, Dictionary<string, string> variables, CancellationToken cancellationToken, params string[] arguments)
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_REFERENCE") is not { Length: > 0 } reference)
        {
            Assert.Inconclusive("set DATAMANIFEST_REFERENCE to a checkout of the reference tool, whose requirements are installed for /usr/bin/python3");
            return "";
        }

        var start = new ProcessStartInfo("/usr/bin/python3", ["-m", "datamanifest.cli", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder["project"],
        };
        start.Environment.Clear();
        foreach (var name in new[] { "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME" })
        {
            start.Environment[name] = folder[$"home/{name}"];
        }

        start.Environment["HOME"] = folder["home"];
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["PYTHONPATH"] = reference;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.AreEqual(0, process.ExitCode, $"{string.Join(' ', arguments)}: {await errors}");
        return output;
    }
}
