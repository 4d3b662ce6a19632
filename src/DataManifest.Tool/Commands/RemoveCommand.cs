using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Removes a dataset from the manifest, and its data.</summary>
internal static class RemoveCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var name = Parameters.Dataset();
        var keep = Parameters.Switch("--keep-cache", "Leave the data where they are");
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "remove", "Removes a dataset from the manifest, and its data. Data that others look after or that another dataset shares stay.",
            "datamanifest remove co2", "datamanifest remove co2 --keep-cache") { name, keep, dryRun, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (identifier, isDryRun) = (parsed.GetValue(name)!, parsed.GetValue(dryRun));
            var result = await ProgressView.ShowAsync(
                session.Console, progress => session.Open().RemoveAsync(identifier, parsed.GetValue(keep), isDryRun, progress, cancellationToken)).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                session.Console.WriteJson(new JsonObject { ["name"] = result.Subject.Name, ["dryRun"] = isDryRun, ["deleted"] = result.Action == Maintenance.ObjectAction.Deleted ? result.From : null });
            }
            else
            {
                session.Out.WriteLine($"{(isDryRun ? "Would remove" : "Removed")}: {identifier}");
            }

            if (result.Error is { } error)
            {
                session.Messages.Tell(error, session.Database);
                return ExitCode.Failed;
            }

            return ExitCode.Done;
        });
        return command;
    }
}
