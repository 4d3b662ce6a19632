using System.CommandLine;
using DataManifest.Tool.CommandLine;

namespace DataManifest.Tool.Commands;

/// <summary>Prints where a dataset's data are, or will be: one line, for scripts.</summary>
internal static class PathCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var name = Parameters.Dataset();
        var command = new ToolCommand(
            "path", "Prints the path of a dataset's data on this machine, there or not.",
            "datamanifest path co2", "head \"$(datamanifest path co2)\"") { name };
        command.SetAction(parsed => Run(session, parsed.GetValue(name)!));
        return command;
    }

    /// <summary>Runs it.</summary>
    /// <param name="session">The console and the manifest.</param>
    /// <param name="identifier">The dataset, as the user wrote it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="DataManifestException">There is no such dataset, or no manifest.</exception>
    public static int Run(ToolSession session, string identifier)
    {
        session.Out.WriteLine($"{session.Open()[identifier].Location.Path}");
        return ExitCode.Done;
    }
}
