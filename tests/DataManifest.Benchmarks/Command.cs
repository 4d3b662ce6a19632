using System.Diagnostics;

namespace DataManifest.Benchmarks;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>Starts <paramref name="program"/>, waits for it, and gives what it wrote to standard output.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="program">A program on the path.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static string Run(string folder, string program, params string[] arguments) => Run(folder, _ => { }, program, arguments);

    /// <summary>Starts <paramref name="program"/>, waits for it, and gives how much memory it used at most, in KiB.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="program">A program on the path.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static long PeakOf(string folder, string program, params string[] arguments)
    {
        var watching = Task.FromResult(0L);
        Run(folder, process => watching = ProcessMemory.WatchAsync(process.Id), program, arguments);
        return watching.Result;
    }

    private static string Run(string folder, Action<Process> started, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        started(process);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
    }
}
