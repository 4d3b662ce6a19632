using System.Globalization;
using DataManifest.Fetching;
using DataManifest.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DataManifest.Build;

/// <summary>Says what a fetch did: one line for people, and in a detailed or binary log a line per dataset.</summary>
internal static class FetchSummary
{
    private const int NamedHosts = 3;

    /// <summary>Writes the lines.</summary>
    /// <param name="log">The task's log.</param>
    /// <param name="manifest">The manifest's file name.</param>
    /// <param name="report">What was done.</param>
    public static void Write(TaskLoggingHelper log, string manifest, FetchReport report)
    {
        foreach (var result in report.Results)
        {
            var importance = result.Outcome == FetchOutcome.AlreadyPresent ? MessageImportance.Low : MessageImportance.Normal;
            log.LogMessage(importance, "{0}: {1}", result.Dataset.Name, Explain(result));
        }

        var fetched = report.Results.Where(result => result.Outcome == FetchOutcome.Fetched).ToArray();
        if (fetched.Length > 0)
        {
            var seconds = fetched.Max(result => result.Elapsed.TotalSeconds).ToString("F1", CultureInfo.InvariantCulture);
            var present = report.Results.Count(result => result.Outcome is FetchOutcome.AlreadyPresent or FetchOutcome.Adopted);
            log.LogMessage(
                MessageImportance.High, "{0}: {1} of {2} fetched{3} ({4} in {5} s), {6} already there",
                manifest, fetched.Length, report.Results.Count, From(fetched), ByteSize.Format(fetched.Sum(result => result.Bytes)), seconds, present);
        }
    }

    private static string Explain(FetchResult result) => result.Outcome switch
    {
        FetchOutcome.AlreadyPresent => $"already at '{result.Path}'",
        FetchOutcome.Adopted => $"was at '{result.Path}' without a completion marker, and is what is declared",
        FetchOutcome.Fetched => string.Create(
            CultureInfo.InvariantCulture,
            $"{ByteSize.Format(result.Bytes)} fetched from {(result.Source.Length > 0 ? result.Source : "its source")} to '{result.Path}' in {result.Elapsed.TotalSeconds:F1} s{(result.ComputedChecksum.Length > 0 ? $", {result.ComputedChecksum}" : "")}"),
        FetchOutcome.Skipped => result.Error?.Problem ?? "nothing to fetch",
        _ => $"failed after {result.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s, {result.Error?.Code}",
    };

    /// <summary>The hosts that most came from; nothing where data came from programs alone.</summary>
    private static string From(IEnumerable<FetchResult> fetched)
    {
        string[] hosts = [.. fetched.Select(result => HostOf(result.Source)).Where(host => host.Length > 0)
            .GroupBy(host => host, StringComparer.OrdinalIgnoreCase).OrderByDescending(host => host.Count()).ThenBy(host => host.Key, StringComparer.Ordinal).Select(host => host.Key)];
        return hosts.Length == 0 ? "" : $" from {string.Join(", ", hosts.Take(NamedHosts))}{(hosts.Length > NamedHosts ? $" and {hosts.Length - NamedHosts} more" : "")}";
    }

    private static string HostOf(string source) =>
        !Uri.TryCreate(source, UriKind.Absolute, out var address) ? "" : address.IsFile ? "this machine" : address.Host;
}
