using DataManifest.Catalogs;
using DataManifest.Catalogs.Updates;

namespace DataManifest;

/// <content>Asking for newer data.</content>
public sealed partial class Database
{
    private const int QuestionsAtOnce = 6;

    /// <summary>
    /// Asks the sources of datasets whether they have something else than what is declared and fetched: Zenodo for newer versions of a record, web servers for
    /// the size, the day and the entity tag of a file. Nothing is fetched and no manifest is changed; the tags of sources that agree are remembered in the state file.
    /// </summary>
    /// <param name="names">The datasets, by anything that finds exactly one each; null for all.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>One result per dataset; a source that cannot be asked does not stop the others.</returns>
    /// <exception cref="DataManifestException">A name finds no dataset, or several.</exception>
    public async Task<OutdatedReport> FindOutdatedAsync(IReadOnlyList<string>? names = null, CancellationToken cancellationToken = default)
    {
        Dataset[] datasets = [.. Select(names)];
        var results = new OutdatedResult[datasets.Length];
        using var http = new CatalogHttp(Locator.Storage);
        var question = new OutdatedQuestion(Locator, http, cancellationToken);
        await Parallel.ForAsync(
            0, datasets.Length, new ParallelOptions { MaxDegreeOfParallelism = QuestionsAtOnce, CancellationToken = cancellationToken },
            async (i, _) => results[i] = await question.AskAsync(datasets[i]).ConfigureAwait(false)).ConfigureAwait(false);
        await question.RememberAsync().ConfigureAwait(false);
        return new OutdatedReport(results);
    }
}
