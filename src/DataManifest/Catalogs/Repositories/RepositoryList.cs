namespace DataManifest.Catalogs.Repositories;

/// <summary>The repositories that references are tried with, in this order.</summary>
internal static class RepositoryList
{
    private static readonly IReadOnlyList<IRepository> Known =
    [
        new ZenodoRepository(), new PangaeaRepository(), new HuggingFaceRepository(), new FigshareRepository(), new DataverseRepository(),
        new DryadRepository(), new OsfRepository(), new GitHubReleases(),
    ];

    private static readonly IReadOnlyList<IRepository> All = [.. Known, new DoiRegistry(Known)];

    /// <summary>What asks the right service for a reference; null when the reference is an address or a path like any other.</summary>
    /// <param name="reference">What the user wrote.</param>
    public static Func<CatalogHttp, CancellationToken, Task<RepositoryAnswer>>? Recognize(string reference) =>
        All.Select(repository => repository.Recognize(reference)).FirstOrDefault(resolve => resolve is not null);
}
