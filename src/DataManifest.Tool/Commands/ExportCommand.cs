using System.CommandLine;
using DataManifest.Maintenance;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Copies datasets to a folder that is a project of its own.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var destination = new Argument<string>("DEST") { Description = "The folder; it is made when it is not there" };
        var filter = new FilterOptions();
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "export", "Copies datasets to a folder with a manifest of its own: a project for others, and a read pool.",
            "datamanifest export /media/usb/climate", "datamanifest export bundle gistemp --dry-run") { destination };
        filter.AddDatasetsTo(command);
        command.Add(dryRun);
        command.Add(json);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Path.GetFullPath(Paths.ToHome(parsed.GetValue(destination)!));
            var report = await ProgressView.ShowAsync(
                session.Console, progress => session.Open().ExportAsync(folder, filter.Read(parsed), parsed.GetValue(dryRun), progress, cancellationToken)).ConfigureAwait(false);
            return MaintenanceOutput.Tell(session, report, parsed.GetValue(json), () => Print(session, report, folder));
        });
        return command;
    }

    private static void Print(ToolSession session, MaintenanceReport report, string folder)
    {
        foreach (var result in report.Results.Where(result => result.Action != ObjectAction.Failed))
        {
            session.Out.WriteLine(result.Action == ObjectAction.Skipped
                ? $"Skipped ({(result.Reason == SkipReason.LazyAccess ? "lazy_access, no local bytes" : "not present")}): {result.Subject.Key}"
                : $"{(report.IsDryRun ? "Would export" : "Exported")}: {result.Subject.Key}  {result.From} -> {result.To}");
        }

        var datasets = $"{report.Changed} dataset{(report.Changed == 1 ? "" : "s")} to {folder}";
        if (report.Changed == 0)
        {
            session.Out.WriteLine("Nothing to export.");
        }
        else if (report.IsDryRun)
        {
            session.Out.WriteLine($"Would export {datasets} (dry run; re-run without --dry-run to apply)");
        }
        else
        {
            session.Out.WriteLine($"Exported {datasets} (manifest: {Path.Combine(folder, "datamanifest.toml")}).");
            session.Out.WriteLine($"Use it as a read pool (`datamanifest config set datasets_pools {folder}`) or as a standalone project (cd + verify/list/path).");
        }
    }
}
