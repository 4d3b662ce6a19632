using DataManifest.Fetching.Commands;
using DataManifest.Fetching.Delegation;
using DataManifest.Fetching.Http;
using DataManifest.Manifest;
using DataManifest.ObjectStores;

namespace DataManifest.Fetching;

/// <summary>What the datasets of one run share.</summary>
internal sealed class FetchContext : IDisposable
{
    private readonly StoreRegistry _stores;

    /// <summary>Begins a run.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="database">The datasets.</param>
    /// <param name="progress">Who is told, or null.</param>
    public FetchContext(FetchRequest request, Database database, IProgress<FetchProgress>? progress)
    {
        var storage = database.Locator.Storage;
        var root = storage.ProjectRoot.Length > 0 ? storage.ProjectRoot : Environment.CurrentDirectory;
        var options = new HttpOptions
        {
            Parallel = request.Parallel,
            ParallelPerHost = request.ParallelPerHost,
            StallTimeout = request.StallTimeout,
            Limits = request.ArchiveLimits,
            Netrc = Netrc.Read(storage.NetrcFile),
        };
        (Request, Locator, Manifest, Fetchers, Progress) = (request, database.Locator, database.Manifest, database.Fetchers, progress);
        IsOffline = request.Offline || storage.IsOffline;
        Tools = new ForeignTools(storage);
        Http = new HttpTransport(options);
        _stores = new StoreRegistry(request.ObjectStores, storage.Host.Variables, new HttpText(Http, options), request.Google);
        Stores = new StoreTransport(_stores, Http, request.ParallelPerHost * 2);
        Files = new FileTransport(root);
        HashedMirror = new HashedMirror(storage.HashedMirror);
        Commands = new CommandRunner(root, request.CommandTimeout);
    }

    /// <summary>What was asked for.</summary>
    public FetchRequest Request { get; }

    /// <summary>Where datasets are.</summary>
    public DatasetLocator Locator { get; }

    /// <summary>The manifest.</summary>
    public ManifestDocument Manifest { get; }

    /// <summary>The C# fetchers that are known.</summary>
    public FetcherRegistry Fetchers { get; }

    /// <summary>The tools of other languages.</summary>
    public ForeignTools Tools { get; }

    /// <summary>Whether no network and no other program may be asked.</summary>
    public bool IsOffline { get; }

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
}
