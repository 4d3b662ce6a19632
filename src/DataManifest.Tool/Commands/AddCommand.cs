using System.CommandLine;
using DataManifest.Catalogs;
using DataManifest.Fetching;
using DataManifest.Tool.CommandLine;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Declares data in the manifest.</summary>
internal static class AddCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var uri = new Argument<string>("URI") { Description = "An address, a DOI, a record at Zenodo, PANGAEA, Figshare, Dataverse, Dryad or OSF, hf:owner/name[@rev]/file, or a GitHub release" };
        var name = new Option<string?>("--name", "-n") { HelpName = "N", Description = "The dataset's name; for several, what their names begin with" };
        var pick = new Option<string[]>("--pick") { HelpName = "GLOB", Description = "Only the files of a record that match; may be repeated" };
        var split = Parameters.Switch("--split", "Make each file of a record a dataset of its own");
        var noDownload = Parameters.Switch("--no-download", "Only declare it");
        var lazy = Parameters.Switch("--lazy", "Open the data where they are instead of fetching them");
        var extract = Parameters.Switch("--extract", "Unpack the archive");
        var overwrite = Parameters.Switch("--overwrite", "Replace a dataset of the same name");
        var dryRun = Parameters.DryRun();
        var json = Parameters.Json();
        var command = new ToolCommand(
            "add", "Declares data in the manifest, and fetches what a single address stands for. The files of a record are fetched by download.",
            "datamanifest add https://example.org/data/co2.csv --name co2", "datamanifest add 10.5281/zenodo.4062274 --pick '*.csv'", "datamanifest add hf:owner/model/weights.bin --no-download",
            "datamanifest add s3://bucket/era5.zarr --lazy") { uri, name, pick, split, noDownload, lazy, extract, overwrite, dryRun, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var database = session.Open();
            var request = new AddRequest(parsed.GetValue(uri)!)
            {
                Name = parsed.GetValue(name) ?? "",
                Pick = parsed.GetValue(pick) ?? [],
                Split = parsed.GetValue(split),
                Extract = parsed.GetValue(extract),
                Lazy = parsed.GetValue(lazy),
                Overwrite = parsed.GetValue(overwrite),
                Download = !parsed.GetValue(noDownload),
                DryRun = parsed.GetValue(dryRun),
            };
            var report = await ProgressView.ShowAsync(session.Console, progress => database.AddAsync(request, progress, cancellationToken)).ConfigureAwait(false);
            return CatalogOutput.Tell(session, report, parsed.GetValue(json));
        });
        return command;
    }
}
