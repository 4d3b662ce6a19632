using DataManifest.Bindings;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>The fetch ladder with what can be run on this machine in this run: fetchers of other languages count only where their tool is installed.</summary>
/// <param name="context">What the datasets of a run share.</param>
internal sealed class LocalLadder(FetchContext context)
{
    /// <summary>How a dataset is fetched.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="cancellationToken">Ends the probing of other tools.</param>
    /// <exception cref="FetchFaultException">Nothing can fetch it, or what should is malformed.</exception>
    public async Task<FetchStep> ResolveAsync(DatasetDeclaration dataset, CancellationToken cancellationToken)
    {
        var absent = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var step = FetchLadder.Resolve(dataset, delegation: context.Request.Delegate, canRun: CanRun);
            if (step.Rung == FetchRung.Error)
            {
                throw new FetchFaultException(step.Problem!.Rule, step.Problem.Message);
            }

            if (step.Rung != FetchRung.Delegation || context.IsOffline || await context.Tools.FindAsync(step.Language, cancellationToken).ConfigureAwait(false) is not null)
            {
                return step;
            }

            absent.Add(step.Language);
        }

        bool CanRun(string language) => !absent.Contains(language) && !context.Tools.IsDelegated && context.Manifest.Path.Length > 0;
    }

    /// <summary>Makes sure that nothing outside this machine's files is asked in offline mode.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="step">How it would be fetched.</param>
    /// <param name="uris">What it would be copied from, if it is copied.</param>
    /// <param name="hostName">This machine's name.</param>
    /// <exception cref="FetchFaultException">It would be.</exception>
    public void RequireAllowed(DatasetDeclaration dataset, FetchStep step, IReadOnlyList<string> uris, string hostName)
    {
        if (!context.IsOffline || (step.Rung == FetchRung.Uri && uris.All(uri => SourcePlan.KindOf(uri, dataset.Uris.Count > 0, hostName) == SourceKind.Local)))
        {
            return;
        }

        var source = step.Rung switch
        {
            FetchRung.Uri => $"its source '{SafeUrl.Of(uris[0])}'{(uris.Count > 1 ? $" and {uris.Count - 1} more" : "")} is not",
            FetchRung.Shell => $"its command '{SafeUrl.InText(step.Command)}' is not",
            _ => $"its fetcher '{step.Fetcher!.Reference}' is not",
        };
        throw new FetchFaultException(
            DiagnosticRules.Offline,
            $"The data of dataset '{dataset.Name}' are not on this machine, and in offline mode {source} asked for. Go online: leave out the offline option, DataManifestOffline and DATAMANIFEST_OFFLINE.");
    }

    /// <summary>The sources that may be asked: in offline mode those that are files of this machine. Without any the declared one stays, for it is named to the user, and the archive may be here already.</summary>
    /// <param name="sources">The sources, in order.</param>
    /// <param name="plan">What the dataset is made of.</param>
    /// <param name="hostName">This machine's name.</param>
    public IReadOnlyList<DataSource> Allowed(IReadOnlyList<DataSource> sources, SourcePlan plan, string hostName)
    {
        if (!context.IsOffline || !plan.IsCopy)
        {
            return sources;
        }

        DataSource[] here = [.. sources.Where(source => source.Uris.All(uri => SourcePlan.KindOf(uri, plan.IsBatch, hostName) == SourceKind.Local))];
        return here.Length > 0 ? here : [sources.First(source => source.Kind == DataSourceKind.Declared)];
    }

    /// <summary>Whether nothing need be asked because the archive that a dataset is unpacked from is here.</summary>
    /// <param name="dataset">The dataset.</param>
    public bool IsArchiveHere(DatasetDeclaration dataset) => dataset.Extract && new EntryPaths(context.Locator.DownloadPathOf(dataset)).IsComplete;
}
