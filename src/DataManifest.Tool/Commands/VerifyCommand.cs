using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Fetching;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Reads data again and compares them with their checksums.</summary>
internal static class VerifyCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var names = Parameters.Datasets("The datasets; none for all");
        var json = Parameters.Json();
        var command = new ToolCommand(
            "verify", "Reads the data of datasets again and compares them with the declared checksums. Ends with 1 when any differ.",
            "datamanifest verify", "datamanifest verify co2") { names, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(session, Parameters.Chosen(parsed, names), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ToolSession session, string[]? names, bool asJson, CancellationToken cancellationToken)
    {
        var database = session.OpenAndCheck(names);
        var report = await ProgressView.ShowAsync(
            session.Console, progress => database.VerifyAsync(names, progress, cancellationToken)).ConfigureAwait(false);
        foreach (var result in report.Results)
        {
            if (result.Error is { } error)
            {
                session.Messages.Tell(error, database);
            }
        }

        if (asJson)
        {
            session.Console.WriteJson(new JsonArray([.. report.Results.Select(result => new JsonObject
            {
                ["name"] = result.Dataset.Name,
                ["outcome"] = result.Outcome.ToString().ToLowerInvariant(),
                ["path"] = result.Path,
                ["declared"] = result.Dataset.Checksum,
                ["computed"] = result.ComputedChecksum,
                ["code"] = result.Error?.Code,
                ["error"] = result.Error?.Message,
            })]));
        }
        else
        {
            var counts = report.Results.CountBy(result => result.Outcome).OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key.ToString().ToLowerInvariant()}");
            session.Console.Error.WriteLine($"{report.Results.Count} dataset{(report.Results.Count == 1 ? "" : "s")}: {string.Join(", ", counts)}.");
        }

        // A dataset whose declaration is in error was told of above; it cannot be called verified.
        return report.HasFailures || report.Results.Any(result => database.Manifest.ErrorsOf(result.Dataset.Name).Any()) ? ExitCode.Failed : ExitCode.Done;
    }
}
