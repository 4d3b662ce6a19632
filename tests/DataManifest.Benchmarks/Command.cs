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
    public static string Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
    }
}
