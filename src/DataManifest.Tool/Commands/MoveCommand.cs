using System.CommandLine;
using DataManifest.Maintenance;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Moves the data of datasets and artifacts.</summary>
internal static class MoveCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var id = Parameters.Object();
        var command = new ToolCommand(
            "move", "Moves the data of a dataset or artifact below another folder and records the place; the manifest stays as it is.",
            "datamanifest move co2 /archive --dry-run", "datamanifest move co2 /archive") { id };
        AddAction(session, command, parsed => ObjectSelection.Of(parsed.GetValue(id)!, parsed.GetValue<bool>(Parameters.BatchName)));
        return command;
    }

    /// <summary>Gives a command the arguments of moving, and the moving.</summary>
    /// <param name="session">What it works with.</param>
    /// <param name="command">The command.</param>
    /// <param name="select">What is moved.</param>
    public static void AddAction(ToolSession session, Command command, Func<ParseResult, ObjectSelection> select)
    {
        var destination = new Argument<string>("DEST") { Description = "The folder; data keep their keys below it" };
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        command.Add(destination);
        foreach (var option in new Option[] { dryRun, Parameters.Batch(), json })
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) => new MaintenanceOutput(session).Tell(
            await ProgressView.ShowAsync(
                session.Console, progress => session.Open().MoveAsync(select(parsed), parsed.GetValue(destination)!, parsed.GetValue(dryRun), progress, cancellationToken)).ConfigureAwait(false),
            "Moved", "move", parsed.GetValue(json)));
    }
}
