using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Prints where a dataset's data are, or will be: one line, for scripts.</summary>
internal static class PathCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var name = Parameters.Dataset();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "path", "Prints the path of a dataset's data on this machine, there or not.",
            "datamanifest path co2", "head \"$(datamanifest path co2)\"") { name, json };
        command.SetAction(parsed => parsed.GetValue(json) ? PrintJson(session, parsed.GetValue(name)!) : Run(session, parsed.GetValue(name)!));
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

    private static int PrintJson(ToolSession session, string identifier)
    {
        var dataset = session.Open()[identifier];
        var location = dataset.Location;
        session.Console.WriteJson(new JsonObject { ["name"] = dataset.Name, ["path"] = location.Path, ["present"] = location.IsUsable, ["state"] = DatasetJson.Word(location.State) });
        return ExitCode.Done;
    }
}
