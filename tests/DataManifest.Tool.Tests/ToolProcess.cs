using System.Diagnostics;
using System.Text;

namespace DataManifest.Tool;

/// <summary>Runs the tool as its users do: in a process of its own.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The build beside these tests, or the published program that <c>DATAMANIFEST_TOOL</c> names.</summary>
    private static readonly string[] Tool = Environment.GetEnvironmentVariable("DATAMANIFEST_TOOL") is { Length: > 0 } published ? [published] : ["dotnet", "exec", typeof(ExitCode).Assembly.Location];

    /// <summary>Runs the tool to its end.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="arguments">The command line.</param>
    public static ToolResult Run(string folder, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments) =>
        Run(Tool[0], folder, environment, "", [.. Tool[1..], .. arguments]);

    /// <summary>Runs the tool to its end on a pseudo-terminal of 100 columns, on which its output and its messages come together.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="arguments">The command line, of words that a shell leaves alone.</param>
    public static ToolResult RunInTerminal(string folder, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments)
    {
        if (!OperatingSystem.IsLinux() || !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, "script"))))
        {
            Assert.Inconclusive("Needs the program 'script' of util-linux, which makes pseudo-terminals.");
        }

        var line = $"stty cols 100 rows 30; exec {string.Join(' ', Tool.Select(word => $"'{word}'"))} {string.Join(' ', arguments)}";
        var terminal = new Dictionary<string, string?>(environment) { ["TERM"] = "xterm-256color", ["COLUMNS"] = null, ["SHELL"] = "/bin/sh" };
        return Run("script", folder, terminal, "", "-qec", line, "/dev/null");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="arguments">The command line.</param>
    public static ToolResult Run(string program, string folder, IReadOnlyDictionary<string, string?> environment, string input, params IEnumerable<string> arguments)
    {
        using var process = Start(program, folder, environment, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {Patience}.\n{output.Result}\n{error.Result}");
        }

        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts the tool and lets it run.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="arguments">The command line.</param>
    public static Process Start(string folder, IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments) =>
        Start(Tool[0], folder, environment, [.. Tool[1..], .. arguments]);

    private static Process Start(string program, string folder, IReadOnlyDictionary<string, string?> environment, IEnumerable<string> arguments)
    {
        var start = Interruptible.Start(program, arguments);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DATAMANIFEST_", StringComparison.Ordinal) || name is "DATASETS_TOML" or "NETRC").ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record ToolResult(int Code, string Output, string Error);
