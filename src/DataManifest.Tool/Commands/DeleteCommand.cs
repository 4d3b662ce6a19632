using System.CommandLine;
using DataManifest.Maintenance;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Deletes the data of datasets and artifacts.</summary>
internal static class DeleteCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var id = Parameters.Object();
        var command = new ToolCommand(
            "delete", "Deletes the data of a dataset or artifact and the record of where they are; the declaration stays. Data that others look after are never touched.",
            "datamanifest delete co2 --dry-run", "datamanifest delete co2 --prune", "datamanifest delete model.run/9f86d0 --batch") { id };
        AddAction(session, command, parsed => ObjectSelection.Of(parsed.GetValue(id)!, parsed.GetValue<bool>(Parameters.BatchName)));
        return command;
    }

    /// <summary>Gives a command the options of deleting, and the deleting.</summary>
    /// <param name="session">What it works with.</param>
    /// <param name="command">The command.</param>
    /// <param name="select">What is deleted.</param>
    public static void AddAction(ToolSession session, Command command, Func<ParseResult, ObjectSelection> select)
    {
        var dryRun = Parameters.DryRun();
        var prune = Parameters.Switch("--prune", "Remove deleted datasets from the manifest too");
        var json = Parameters.Json();
        foreach (var option in new Option[] { dryRun, Parameters.Batch(), prune, json })
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) => new MaintenanceOutput(session).Tell(
            await ProgressView.ShowAsync(
                session.Console, progress => session.Open().DeleteAsync(select(parsed), parsed.GetValue(dryRun), parsed.GetValue(prune), progress, cancellationToken)).ConfigureAwait(false),
            "Deleted", "delete", parsed.GetValue(json)));
    }
}
