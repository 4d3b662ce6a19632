using System.CommandLine;
using DataManifest.Fetching;
using DataManifest.Storage;
using DataManifest.Tool.CommandLine;

namespace DataManifest.Tool.Commands;

/// <summary>What the other tools of the family call for a dataset whose fetcher is .NET's (specification, "Cross-language fetch").</summary>
internal static class FetchCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="session">What it works with.</param>
    public static Command Create(ToolSession session)
    {
        var name = Parameters.Dataset();
        var manifest = Parameters.Text("--datasets-toml", "FILE", "The manifest; without it, the one of the current folder or above");
        var folder = Parameters.Text("--datasets-folder", "DIR", "The folder that datasets are stored in");
        var dryRun = Parameters.DryRun();
        var command = new ToolCommand(
            "fetch", "Fetches one dataset for another tool of the family: nothing is written but the data and the record of where they are.",
            "datamanifest fetch co2 --datasets-toml datasets.toml") { name, manifest, folder, dryRun };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(session, parsed.GetValue(name)!, parsed.GetValue(manifest), parsed.GetValue(folder), parsed.GetValue(dryRun), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ToolSession session, string name, string? manifest, string? folder, bool dryRun, CancellationToken cancellationToken)
    {
        var host = HostEnvironment.Capture();
        if (folder is not null)
        {
            host = host with { Variables = new Dictionary<string, string>(host.Variables) { ["DATAMANIFEST_DATASETS_DIR"] = Path.GetFullPath(folder) } };
        }

        var database = session.Open(manifest, new DatabaseOptions { Host = host });
        if (dryRun)
        {
            return DownloadCommand.Preview(session, [name], asJson: false);
        }

        var report = await FetchRunner.FetchAsync(session, database, new FetchRequest { Names = [name], Delegate = false }, cancellationToken).ConfigureAwait(false);
        return report.HasFailures ? ExitCode.Failed : ExitCode.Done;
    }
}
