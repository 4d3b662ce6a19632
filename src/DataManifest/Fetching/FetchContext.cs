using DataManifest.Fetching.Commands;
using DataManifest.Fetching.Http;

namespace DataManifest.Fetching;

/// <summary>What the datasets of one run share.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="locator">Where datasets are.</param>
/// <param name="progress">Who is told, or null.</param>
internal sealed class FetchContext(FetchRequest request, DatasetLocator locator, IProgress<FetchProgress>? progress) : IDisposable
{
    /// <summary>What was asked for.</summary>
    public FetchRequest Request { get; } = request;

    /// <summary>Where datasets are.</summary>
    public DatasetLocator Locator { get; } = locator;

    /// <summary>Who is told, or null.</summary>
    public IProgress<FetchProgress>? Progress { get; } = progress;

    /// <summary>Fetches from web servers.</summary>
    public HttpTransport Http { get; } =
        new(new HttpOptions
        {
            Parallel = request.Parallel,
            ParallelPerHost = request.ParallelPerHost,
            StallTimeout = request.StallTimeout,
            Netrc = Netrc.Read(locator.Storage.NetrcFile),
        });

    /// <summary>Fetches from this machine.</summary>
    public FileTransport Files { get; } = new(RootOf(locator));

    /// <summary>The server near this machine that has files by their digests.</summary>
    public HashedMirror HashedMirror { get; } = new(locator.Storage.HashedMirror);

    /// <summary>Runs programs.</summary>
    public CommandRunner Commands { get; } = new(RootOf(locator), request.CommandTimeout);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => Http.Dispose();

    private static string RootOf(DatasetLocator locator) => locator.Storage.ProjectRoot.Length > 0 ? locator.Storage.ProjectRoot : Environment.CurrentDirectory;
}
