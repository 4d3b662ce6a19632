using System.Diagnostics;
using System.Text;

namespace DataManifest.Packages;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs <c>dotnet</c> and returns what it did.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="arguments">The arguments.</param>
    public static CommandResult Dotnet(string folder, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments) =>
        Run("dotnet", folder, environment, arguments);

    /// <summary>Runs a program and returns what it did.</summary>
    /// <param name="program">The program: a path, or a name that is looked for in <c>PATH</c>.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="arguments">The arguments.</param>
    public static CommandResult Run(string program, string folder, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {Patience}.\n{output}");
        }

        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.ToString());

        void Append(string? line)
        {
            if (line is not null)
            {
                lock (output)
                {
                    output.AppendLine(line);
                }
            }
        }
    }
}
