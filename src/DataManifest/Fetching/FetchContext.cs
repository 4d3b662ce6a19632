using DataManifest.Fetching.Commands;
using DataManifest.Fetching.Delegation;
using DataManifest.Fetching.Http;
using DataManifest.Manifest;

namespace DataManifest.Fetching;

/// <summary>What the datasets of one run share.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="database">The datasets.</param>
/// <param name="progress">Who is told, or null.</param>
internal sealed class FetchContext(FetchRequest request, Database database, IProgress<FetchProgress>? progress) : IDisposable
{
    /// <summary>What was asked for.</summary>
    public FetchRequest Request { get; } = request;

    /// <summary>Where datasets are.</summary>
    public DatasetLocator Locator { get; } = database.Locator;

    /// <summary>The manifest.</summary>
    public ManifestDocument Manifest { get; } = database.Manifest;

    /// <summary>The C# fetchers that are known.</summary>
    public FetcherRegistry Fetchers { get; } = database.Fetchers;

    /// <summary>The tools of other languages.</summary>
    public ForeignTools Tools { get; } = new(database.Locator.Storage);

    /// <summary>Whether no network and no other program may be asked.</summary>
    public bool IsOffline { get; } = request.Offline || database.Locator.Storage.IsOffline;

    /// <summary>Who is told, or null.</summary>
    public IProgress<FetchProgress>? Progress { get; } = progress;

    /// <summary>Fetches from web servers.</summary>
    public HttpTransport Http { get; } =
        new(new HttpOptions
        {
            Parallel = request.Parallel,
            ParallelPerHost = request.ParallelPerHost,
            StallTimeout = request.StallTimeout,
            Netrc = Netrc.Read(database.Locator.Storage.NetrcFile),
        });

    /// <summary>Fetches from this machine.</summary>
    public FileTransport Files { get; } = new(RootOf(database.Locator));

    /// <summary>The server near this machine that has files by their digests.</summary>
    public HashedMirror HashedMirror { get; } = new(database.Locator.Storage.HashedMirror);

    /// <summary>Runs programs.</summary>
    public CommandRunner Commands { get; } = new(RootOf(database.Locator), request.CommandTimeout);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => Http.Dispose();

    private static string RootOf(DatasetLocator locator) => locator.Storage.ProjectRoot.Length > 0 ? locator.Storage.ProjectRoot : Environment.CurrentDirectory;
}
