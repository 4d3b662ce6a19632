using System.CommandLine;
using DataManifest.Catalogs;
using DataManifest.Diagnostics;
using DataManifest.Tool.CommandLine;

namespace DataManifest.Tool.Commands;

/// <summary>Declares the data that another tool's file declares.</summary>
internal static class ImportCommand
{
    private static readonly Dictionary<string, CatalogKind> Kinds = Enum.GetValues<CatalogKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var tool = new Argument<string>("TOOL") { Description = $"Whose file it is: {string.Join(", ", Kinds.Keys)}" }.AcceptOnlyFromAmong([.. Kinds.Keys]);
        tool.HelpName = "TOOL";
        var source = new Argument<string>("SOURCE") { Description = "The file; for dvc also a folder" };
        var baseUrl = Parameters.Text("--base-url", "URL", "What addresses without a host hang on");
        var cacheDir = Parameters.Text("--cache-dir", "DIR", "The other tool's folder of downloaded files, which are used where they are if their checksums hold");
        var overwrite = Parameters.Switch("--overwrite", "Replace datasets that come from the same addresses");
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "import", "Declares the data that another tool's file declares: pooch, DVC, intake, CSV, lists of addresses, and more.",
            "datamanifest import pooch registry.txt --base-url https://example.org/data/", "datamanifest import dvc data.dvc --dry-run", "datamanifest import csv datasets.csv")
            { tool, source, baseUrl, cacheDir, overwrite, dryRun, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var kind = Kinds[parsed.GetValue(tool)!];
            var path = Path.GetFullPath(parsed.GetValue(source)!);
            if (!File.Exists(path) && !(kind == CatalogKind.Dvc && Directory.Exists(path)))
            {
                throw new DataManifestException(DiagnosticRules.FileNotUsable, $"'{path}' does not exist.");
            }

            var request = new ImportRequest(kind, path)
            {
                BaseUrl = parsed.GetValue(baseUrl) ?? "", CacheDirectory = parsed.GetValue(cacheDir) ?? "", Overwrite = parsed.GetValue(overwrite), DryRun = parsed.GetValue(dryRun),
            };
            return CatalogOutput.Tell(session, await session.Open().ImportAsync(request, cancellationToken).ConfigureAwait(false), parsed.GetValue(json));
        });
        return command;
    }
}
