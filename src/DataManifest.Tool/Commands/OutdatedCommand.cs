using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Catalogs.Updates;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Asks the sources of datasets for something newer.</summary>
internal static class OutdatedCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var names = Parameters.Datasets("The datasets; none for all");
        var json = Parameters.Json();
        var command = new ToolCommand(
            "outdated", "Asks the sources of datasets whether they have something newer: a new version of a record, or another content under the same address. Nothing is changed.",
            "datamanifest outdated", "datamanifest outdated co2 --json") { names, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = await session.Open().FindOutdatedAsync(Parameters.Chosen(parsed, names), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                session.Console.WriteJson(new JsonArray([.. report.Results.Select(result => new JsonObject
                {
                    ["name"] = result.Dataset.Name, ["status"] = Word(result.Status), ["reason"] = result.Reason, ["newVersion"] = result.NewVersion, ["code"] = result.Error?.Code,
                })]));
            }
            else
            {
                Print(session.Console, report);
            }

            foreach (var error in report.Results.Select(result => result.Error).OfType<DataManifestException>())
            {
                session.Messages.Tell(error, session.Database);
            }

            return report.Results.Any(result => result.Error is not null) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static void Print(ToolConsole console, OutdatedReport report)
    {
        var style = new Style(console.IsTerminal);
        var width = report.Results.Select(result => result.Dataset.Name.Length).DefaultIfEmpty().Max();
        foreach (var result in report.Results.Where(result => result.Status is not (OutdatedStatus.Current or OutdatedStatus.Failed)))
        {
            var status = Word(result.Status).PadRight(11);
            var news = result.NewVersion.Length > 0 ? $" {result.NewVersion}" : "";
            console.Out.WriteLine($"{result.Dataset.Name.PadRight(width)}  {(result.Status == OutdatedStatus.Unknown ? style.Dim(status) : style.Warning(status))}  {result.Reason}{news}");
        }

        if (!report.HasUpdates)
        {
            console.Out.WriteLine("Nothing newer was found.");
        }
    }

    private static string Word(OutdatedStatus status) => status == OutdatedStatus.NewVersion ? "new version" : status.ToString().ToLowerInvariant();
}
