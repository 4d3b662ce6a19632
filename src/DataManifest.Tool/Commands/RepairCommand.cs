using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Fetching;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Fetches again what is damaged.</summary>
internal static class RepairCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var names = Parameters.Datasets("The datasets; none for all");
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "repair", "Verifies datasets and fetches again what is damaged or missing, and no more than that.",
            "datamanifest repair --dry-run", "datamanifest repair gistemp") { names, dryRun, json };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(dryRun)
            ? PreviewAsync(session, Parameters.Chosen(parsed, names), parsed.GetValue(json), cancellationToken)
            : RunAsync(session, Parameters.Chosen(parsed, names), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> PreviewAsync(ToolSession session, string[]? names, bool asJson, CancellationToken cancellationToken)
    {
        var database = session.OpenAndCheck(names);
        var report = await ProgressView.ShowAsync(session.Console, progress => database.VerifyAsync(names, progress, cancellationToken)).ConfigureAwait(false);
        VerifyResult[] broken = [.. report.Results.Where(result => result.Outcome is VerifyOutcome.Wrong or VerifyOutcome.Missing or VerifyOutcome.Unreadable)];
        if (asJson)
        {
            session.Console.WriteJson(new JsonArray([.. broken.Select(result => new JsonObject { ["name"] = result.Dataset.Name, ["outcome"] = result.Outcome.ToString().ToLowerInvariant(), ["damage"] = Damage(result.Damage.Select(file => file.ToString())) })]));
            return ExitCode.Done;
        }

        foreach (var result in broken)
        {
            session.Out.WriteLine($"Would repair: {result.Dataset.Name}{(result.Damage.Count > 0 ? $"  {string.Join(", ", result.Damage)}" : "")}");
        }

        session.Out.WriteLine($"Would repair: {broken.Length} dataset{(broken.Length == 1 ? "" : "s")} (dry run; re-run without --dry-run to apply)");
        return ExitCode.Done;
    }

    private static async Task<int> RunAsync(ToolSession session, string[]? names, bool asJson, CancellationToken cancellationToken)
    {
        var database = session.OpenAndCheck(names);
        var report = await ProgressView.ShowAsync(
            session.Console, progress => database.RepairAsync(new FetchRequest { Names = names }, progress, cancellationToken)).ConfigureAwait(false);
        if (asJson)
        {
            session.Console.WriteJson(new JsonArray([.. report.Results.Select(result => new JsonObject
            {
                ["name"] = result.Dataset.Name,
                ["outcome"] = result.Outcome.ToString().ToLowerInvariant(),
                ["damage"] = Damage(result.Damage.Select(file => file.ToString())),
                ["bytes"] = result.Bytes,
                ["code"] = result.Error?.Code,
            })]));
        }
        else
        {
            RepairResult[] repaired = [.. report.Results.Where(result => result.Outcome == RepairOutcome.Repaired)];
            foreach (var result in repaired)
            {
                session.Out.WriteLine($"Repaired: {result.Dataset.Name}  {ByteSize.Format(result.Bytes)}{(result.Damage.Count > 0 ? $"  {string.Join(", ", result.Damage)}" : "")}");
            }

            session.Out.WriteLine($"Repaired: {repaired.Length} dataset{(repaired.Length == 1 ? "" : "s")}");
        }

        foreach (var error in report.Results.Select(result => result.Error).OfType<DataManifestException>())
        {
            session.Messages.Tell(error, database);
        }

        foreach (var warning in report.Warnings)
        {
            session.Messages.Tell(warning);
        }

        return report.HasFailures ? ExitCode.Failed : ExitCode.Done;
    }

    private static JsonArray Damage(IEnumerable<string> files) => JsonOutput.Array(files);
}
