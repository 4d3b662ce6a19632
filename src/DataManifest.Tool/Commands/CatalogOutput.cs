using System.Text.Json.Nodes;
using DataManifest.Catalogs;
using DataManifest.Diagnostics;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>What commands that declare datasets say of their work.</summary>
internal static class CatalogOutput
{
    /// <summary>Tells what came of it.</summary>
    /// <param name="session">Where it is told.</param>
    /// <param name="report">The report.</param>
    /// <param name="asJson">Whether to tell it in JSON.</param>
    /// <returns>The exit code.</returns>
    public static int Tell(ToolSession session, CatalogReport report, bool asJson)
    {
        if (asJson)
        {
            session.Console.WriteJson(Json(report));
        }
        else if (report.ToText() is { Length: > 0 } text)
        {
            session.Out.WriteLine(text);
        }
        else if (report.IsDryRun)
        {
            session.Out.WriteLine(string.Join("\n", report.Entries.Select(entry => entry.ToToml().TrimEnd('\n'))));
        }

        foreach (var error in report.Entries.Select(entry => entry.Error).Concat(report.Fetch?.Results.Select(result => result.Error) ?? []).OfType<DataManifestException>())
        {
            session.Messages.Tell(error);
        }

        if (!report.IsDryRun)
        {
            TellWarnings(session, report);
        }

        if (report is { IsAddress: true, Fetch.HasFailures: true })
        {
            session.Console.Error.WriteLine($"  '{report.Entries[0].Dataset.Name}' is declared all the same: 'download' tries again, 'remove' takes it back.");
        }

        return report.HasFailures ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Tells what is doubtful in what was declared, such as a password in an address, while its author is still there.</summary>
    private static void TellWarnings(ToolSession session, CatalogReport report)
    {
        var declared = report.Entries.Where(entry => entry.Error is null).Select(entry => entry.Dataset.Name).ToHashSet(StringComparer.Ordinal);
        var manifest = Database.Open(session.Database!.Manifest.Path).Manifest;
        foreach (var finding in manifest.Diagnostics.Where(finding => finding.Rule.Severity == DiagnosticSeverity.Warning && declared.Contains(finding.Dataset)))
        {
            session.Messages.Tell(finding, manifest.Path);
        }
    }

    private static JsonObject Json(CatalogReport report) => new()
    {
        ["source"] = report.Source,
        ["dryRun"] = report.IsDryRun,
        ["notes"] = JsonOutput.Array(report.Notes),
        ["entries"] = new JsonArray([.. report.Entries.Select(entry => new JsonObject
        {
            ["name"] = entry.Dataset.Name,
            ["outcome"] = entry.Outcome.ToString().ToLowerInvariant(),
            ["cache"] = entry.Cache.ToString().ToLowerInvariant(),
            ["fields"] = DatasetJson.Of(entry.Table),
            ["code"] = entry.Error?.Code,
            ["error"] = entry.Error?.Message,
        })]),
    };
}
