using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest.Maintenance;

/// <summary>A project, a datasets folder, a datacache and pools, filled by hand.</summary>
internal sealed class StoreScene : IDisposable
{
    private readonly FetchScene _scene = new();

    public StoreScene()
    {
        _scene.Variables["DATAMANIFEST_DATACACHE_DIR"] = Datacache;
        _scene.Variables["DATAMANIFEST_DATASETS_POOLS"] = Pool;
        _scene.Variables["DATAMANIFEST_DATACACHE_POOLS"] = Folder["artifact-pool"];
    }

    public ScratchFolder Folder => _scene.Folder;

    public Dictionary<string, string> Variables => _scene.Variables;

    public string Store => _scene.Store;

    public string Pool => Folder["pool"];

    public string Datacache => Folder["datacache"];

    public string ManifestPath => _scene.ManifestPath;

    public string State => File.Exists(StatePath) ? File.ReadAllText(StatePath) : "";

    private string StatePath => Folder["project/.datamanifest/state.toml"];

    public Database Open(string manifest) => _scene.Open(manifest);

    public Database Reopen() => _scene.Reopen();

    /// <summary>Puts a complete file into the store.</summary>
    public string Put(string key, string text = "data", string root = "store")
    {
        Folder.Write($"{root}/{key}.complete", "");
        return Folder.Write($"{root}/{key}", text);
    }

    /// <summary>Puts a complete folder with one file into the store.</summary>
    public string PutFolder(string key, string text = "data", string root = "store")
    {
        Folder.Write($"{root}/{key}/sub/a.txt", text);
        Folder.Write($"{root}/{key}/.complete", "");
        return Folder[$"{root}/{key}"];
    }

    /// <summary>Puts a produced artifact into a folder and returns its hash.</summary>
    public string Produce(string cachetype, string parameters, string version = "", string root = "datacache")
    {
        var table = TomlDocument.Parse(parameters).Root;
        var identity = new Caching.ArtifactIdentity(cachetype, version, ParameterHash.Compute(table));
        Folder.Write($"{root}/{identity.StorageKey}/config.toml", Caching.ArtifactConfig.ToText(identity, table));
        Folder.Write($"{root}/{identity.StorageKey}/metadata.toml", "created = \"2020-01-02T03:04:05Z\"\n");
        Folder.Write($"{root}/{identity.StorageKey}/data.txt", "made");
        Folder.Write($"{root}/{identity.StorageKey}/.complete", "");
        return identity.Hash;
    }

    public void Record(string datasets) => Folder.Write("project/.datamanifest/state.toml", "[_META]\nschema = 5\n\n" + datasets);

    public void Dispose() => _scene.Dispose();
}
