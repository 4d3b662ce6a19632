using DataManifest.Fetching;
using DataManifest.Diagnostics;
using DataManifest.Tool.Output;

namespace DataManifest.Tool.Commands;

/// <summary>Fetches and pins, showing how far it is, and tells what failed.</summary>
internal static class FetchRunner
{
    /// <summary>Fetches datasets and writes missing checksums into the manifest.</summary>
    /// <param name="session">Where progress and failures are told.</param>
    /// <param name="database">The opened manifest.</param>
    /// <param name="request">What to fetch.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="DataManifestException">The manifest cannot be written.</exception>
    public static async Task<FetchReport> RunAsync(ToolSession session, Database database, FetchRequest request, CancellationToken cancellationToken)
    {
        var (report, pins) = await ProgressView.ShowAsync(session.Console, async progress =>
        {
            var report = await database.FetchAsync(request, progress, cancellationToken).ConfigureAwait(false);
            return (report, await database.PinAsync(report, progress, cancellationToken).ConfigureAwait(false));
        }).ConfigureAwait(false);
        Tell(session, database, report);
        if (session.Console.IsErrorTerminal)
        {
            Summarize(session.Console, report, pins);
        }

        return report;
    }

    /// <summary>Fetches datasets and leaves the manifest as it is.</summary>
    /// <param name="session">Where progress and failures are told.</param>
    /// <param name="database">The opened manifest.</param>
    /// <param name="request">What to fetch.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What came of it.</returns>
    public static async Task<FetchReport> FetchAsync(ToolSession session, Database database, FetchRequest request, CancellationToken cancellationToken)
    {
        var report = await ProgressView.ShowAsync(session.Console, progress => database.FetchAsync(request, progress, cancellationToken)).ConfigureAwait(false);
        Tell(session, database, report);
        return report;
    }

    private static void Tell(ToolSession session, Database database, FetchReport report)
    {
        // A dataset that only lacks one that failed is no cause of its own.
        foreach (var error in report.Results.Select(result => result.Error).OfType<DataManifestException>().Where(error => error.Rule != DiagnosticRules.RequirementFailed))
        {
            session.Messages.Tell(error, database);
        }

        foreach (var warning in report.Warnings)
        {
            session.Messages.Tell(warning);
        }
    }

    private static void Summarize(ToolConsole console, FetchReport report, IReadOnlyList<Pin> pins)
    {
        var style = new Style(isOn: true);
        foreach (var result in report.Results.Where(result => result.Outcome is FetchOutcome.Fetched or FetchOutcome.Adopted))
        {
            var size = result.Bytes > 0 ? $"  {ByteSize.Format(result.Bytes)}" : "";
            console.Error.WriteLine($"{style.Good("✓")} {result.Dataset.Name}{style.Dim(size)}  {style.Link(result.Path, style.Dim(Paths.Short(result.Path)))}");
        }

        foreach (var pin in pins.Where(pin => pin.Checksum.Length > 0))
        {
            console.Error.WriteLine(style.Dim($"  pinned {pin.Dataset} to {pin.Checksum}"));
        }

        var present = report.Results.Count(result => result.Outcome == FetchOutcome.AlreadyPresent);
        if (present > 0 && present == report.Results.Count)
        {
            console.Error.WriteLine(style.Dim(present == 1 ? "Already there." : $"All {present} are already there."));
        }
    }
}
