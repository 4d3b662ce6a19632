using DataManifest.Fetching.Commands;
using DataManifest.Fetching.Http;
using DataManifest.ObjectStores;

namespace DataManifest.Fetching;

/// <summary>What the datasets of one run share.</summary>
internal sealed class FetchContext : IDisposable
{
    private readonly StoreRegistry _stores;

    /// <summary>Begins a run.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="locator">Where datasets are.</param>
    /// <param name="progress">Who is told, or null.</param>
    public FetchContext(FetchRequest request, DatasetLocator locator, IProgress<FetchProgress>? progress)
    {
        (Request, Locator, Progress) = (request, locator, progress);
        var options = new HttpOptions
        {
            Parallel = request.Parallel,
            ParallelPerHost = request.ParallelPerHost,
            StallTimeout = request.StallTimeout,
            Netrc = Netrc.Read(locator.Storage.NetrcFile),
        };
        Http = new HttpTransport(options);
        _stores = new StoreRegistry(request.ObjectStores, locator.Storage.Variables, new HttpText(Http, options), request.Google);
        Stores = new StoreTransport(_stores, Http, request.ParallelPerHost * 2);
        Files = new FileTransport(RootOf(locator));
        HashedMirror = new HashedMirror(locator.Storage.HashedMirror);
        Commands = new CommandRunner(RootOf(locator), request.CommandTimeout);
    }

    /// <summary>What was asked for.</summary>
    public FetchRequest Request { get; }

    /// <summary>Where datasets are.</summary>
    public DatasetLocator Locator { get; }

    /// <summary>Who is told, or null.</summary>
    public IProgress<FetchProgress>? Progress { get; }

    /// <summary>Fetches from web servers.</summary>
    public HttpTransport Http { get; }

    /// <summary>Fetches from object stores.</summary>
    public StoreTransport Stores { get; }

    /// <summary>Fetches from this machine.</summary>
    public FileTransport Files { get; }

    /// <summary>The server near this machine that has files by their digests.</summary>
    public HashedMirror HashedMirror { get; }

    /// <summary>Runs programs.</summary>
    public CommandRunner Commands { get; }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _stores.Dispose();
        Http.Dispose();
    }

    private static string RootOf(DatasetLocator locator) => locator.Storage.ProjectRoot.Length > 0 ? locator.Storage.ProjectRoot : Environment.CurrentDirectory;
}
