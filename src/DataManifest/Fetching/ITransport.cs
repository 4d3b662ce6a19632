namespace DataManifest.Fetching;

/// <summary>Fetches the sources of some schemes.</summary>
internal interface ITransport
{
    /// <summary>Makes the target, or throws and leaves none.</summary>
    /// <param name="transfer">What to fetch and where to.</param>
    /// <param name="cancellationToken">Stops within 2 s; what can be resumed is kept.</param>
    /// <exception cref="FetchFaultException">The source cannot be had.</exception>
    Task<Transferred> FetchAsync(Transfer transfer, CancellationToken cancellationToken);
}
