namespace DataManifest.Catalogs.Importers;

/// <summary>The importers by what they read.</summary>
internal static class ImporterList
{
    /// <summary>The importer of one kind of file.</summary>
    /// <param name="kind">The kind.</param>
    public static IImporter Of(CatalogKind kind) => kind switch
    {
        CatalogKind.Pooch => new PoochImporter(),
        CatalogKind.Csv => new CsvImporter(),
        CatalogKind.Urls => new UrlsImporter(),
        CatalogKind.Intake => new IntakeImporter(),
        CatalogKind.Dvc => new DvcImporter(),
        CatalogKind.Libman => new LibmanImporter(),
        CatalogKind.Artifacts => new ArtifactsImporter(),
        CatalogKind.Pins => new PinsImporter(),
        CatalogKind.DownloadFile => new DownloadFileImporter(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
