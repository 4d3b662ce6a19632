using System.Collections.Concurrent;
using System.Security.Cryptography;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>A project with a manifest, a datasets folder of its own, and a server.</summary>
internal sealed class FetchScene : IDisposable
{
    public ScratchFolder Folder { get; } = new();

    public LoopbackServer Server { get; } = LoopbackServer.Start();

    public Dictionary<string, string> Variables { get; } = [];

    public ConcurrentQueue<FetchProgress> Progress { get; } = new();

    public string Store => Folder["store"];

    public string ManifestPath => Folder["project/datasets.toml"];

    /// <summary>The key that the server's URLs have.</summary>
    public static string Key(string path) => "127.0.0.1" + path;

    public static string Sha256(byte[] content) => "sha256:" + Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    public static string Sha256(string content) => Sha256(System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>The path of something in the datasets folder.</summary>
    public string Stored(string path) => Path.Combine(Store, Key(path));

    /// <summary>Notes what is reported in <see cref="Progress"/>.</summary>
    public IProgress<FetchProgress> Recorder => new ProgressRecorder(Progress);

    public Database Open(string manifest, FetcherRegistry? fetchers = null)
    {
        Folder.Write("project/datasets.toml", manifest);
        return Reopen(fetchers);
    }

    public Database Reopen() => Reopen(null);

    public Database Reopen(FetcherRegistry? fetchers)
    {
        var variables = new Dictionary<string, string>
        {
            ["HOME"] = Folder["home"],
            ["DATAMANIFEST_DATASETS_DIR"] = Store,
        };
        foreach (var (name, value) in Variables)
        {
            variables[name] = value;
        }

        return Database.Open(ManifestPath, new DatabaseOptions { Host = HostEnvironment.Capture() with { Variables = variables }, Fetchers = fetchers });
    }

    public Task<FetchReport> FetchAsync(string manifest, FetchRequest? request = null, CancellationToken cancellationToken = default) =>
        Open(manifest).FetchAsync(request, Recorder, cancellationToken);

    /// <summary>Everything below the datasets folder.</summary>
    public IReadOnlyList<string> StoreEntries() =>
        Directory.Exists(Store) ? [.. Folder.Entries().Where(entry => entry.StartsWith("store/", StringComparison.Ordinal)).Select(entry => entry["store/".Length..])] : [];

    public void Dispose()
    {
        Server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
        Folder.Dispose();
    }

    private sealed class ProgressRecorder(ConcurrentQueue<FetchProgress> target) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => target.Enqueue(value);
    }
}
