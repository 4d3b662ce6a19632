using DataManifest.Bindings;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>Has a C# function make a dataset.</summary>
/// <param name="dataset">The dataset.</param>
/// <param name="binding">Its fetcher.</param>
/// <param name="requirements">Where the datasets are that it needs.</param>
/// <param name="fetchers">The functions that are known.</param>
/// <param name="projectRoot">The project's root; empty when there is none.</param>
internal sealed class FetcherTransport(Dataset dataset, Binding binding, Requirements requirements, FetcherRegistry fetchers, string projectRoot) : ITransport
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<Transferred> FetchAsync(Transfer transfer, CancellationToken cancellationToken)
    {
        var filled = Substitute(transfer.Target);
        var fetcher = fetchers.Find(dataset.Name, filled);
        var target = new FetchTarget(dataset, transfer.Target, projectRoot, filled, requirements, transfer.Output);
        transfer.Progress(0, null);
        var work = Task.Run(() => fetcher(target, cancellationToken), cancellationToken);
        try
        {
            await work.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(work, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
        catch (Exception caught)
        {
            var thrown = caught is TypeInitializationException { InnerException: { } cause } ? cause : caught;
            throw new FetchFaultException(
                DiagnosticRules.FetcherFailed, $"The fetcher '{binding.Reference}' of dataset '{dataset.Name}' failed with {thrown.GetType().Name}: {SafeUrl.InText(thrown.Message)}", thrown);
        }

        return await ProducedData.TakeAsync(
            transfer,
            $"the fetcher '{binding.Reference}'",
            () => new FetchFaultException(
                DiagnosticRules.FetcherFailed,
                $"The fetcher '{binding.Reference}' of dataset '{dataset.Name}' ended without an error, but left no file or folder at the place that it was given ({nameof(FetchTarget)}.{nameof(FetchTarget.Path)})."),
            cancellationToken).ConfigureAwait(false);
    }

    private Binding Substitute(string downloadPath)
    {
        try
        {
            return binding.Substitute(TemplateVariables.ForFetcher(dataset.Declaration, projectRoot.Length > 0 ? projectRoot : null, downloadPath));
        }
        catch (TemplateException malformed)
        {
            throw new FetchFaultException(malformed.Rule, $"The fetcher of dataset '{dataset.Name}' cannot be called: {malformed.Message}", malformed);
        }
    }
}
