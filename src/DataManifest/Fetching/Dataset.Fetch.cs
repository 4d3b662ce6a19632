using DataManifest.Fetching;

namespace DataManifest;

/// <content>Fetching.</content>
public partial class Dataset
{
    /// <summary>Fetches the data if they are not there, and the datasets that it requires. Nothing is published before its checksum holds; the manifest is not changed.</summary>
    /// <param name="progress">Told how far it is; called from several threads at once.</param>
    /// <param name="cancellationToken">Stops within 2 s; what was downloaded so far is kept for the next time.</param>
    /// <returns>The file or folder with the data, absolute: what <see cref="Path"/> gives from now on.</returns>
    /// <exception cref="DataManifestException">The data cannot be had.</exception>
    /// <exception cref="OperationCanceledException">The fetch was stopped.</exception>
    public async Task<string> FetchAsync(IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var database = _locator.Database?.Value ?? throw NotFound();
        var report = await database.FetchAsync(new FetchRequest { Names = [Name] }, progress, cancellationToken).ConfigureAwait(false);
        var result = report.Results.Single(result => result.Dataset.Name == Name);
        return result.Path.Length > 0 ? result.Path : throw result.Error!;
    }
}
