namespace DataManifest;

/// <summary>Makes the data of a dataset (specification, "Fetch ladder", own fetcher).</summary>
/// <param name="target">Where the data must go, and what they are made of.</param>
/// <param name="cancellationToken">Stops it; one that goes on for more than a second is not waited for.</param>
public delegate Task Fetcher(FetchTarget target, CancellationToken cancellationToken);
