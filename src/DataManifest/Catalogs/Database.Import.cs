using DataManifest.Catalogs;
using DataManifest.Catalogs.Importers;

namespace DataManifest;

/// <content>Importing datasets that another tool declares.</content>
public sealed partial class Database
{
    /// <summary>
    /// Declares the data of another tool's file in the manifest file, in one change. Copies that the other tool has downloaded are used in place where their
    /// checksums hold. What is declared already, with the same address and checksum, is not declared again. This database keeps the manifest that it was opened with.
    /// </summary>
    /// <param name="request">The file and the options.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="DataManifestException">The file cannot be read or is no such file, a base URL is missing, or the manifest cannot be changed.</exception>
    public async Task<CatalogReport> ImportAsync(ImportRequest request, CancellationToken cancellationToken = default)
    {
        RequireFile(request.DryRun);
        using var http = new CatalogHttp(Locator.Storage);
        var source = new ImportSource(request, Locator.Storage, http);
        var catalog = await ImporterList.Of(request.Kind).ReadAsync(source, cancellationToken).ConfigureAwait(false);
        var dryRun = request.DryRun || request.Kind == CatalogKind.DownloadFile;
        var (entries, problems) = await new CatalogWriter(this).WriteAsync(catalog.Proposals, request.Overwrite, dryRun, cancellationToken).ConfigureAwait(false);
        return new CatalogReport(catalog.Source, entries) { Notes = [.. catalog.Notes, .. problems], IsDryRun = dryRun, HasCache = source.CacheDirectory.Length > 0 || catalog.HasCache, Nothing = "" };
    }
}
