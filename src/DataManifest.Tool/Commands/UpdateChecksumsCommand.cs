using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Fetching;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Takes the digests of the data on this machine over into the manifest.</summary>
internal static class UpdateChecksumsCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var names = Parameters.Datasets("The datasets; none for all");
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "update-checksums", "Takes the digests of the data on this machine over into the manifest, for data that were changed on purpose.",
            "datamanifest update-checksums --dry-run", "datamanifest update-checksums co2") { names, dryRun, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(session, Parameters.Chosen(parsed, names), parsed.GetValue(dryRun), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ToolSession session, string[]? names, bool dryRun, bool asJson, CancellationToken cancellationToken)
    {
        var database = session.Open();
        var report = await ProgressView.ShowAsync(
            session.Console, progress => database.UpdateChecksumsAsync(names, dryRun, progress, cancellationToken)).ConfigureAwait(false);
        var changed = report.Results.Where(result => result.Outcome is VerifyOutcome.Wrong or VerifyOutcome.Unpinned).ToArray();
        var unreadable = report.Results.Where(result => result.Outcome == VerifyOutcome.Unreadable).ToArray();
        foreach (var result in unreadable)
        {
            session.Messages.Tell(result.Error!, database);
        }

        if (asJson)
        {
            session.Console.WriteJson(new JsonArray([.. changed.Select(result => new JsonObject
            {
                ["name"] = result.Dataset.Name, ["old"] = result.Dataset.Checksum, ["new"] = result.ComputedChecksum, ["path"] = result.Path, ["written"] = !dryRun,
            })]));
        }
        else
        {
            Print(session, report, changed, dryRun, isNamed: names is not null);
        }

        return unreadable.Length > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(ToolSession session, VerifyReport report, VerifyResult[] changed, bool dryRun, bool isNamed)
    {
        foreach (var result in report.Results)
        {
            if (changed.Contains(result))
            {
                session.Out.WriteLine($"{(dryRun ? "would update" : "updated")}: {result.Dataset.Name}");
            }
            else if (isNamed && result.Outcome == VerifyOutcome.Missing)
            {
                session.Console.Error.WriteLine($"missing: {result.Dataset.Name}");
            }
        }

        if (changed.Length == 0)
        {
            session.Out.WriteLine(dryRun ? "No checksums would change." : "No checksums changed.");
        }
    }
}
