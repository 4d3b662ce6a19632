using System.CommandLine;
using DataManifest.Maintenance;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Brings data to the places that the configuration wants.</summary>
internal static class NormalizeCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var filter = new FilterOptions();
        var copy = Parameters.Switch("--copy", "Leave the data where they are, too");
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "normalize", "Brings data to the places that the configuration wants, and records them. Those of read pools are copied. Nothing is fetched.",
            "datamanifest list --out-of-place", "datamanifest normalize --dry-run", "datamanifest normalize climate --copy");
        filter.AddTo(command);
        foreach (var option in new Option[] { copy, dryRun, json })
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isCopy = parsed.GetValue(copy);
            var report = await ProgressView.ShowAsync(
                session.Console, progress => session.Open().NormalizeAsync(filter.Read(parsed), isCopy, parsed.GetValue(dryRun), progress, cancellationToken)).ConfigureAwait(false);
            return MaintenanceOutput.Tell(session, report, parsed.GetValue(json), () => Print(session.Console, report, isCopy));
        });
        return command;
    }

    private static void Print(ToolConsole console, MaintenanceReport report, bool isCopy)
    {
        foreach (var result in report.Results.Where(result => result.Action == ObjectAction.Skipped))
        {
            console.Out.WriteLine($"Skipped ({MaintenanceOutput.Skipped(result)}): {result.Subject.Key}");
        }

        var groups = new GroupedOutput(console, report.IsDryRun);
        groups.Print(Of(ObjectAction.Unpacked), (count, s) => $"extract {count} archive-level dataset{s} at the directive (archives kept)", Way);
        groups.Print(isCopy ? [] : Of(ObjectAction.Copied), (count, s) => $"copy {count} object{s} from a read pool (pools are never drained)", Way);
        groups.Print(isCopy ? Of(ObjectAction.Copied) : [], (count, s) => $"copy {count} object{s} to the directive (sources kept)", Way);
        groups.Print(Of(ObjectAction.Moved), (count, s) => $"move {count} object{s} to the directive", Way);
        groups.Print(Of(ObjectAction.Repointed), (count, s) => $"record {count} object{s} that the directive's place has already", Way);
        var left = report.Results.Count - report.Changed;
        console.Out.WriteLine(
            $"{(report.IsDryRun ? "Would normalize" : "Normalized")}: {report.Changed} object{(report.Changed == 1 ? "" : "s")}{(left > 0 ? $" ({left} skipped)" : "")}"
            + (report.IsDryRun ? " (dry run; re-run without --dry-run to apply)" : ""));

        ObjectResult[] Of(ObjectAction action) => [.. report.Results.Where(result => result.Action == action)];

        static string Way(ObjectResult result) => GroupedOutput.Transition(result.From, result.To);
    }
}
