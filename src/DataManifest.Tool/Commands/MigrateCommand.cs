using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Diagnostics;
using DataManifest.Storage;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Brings a manifest of an older version to the present one.</summary>
internal static class MigrateCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var file = new Argument<string>("FILE") { Description = "The manifest" };
        var dryRun = Parameters.DryRun();
        var noInput = Parameters.Switch("--no-input", "Ask nothing, and take the copy of the project where there are several");
        var datasetsPools = Parameters.List("--datasets-pools", "DIR", "Where to look for data in place of the folders of older versions", mayBeEmpty: true);
        var datacachePools = Parameters.List("--datacache-pools", "DIR", "Accepted for the other tools' scripts; produced artifacts are not migrated", mayBeEmpty: true);
        var json = Parameters.Json();
        var command = new ToolCommand(
            "migrate", "Brings a manifest of an older version to the present one, and records where its data already are. No data are moved.",
            "datamanifest migrate datasets.toml --dry-run", "datamanifest migrate datasets.toml") { file, dryRun, noInput, datasetsPools, datacachePools, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = Path.GetFullPath(parsed.GetValue(file)!);
            if (!File.Exists(path))
            {
                throw new DataManifestException(DiagnosticRules.FileNotUsable, $"'{path}' does not exist.");
            }

            var database = session.Open(path);
            var mayAsk = !parsed.GetValue(noInput) && !Console.IsInputRedirected && session.Console.IsErrorTerminal;
            var isDryRun = parsed.GetValue(dryRun);
            var report = await new ManifestFile(path, database.Locator.Storage).MigrateAsync(
                isDryRun, Parameters.Given(parsed, datasetsPools), mayAsk ? (dataset, places) => Ask(session.Console, dataset, places) : null, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                session.Console.WriteJson(Json(path, report, isDryRun));
            }
            else
            {
                Print(session, path, report, isDryRun);
            }

            if (report.Problem is { } problem)
            {
                session.Messages.Tell(problem);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string? Ask(ToolConsole console, string dataset, IReadOnlyList<string> places)
    {
        console.Error.WriteLine($"The data of '{dataset}' are at several places:");
        foreach (var (index, place) in places.Index())
        {
            console.Error.WriteLine($"  {index + 1}  {place}");
        }

        console.Error.Write($"Which one is to be used? [1-{places.Count}, empty for none] ");
        return int.TryParse(Console.ReadLine(), out var choice) && choice >= 1 && choice <= places.Count ? places[choice - 1] : null;
    }

    private static void Print(ToolSession session, string path, MigrationReport report, bool isDryRun)
    {
        session.Out.WriteLine($"{(isDryRun ? "Would update" : "Updated")} {path}:");
        string[] changes = [.. report.Steps.Where(step => step.New == "storage_path" || step.New.StartsWith("_LANG.", StringComparison.Ordinal)).Select(step => step.New == "storage_path"
            ? $"  {step.Dataset}.storage_path = {PythonText.Quote(step.Value)}  (was {step.Old})"
            : $"  {step.Dataset}.{step.Old} → [{step.Dataset}.{step.New[..step.New.LastIndexOf('.')]}].{step.New[(step.New.LastIndexOf('.') + 1)..]}")];
        Lines(changes.Length > 0 ? changes : report.Steps.Count > 0 ? [] : ["  (no manifest changes)"]);
        Section("Discovered existing data (recorded in the state file):", [.. report.Found.Select(data => $"  {data.Dataset} → {data.RecordedPath}")]);
        Section(
            "Needs manual attention — these datasets used a retired `store` selector that was dropped:",
            [.. report.Steps.Where(step => step.NeedsAttention).Select(step => $"  {step.Dataset}  (had {step.Old} = {PythonText.Quote(step.Value)})")]);
        session.Out.WriteLine(
            "\nDone. Existing data was recorded in .datamanifest/state.toml so it resolves in place; new data follows the configured directive (`datamanifest config show`; the default is "
            + "the machine-wide shared store). Point datasets_dir / datacache_dir elsewhere with `datamanifest config set` if you prefer. No bytes were moved.");

        void Section(string title, string[] lines)
        {
            if (lines.Length > 0)
            {
                session.Out.WriteLine($"\n{title}");
                Lines(lines);
            }
        }

        void Lines(string[] lines)
        {
            foreach (var line in lines)
            {
                session.Out.WriteLine(line);
            }
        }
    }

    private static JsonObject Json(string path, MigrationReport report, bool isDryRun) => new()
    {
        ["manifest"] = path,
        ["dryRun"] = isDryRun,
        ["steps"] = new JsonArray([.. report.Steps.Select(step => new JsonObject { ["dataset"] = step.Dataset, ["old"] = step.Old, ["new"] = step.New, ["value"] = step.Value, ["needsAttention"] = step.NeedsAttention })]),
        ["found"] = new JsonArray([.. report.Found.Select(data => new JsonObject { ["dataset"] = data.Dataset, ["path"] = data.Path })]),
    };
}
