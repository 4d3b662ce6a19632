namespace DataManifest.Catalogs.Importers;

/// <summary>A list with one address per line; <c>#</c> begins a comment line.</summary>
internal sealed class UrlsImporter : IImporter
{
    /// <inheritdoc/>
    public Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken) => Task.FromResult(new ImportedCatalog(
        $"URL list {source.FileName}",
        [.. source.ReadText().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(line => source.Propose(source.Absolute(line)))]));
}
