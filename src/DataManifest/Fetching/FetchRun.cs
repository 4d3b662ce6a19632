using System.Collections.Concurrent;
using System.Diagnostics;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>Fetches a set of datasets and what they require, in parallel, each once; one that fails stops only those that require it.</summary>
/// <param name="database">The datasets.</param>
/// <param name="context">What they share.</param>
/// <param name="cancellationToken">Stops all within 2 s.</param>
internal sealed class FetchRun(Database database, FetchContext context, CancellationToken cancellationToken) : IDisposable
{
    private const int DatasetsAtOnce = 32;

    private readonly ConcurrentDictionary<string, Lazy<Task<FetchResult>>> _tasks = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(DatasetsAtOnce);

    /// <summary>Fetches datasets.</summary>
    /// <param name="datasets">The datasets; what they require is added.</param>
    /// <returns>The results, in the manifest's order.</returns>
    public async Task<FetchReport> RunAsync(IEnumerable<Dataset> datasets)
    {
        await Task.WhenAll(datasets.Select(FetchAsync)).ConfigureAwait(false);
        var results = new List<FetchResult>();
        foreach (var dataset in database.Datasets)
        {
            if (_tasks.TryGetValue(dataset.Name, out var task))
            {
                results.Add(await task.Value.ConfigureAwait(false));
            }
        }

        return new FetchReport(results);
    }

    /// <summary>Frees the run's own resources.</summary>
    public void Dispose() => _slots.Dispose();

    private Task<FetchResult> FetchAsync(Dataset dataset) =>
        _tasks.GetOrAdd(dataset.Name, _ => new Lazy<Task<FetchResult>>(() => Task.Run(() => FetchOneAsync(dataset), cancellationToken))).Value;

    private async Task<FetchResult> FetchOneAsync(Dataset dataset)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            // Errors come first: a dataset in a circle of requirements has one, so that nobody waits for himself below.
            if (database.Manifest.ErrorsOf(dataset.Name).FirstOrDefault() is { } error)
            {
                return Failed(dataset, new DataManifestException(error.Rule, error.Message, dataset.Name));
            }

            var required = await Task.WhenAll(dataset.Declaration.Requires.Select(name => FetchAsync(database[name]))).ConfigureAwait(false);
            if (required.FirstOrDefault(result => result.Outcome == FetchOutcome.Failed) is { } broken)
            {
                return Failed(dataset, new DataManifestException(
                    DiagnosticRules.RequirementFailed, $"Dataset '{dataset.Name}' requires '{broken.Dataset.Name}', which failed.", dataset.Name, "Correct that one first."));
            }

            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await new DatasetFetch(dataset, context).RunAsync(cancellationToken).ConfigureAwait(false) with { Elapsed = watch.Elapsed };
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (FetchFaultException fault)
        {
            return Failed(dataset, fault.ForDataset(dataset.Name)) with { Elapsed = watch.Elapsed };
        }
        catch (DataManifestException fault)
        {
            return Failed(dataset, fault) with { Elapsed = watch.Elapsed };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Failed(dataset, FetchFaultException.Unreadable(unreadable).ForDataset(dataset.Name)) with { Elapsed = watch.Elapsed };
        }
    }

    private static FetchResult Failed(Dataset dataset, DataManifestException error) => new() { Dataset = dataset, Outcome = FetchOutcome.Failed, Error = error };
}
