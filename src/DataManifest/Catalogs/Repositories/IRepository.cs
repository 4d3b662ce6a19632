namespace DataManifest.Catalogs.Repositories;

/// <summary>A service that publishes records of files.</summary>
internal interface IRepository
{
    /// <summary>Recognises a reference.</summary>
    /// <param name="reference">What the user wrote: a DOI, an address, or a short form.</param>
    /// <returns>What asks the service for it; null when it is none of this service's.</returns>
    Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference);
}
