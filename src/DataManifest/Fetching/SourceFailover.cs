using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Tries the places that have a dataset's data, one after the other, until one gives what is declared.</summary>
/// <param name="job">The dataset; is told which places were passed over.</param>
/// <param name="sources">The places, in order; at least one.</param>
internal sealed class SourceFailover(FetchJob job, IReadOnlyList<DataSource> sources)
{
    /// <summary>Faults of this machine or of the manifest, which no other place cures.</summary>
    private static readonly DiagnosticRule[] OwnFaults =
        [DiagnosticRules.DiskFull, DiagnosticRules.EntryNotWritable, DiagnosticRules.ContentUnreadable, DiagnosticRules.BatchMembers, DiagnosticRules.UnsupportedChecksum];

    /// <summary>Does it.</summary>
    /// <param name="staging">What is made; nothing of a failed try is left there.</param>
    /// <param name="fetch">Makes it from the first of the places that it is given, or throws; may use the later ones for parts that the first does not have.</param>
    /// <param name="cancellationToken">Stops within 2 s.</param>
    /// <exception cref="FetchFaultException">All places failed: the fault of the declared one, with those of the others.</exception>
    public async Task RunAsync(string staging, Func<IReadOnlyList<DataSource>, CancellationToken, Task> fetch, CancellationToken cancellationToken)
    {
        var faults = new List<(DataSource Source, FetchFaultException Fault, bool IsNews)>();
        for (var i = 0; ; i++)
        {
            try
            {
                await fetch(i == 0 ? sources : [.. sources.Skip(i)], cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (FetchFaultException fault) when (sources.Count > 1 && !OwnFaults.Contains(fault.Rule))
            {
                // At once, so that other datasets of the run do not wait for it, too.
                faults.Add((sources[i], fault, sources[i].Kind != DataSourceKind.HashedMirror || job.Context.HashedMirror.Note(fault)));
                if (fault.IsFinal || i == sources.Count - 1)
                {
                    throw Combine(faults);
                }

                Staging.Delete(staging);
            }
        }

        foreach (var (source, fault, _) in faults.Where(failed => failed.IsNews))
        {
            job.PassOver(source, new DataManifestException(
                DiagnosticRules.SourcePassedOver, $"A source of dataset '{job.Dataset.Name}' was passed over, and data came from {job.Source}: {Told(source, fault.Problem)}", job.Dataset.Name, "", fault));
        }
    }

    /// <summary>A fault with the place that it is about: one of the content, as that of an archive, does not name it.</summary>
    private static string Told(DataSource source, string fault) =>
        source.Uris.Select(SafeUrl.Of).ToList() is [var place] && !fault.Contains(place, StringComparison.Ordinal) ? $"{place}: {fault}" : fault;

    private static FetchFaultException Combine(List<(DataSource Source, FetchFaultException Fault, bool IsNews)> faults)
    {
        // When the rest of a batch is tried from its mirrors, the declared place is none of them.
        var declared = faults.OrderBy(failed => failed.Source.Kind != DataSourceKind.Declared).First().Fault;
        var others = faults.Where(failed => failed.Fault != declared && (failed.IsNews || failed.Source.Kind != DataSourceKind.HashedMirror)).Select(failed => Told(failed.Source, failed.Fault.Message)).ToList();
        var message = others.Count == 0 ? declared.Message : $"{declared.Message} The other sources failed, too: {string.Join(" ", others)}";
        return new FetchFaultException(declared.Rule, message, declared) { IsFinal = true };
    }
}
