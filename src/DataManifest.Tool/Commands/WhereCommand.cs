using System.CommandLine;
using System.Text.Json.Nodes;
using DataManifest.Maintenance;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Says where everything is kept.</summary>
internal static class WhereCommand
{
    private const string Unresolved = "<unresolved>";

    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var manifest = Parameters.Switch("--manifest", "Only the path of the manifest");
        var stateFile = Parameters.Switch("--state-file", "Only the path of the state file");
        var datasetsDir = Parameters.Switch("--datasets-dir", "Only the folder of datasets");
        var datacacheDir = Parameters.Switch("--datacache-dir", "Only the folder of produced artifacts");
        var scan = Parameters.Switch("--scan", "Look in the read pools for datasets that are not here yet");
        var datasetsPools = Parameters.List("--datasets-pools", "DIR", "Read pools in place of the configured ones, for this run; none to look in none", mayBeEmpty: true);
        var datacachePools = Parameters.List("--datacache-pools", "DIR", "The same for produced artifacts", mayBeEmpty: true);
        var json = Parameters.Json();
        var command = new ToolCommand(
            "where", "Says where the manifest, the state file, the data and the read pools are on this machine.",
            "datamanifest where", "cd \"$(datamanifest where --datasets-dir)\"") { manifest, stateFile, datasetsDir, datacacheDir, scan, datasetsPools, datacachePools, json };
        Option<bool>[] single = [manifest, stateFile, datasetsDir, datacacheDir];
        command.Validators.Add(result =>
        {
            if (single.Count(result.GetValue) > 1)
            {
                result.AddError($"{string.Join(", ", single.Select(option => option.Name))} exclude each other");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var database = session.Open();
            var places = database.GetPlaces();
            places = places with
            {
                DatasetsPools = Parameters.Given(parsed, datasetsPools) is { } pools ? database.Locator.Storage.ExpandPools(pools) : places.DatasetsPools,
                DatacachePools = Parameters.Given(parsed, datacachePools) is { } caches ? database.Locator.Storage.ExpandPools(caches) : places.DatacachePools,
            };
            var only = parsed.GetValue(manifest) ? places.Manifest : parsed.GetValue(stateFile) ? places.StateFile ?? Unresolved
                : parsed.GetValue(datasetsDir) ? places.DatasetsDirectory ?? Unresolved : parsed.GetValue(datacacheDir) ? places.DatacacheDirectory ?? Unresolved : null;
            foreach (var problem in places.Problems)
            {
                session.Messages.Tell(problem);
            }

            if (only is not null)
            {
                session.Out.WriteLine($"{only}");
                return ExitCode.Done;
            }

            var found = parsed.GetValue(scan) ? Scan(database, places.DatasetsPools) : null;
            if (parsed.GetValue(json))
            {
                session.Console.WriteJson(Json(places, found));
                return ExitCode.Done;
            }

            PrintPlaces(session, places);
            await PrintOutsideAsync(session, database, cancellationToken).ConfigureAwait(false);
            if (found is not null)
            {
                PrintFound(session, found);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void PrintPlaces(ToolSession session, DatabasePlaces places)
    {
        Row("manifest", places.Manifest, []);
        Row("state file", (places.StateFile ?? Unresolved) + (places.HasStateFile ? "" : "  (not created yet)"), []);
        Row("datasets_dir", places.DatasetsDirectory ?? Unresolved, places.DatasetsPools);
        Row("datacache_dir", places.DatacacheDirectory ?? Unresolved, places.DatacachePools);

        void Row(string label, string value, IReadOnlyList<string> pools)
        {
            var style = new Style(session.Console.IsTerminal);
            session.Out.WriteLine($"{style.Bold(label.PadRight(13))} : {style.Link(Path.IsPathFullyQualified(value) ? value : "", value)}");
            foreach (var pool in pools.Where(pool => pool != value))
            {
                session.Out.WriteLine($"{"",13}   {style.Link(pool, style.Dim(pool))}");
            }
        }
    }

    /// <summary>Tells that there are data which neither the configured folders nor the pools hold.</summary>
    private static async Task PrintOutsideAsync(ToolSession session, Database database, CancellationToken cancellationToken)
    {
        var outside = await database.InspectAsync(new ObjectFilter { OnlyOutside = true }, InspectionDetail.None, cancellationToken).ConfigureAwait(false);
        string[] parts = [Count(outside.Datasets.Count, "dataset"), Count(outside.Produced.Count, "cached artifact")];
        if (parts.Any(part => part.Length > 0))
        {
            session.Out.WriteLine("");
            session.Out.WriteLine(new Style(session.Console.IsTerminal).Warning(
                $"{string.Join(" and ", parts.Where(part => part.Length > 0))} stored outside datasets_dir / the read pools — `datamanifest list --outside` to inspect."));
        }

        static string Count(int count, string noun) => count == 0 ? "" : $"{count} {noun}{(count == 1 ? "" : "s")}";
    }

    private static (string Name, string Path)[] Scan(Database database, IReadOnlyList<string> pools) =>
    [
        .. from dataset in database.Datasets
           let declaration = dataset.Declaration
           where declaration is { SkipDownload: false, LazyAccess: false, Key.Length: > 0 } && !Path.Exists(dataset.Location.Path)
           let found = pools.Select(pool => Path.Combine(pool, declaration.Key)).FirstOrDefault(Path.Exists)
           where found is not null
           orderby dataset.Name
           select (dataset.Name, found),
    ];

    private static void PrintFound(ToolSession session, (string Name, string Path)[] found)
    {
        session.Out.WriteLine("\nscan — datasets available in a read pool (not yet local):");
        foreach (var (name, path) in found)
        {
            session.Out.WriteLine($"  {name} → {path}");
        }

        session.Out.WriteLine(found.Length == 0 ? "  (none found)" : "  (run `datamanifest download` to adopt, or `migrate` to record)");
    }

    private static JsonObject Json(DatabasePlaces places, (string Name, string Path)[]? found)
    {
        var json = new JsonObject
        {
            ["manifest"] = places.Manifest,
            ["stateFile"] = places.StateFile,
            ["hasStateFile"] = places.HasStateFile,
            ["datasetsDir"] = places.DatasetsDirectory,
            ["datasetsPools"] = JsonOutput.Array(places.DatasetsPools),
            ["datacacheDir"] = places.DatacacheDirectory,
            ["datacachePools"] = JsonOutput.Array(places.DatacachePools),
            ["checkoutConfiguration"] = places.CheckoutConfiguration,
            ["userConfiguration"] = places.UserConfiguration,
        };
        if (found is not null)
        {
            json["found"] = new JsonArray([.. found.Select(each => new JsonObject { ["name"] = each.Name, ["path"] = each.Path })]);
        }

        return json;
    }
}
