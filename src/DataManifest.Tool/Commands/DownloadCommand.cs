using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DataManifest.Fetching;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Fetches datasets, verifies them, and pins those that have no checksum.</summary>
internal static class DownloadCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var names = Parameters.Datasets("The datasets: names, aliases, DOIs, keys or paths; none for all");
        var all = Parameters.Switch("--all", "All datasets, as without names");
        var overwrite = Parameters.Switch("--overwrite", "Fetch again what is there; the old data stay until the new ones are verified");
        var delegated = Parameters.Switch("--delegate", "Let the other tools of the family run fetchers of their language");
        var notDelegated = Parameters.Switch("--no-delegate", "Do not");
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "download", "Fetches datasets that are missing, verifies them, and writes missing checksums into the manifest.",
            "datamanifest download", "datamanifest download co2 gistemp", "datamanifest download --dry-run")
            { names, all, overwrite, delegated, notDelegated, dryRun, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(delegated) && result.GetValue(notDelegated))
            {
                result.AddError("--delegate and --no-delegate exclude each other");
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var chosen = parsed.GetValue(all) ? null : Parameters.Chosen(parsed, names);
            var request = new FetchRequest { Names = chosen, Delegate = parsed.GetValue(delegated) ? true : parsed.GetValue(notDelegated) ? false : null };
            if (parsed.GetValue(overwrite))
            {
                var database = session.Open();
                request = request with { Overwrite = (chosen?.Select(name => database[name]) ?? database.Datasets).Select(dataset => dataset.Name).ToHashSet(StringComparer.Ordinal) };
            }

            return parsed.GetValue(dryRun)
                ? Task.FromResult(Preview(session, chosen, parsed.GetValue(json)))
                : RunAsync(session, chosen, request, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    /// <summary>Tells what would be fetched.</summary>
    /// <param name="session">The manifest, and where it is told.</param>
    /// <param name="names">The datasets; null for all.</param>
    /// <param name="asJson">Whether to tell it in JSON.</param>
    /// <returns>The exit code.</returns>
    public static int Preview(ToolSession session, string[]? names, bool asJson)
    {
        var database = session.OpenAndCheck(names);
        var datasets = names?.Select(name => database[name]).Distinct() ?? database.Datasets;
        var missing = datasets.Where(dataset => !dataset.Exists && !dataset.Declaration.SkipDownload).ToArray();
        if (asJson)
        {
            session.Console.WriteJson(new JsonArray([.. missing.Select(dataset => new JsonObject { ["name"] = dataset.Name, ["outcome"] = "missing", ["path"] = dataset.Location.Path })]));
            return ExitCode.Done;
        }

        foreach (var dataset in missing)
        {
            session.Out.WriteLine($"Would download: {dataset.Name}  {(dataset.Uri.Length > 0 ? SafeUrl.Of(dataset.Uri) : "")} -> {dataset.Location.Path}");
        }

        session.Out.WriteLine($"Would download: {missing.Length} dataset{(missing.Length == 1 ? "" : "s")} (dry run; re-run without --dry-run to apply)");
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(ToolSession session, string[]? names, FetchRequest request, bool asJson, CancellationToken cancellationToken)
    {
        // The system's cryptography takes some milliseconds to load, in which the manifest is read.
        _ = Task.Run(() => SHA256.HashData([]), cancellationToken);
        var database = session.OpenAndCheck(names);
        var report = await FetchRunner.RunAsync(session, database, request, cancellationToken).ConfigureAwait(false);
        if (asJson)
        {
            session.Console.WriteJson(new JsonArray([.. report.Results.Select(result => new JsonObject
            {
                ["name"] = result.Dataset.Name,
                ["outcome"] = result.Outcome.ToString().ToLowerInvariant(),
                ["path"] = result.Path,
                ["bytes"] = result.Bytes,
                ["checksum"] = result.Dataset.Checksum.Length > 0 ? result.Dataset.Checksum : result.ComputedChecksum,
                ["source"] = result.Source,
                ["seconds"] = Math.Round(result.Elapsed.TotalSeconds, 3),
                ["code"] = result.Error?.Code,
                ["error"] = result.Error?.Message,
            })]));
        }

        // Data that somebody else provides and has not provided are missing all the same.
        return report.HasFailures || report.Results.Any(result => result is { Outcome: FetchOutcome.Skipped, Error: not null }) ? ExitCode.Failed : ExitCode.Done;
    }
}
