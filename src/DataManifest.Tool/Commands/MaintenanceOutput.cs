using DataManifest.Maintenance;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>What commands that delete and move say of their work, in the words of the family.</summary>
/// <param name="session">Where it is said.</param>
internal sealed class MaintenanceOutput(ToolSession session)
{
    /// <summary>Tells what came of an operation.</summary>
    /// <param name="report">The report.</param>
    /// <param name="done">The word for what was done, as <c>Deleted</c>.</param>
    /// <param name="planned">The word for what would be done, as <c>delete</c>.</param>
    /// <param name="asJson">Whether to say it in JSON.</param>
    /// <returns>The exit code.</returns>
    public int Tell(MaintenanceReport report, string done, string planned, bool asJson)
    {
        var verb = report.IsDryRun ? $"Would {planned}" : done;
        return Tell(session, report, asJson, () =>
        {
            foreach (var result in report.Results)
            {
                Tell(result, verb);
            }

            session.Out.WriteLine($"{verb}: {report.Changed} object{(report.Changed == 1 ? "" : "s")}{(report.IsDryRun ? " (dry run; re-run without --dry-run to apply)" : "")}");
        });
    }

    /// <summary>Tells what came of an operation that has words of its own, and what went wrong.</summary>
    /// <param name="session">Where it is told.</param>
    /// <param name="report">The report.</param>
    /// <param name="asJson">Whether to tell it in JSON.</param>
    /// <param name="print">Tells it in words.</param>
    /// <returns>The exit code.</returns>
    public static int Tell(ToolSession session, MaintenanceReport report, bool asJson, Action print)
    {
        if (asJson)
        {
            session.Console.WriteJson(ObjectJson.Of(report));
        }
        else
        {
            print();
        }

        foreach (var error in report.Results.Select(result => result.Error).OfType<DataManifestException>())
        {
            session.Messages.Tell(error, session.Database);
        }

        foreach (var warning in report.Warnings)
        {
            session.Messages.Tell(warning);
        }

        return report.HasFailures ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Why an object was left as it is, in the words of the family.</summary>
    /// <param name="result">The result.</param>
    public static string Skipped(ObjectResult result) => (result.Subject, result.Reason) switch
    {
        (StoredDataset, SkipReason.NotPresent) => "dataset not present",
        (_, SkipReason.NotPresent) => "missing, use --refresh",
        (_, SkipReason.UserManaged) => "dataset, user-managed/skip_download, protected",
        (_, SkipReason.LazyAccess) => "dataset, lazy_access, protected",
        (_, SkipReason.ReadPool) => "in a read pool, protected",
        (_, SkipReason.AdoptedInPlace) => "used where it was found, protected",
        (_, SkipReason.SharedData) => "another dataset has the same data",
        (_, SkipReason.InPlace) => "in place",
        _ => "kept on request",
    };

    private void Tell(ObjectResult result, string verb)
    {
        if (result.Action == ObjectAction.Skipped)
        {
            session.Out.WriteLine($"Skipped ({Skipped(result)}): {result.Subject.Key}");
        }
        else if (result.Action != ObjectAction.Failed)
        {
            session.Out.WriteLine($"{verb}{(result.IsRemovedFromManifest ? " (+ entry pruned)" : "")}: {result.Subject.Key}  {result.From}{(result.To.Length > 0 ? $" -> {result.To}" : "")}");
        }
    }
}
