using System.Collections.Concurrent;
using System.Diagnostics;
using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>Fetches a set of datasets and what they require, in parallel, each once; one that fails stops only those that require it.</summary>
/// <param name="database">The datasets.</param>
/// <param name="context">What they share.</param>
/// <param name="cancellationToken">Stops all within 2 s.</param>
internal sealed class FetchRun(Database database, FetchContext context, CancellationToken cancellationToken)
{
    private const int DatasetsAtOncePerHost = 16;

    private readonly ConcurrentDictionary<string, Lazy<Task<FetchResult>>> _tasks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _slots = new(StringComparer.OrdinalIgnoreCase);

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
            if (required.FirstOrDefault(IsMissing) is { } broken)
            {
                // What is there already is not made again, so it lacks nothing.
                return await new DatasetFetch(dataset, Requirements.None, context).FindAsync(cancellationToken).ConfigureAwait(false) is { } present
                    ? present with { Elapsed = watch.Elapsed }
                    : WithoutRequirement(dataset, broken);
            }

            var slots = SlotsOf(dataset);
            await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            var fetch = new DatasetFetch(dataset, Requirements.Of(dataset, database, PathOf), context);
            try
            {
                return await fetch.RunAsync(cancellationToken).ConfigureAwait(false) with { Elapsed = watch.Elapsed };
            }
            finally
            {
                fetch.Finish();
                slots.Release();
            }
        }
        catch (FetchFaultException fault)
        {
            return Failed(dataset, fault.ForDataset(dataset.Name)) with { Elapsed = watch.Elapsed };
        }
        catch (DataManifestException fault)
        {
            return Failed(dataset, Named(fault, dataset.Name)) with { Elapsed = watch.Elapsed };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Failed(dataset, FetchFaultException.Unreadable(unreadable).ForDataset(dataset.Name)) with { Elapsed = watch.Elapsed };
        }
    }

    /// <summary>
    /// A dataset that is being fetched holds a lock file open, so not all can be at it at once. Each host has room of its own: datasets that wait for one
    /// host do not hold up those of another.
    /// </summary>
    private SemaphoreSlim SlotsOf(Dataset dataset)
    {
        var uri = dataset.Uris is [var first, ..] ? first : dataset.Uri;
        return _slots.GetOrAdd(SourceUri.TryParse(uri, out var parts) ? parts.Host : "", _ => new SemaphoreSlim(DatasetsAtOncePerHost));
    }

    /// <summary>Where a dataset is that was fetched before: what is required has ended by then.</summary>
    private string PathOf(Dataset required) => _tasks[required.Name].Value.Result is { Path.Length: > 0 } result ? result.Path : required.Location.Path;

    private static bool IsMissing(FetchResult required) => required.Outcome == FetchOutcome.Failed || required is { Outcome: FetchOutcome.Skipped, Error: not null };

    private static FetchResult WithoutRequirement(Dataset dataset, FetchResult broken)
    {
        if (broken.Error!.Rule == DiagnosticRules.FetchedByProgram)
        {
            var later = $"Dataset '{dataset.Name}' requires '{broken.Dataset.Name}', which only the program itself can fetch.";
            return new FetchResult { Dataset = dataset, Outcome = FetchOutcome.Skipped, Error = new DataManifestException(DiagnosticRules.FetchedByProgram, later, dataset.Name, broken.Error.Remedy) };
        }

        var how = broken.Outcome == FetchOutcome.Failed ? "failed" : "is not there";
        return Failed(dataset, new DataManifestException(
            DiagnosticRules.RequirementFailed, $"Dataset '{dataset.Name}' requires '{broken.Dataset.Name}', which {how}.", dataset.Name, "Correct that one first."));
    }

    /// <summary>The store knows places and no datasets.</summary>
    private static DataManifestException Named(DataManifestException fault, string name) =>
        fault.DatasetName.Length > 0 ? fault : new DataManifestException(fault.Rule, $"Dataset '{name}': {fault.Problem}", name, fault.Remedy, fault.InnerException);

    private static FetchResult Failed(Dataset dataset, DataManifestException error) => new() { Dataset = dataset, Outcome = FetchOutcome.Failed, Error = error };
}
