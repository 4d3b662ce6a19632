using System.CommandLine;
using DataManifest.Maintenance;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Brings the records of where data are into agreement with the disk.</summary>
internal static class RefreshCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var scan = Parameters.Switch("--scan", "Look in the read pools too for data that were never here, and record them there");
        var datasetsPools = Parameters.List("--datasets-pools", "DIR", "Read pools in place of the configured ones, for this run; none to look in none", mayBeEmpty: true);
        var datacachePools = Parameters.List("--datacache-pools", "DIR", "The same for produced artifacts", mayBeEmpty: true);
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "refresh", "Brings the state file into agreement with the disk: repoints, recovers, drops and adopts records. No data are touched.",
            "datamanifest list --dirty", "datamanifest refresh --dry-run", "datamanifest refresh --scan") { scan, datasetsPools, datacachePools, dryRun, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = new RefreshRequest
            {
                Scan = parsed.GetValue(scan), DryRun = parsed.GetValue(dryRun), DatasetsPools = Parameters.Given(parsed, datasetsPools), DatacachePools = Parameters.Given(parsed, datacachePools),
            };
            var report = await session.Open().RefreshAsync(request, cancellationToken).ConfigureAwait(false);
            return MaintenanceOutput.Tell(session, report, parsed.GetValue(json), () => Print(session.Console, report, request));
        });
        return command;
    }

    private static void Print(ToolConsole console, MaintenanceReport report, RefreshRequest request)
    {
        var groups = new GroupedOutput(console, request.DryRun);
        groups.Print(Of(ObjectAction.Repointed), (count, s) => $"repoint {count} relocated record{s} to where the bytes are", To);
        groups.Print(Of(ObjectAction.Recovered), (count, s) => $"recover {count} missing dataset{s} from a read pool", To);
        groups.Print(Of(ObjectAction.Dropped), (count, s) => $"drop {count} record{s} whose bytes are gone", _ => "");
        groups.Print(Of(ObjectAction.Adopted), (count, s) => $"adopt {count} present-but-unrecorded dataset{s}", To);
        var pooled = Of(ObjectAction.AdoptedFromPool);
        var records = report.Changed - pooled.Length;
        var entries = $"{records} {(records == 1 ? "entry" : "entries")}";
        console.Out.WriteLine(request.DryRun ? $"State file: {entries} to reconcile (dry run; run without --dry-run to apply)" : $"State file: reconciled {entries}");
        if (!request.Scan)
        {
            return;
        }

        foreach (var (kind, tag, objects) in new[] { ("datasets", "", pooled.Where(result => result.Subject is StoredDataset)), ("cached", " cached", pooled.Where(result => result.Subject is ProducedArtifact)) })
        {
            foreach (var result in objects)
            {
                console.Out.WriteLine($"{(request.DryRun ? "Would adopt" : "Adopted")} (pool{tag}): {Name(result.Subject)} → {result.To}");
            }

            if (kind == "datasets" || objects.Any())
            {
                console.Out.WriteLine($"Read pools ({kind}): {(request.DryRun ? "would adopt" : "adopted")} {objects.Count()}");
            }
        }

        ObjectResult[] Of(ObjectAction action) => [.. report.Results.Where(result => result.Action == action)];

        static string To(ObjectResult result) => Paths.FromHome(result.To);

        static string Name(StoredObject found) => found is ProducedArtifact { Identity: var identity }
            ? $"{identity.Cachetype}{(identity.Version.Length > 0 ? $"@{identity.Version}" : "")}/{(identity.Hash.Length > 8 ? identity.Hash[..8] : identity.Hash)}"
            : found.Name;
    }
}
