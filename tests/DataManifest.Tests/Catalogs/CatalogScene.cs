using System.Text.Json;
using DataManifest.Fetching;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>A project with an empty manifest, and a server that stands before all services and answers what the test says.</summary>
internal sealed class CatalogScene : IDisposable
{
    public const string EmptyManifest = "[_META]\nschema = 1\n\n";

    private readonly FetchScene _scene = new();
    private readonly ServiceGateway _gateway;

    public CatalogScene()
    {
        _gateway = new ServiceGateway(_scene.Server);
        _scene.Variables[CatalogHttp.GatewayVariable] = _scene.Server.Url("");
    }

    public LoopbackServer Server => _scene.Server;

    public ScratchFolder Folder => _scene.Folder;

    public string ManifestText => File.ReadAllText(_scene.ManifestPath);

    public string State => File.ReadAllText(Folder["project/.datamanifest/state.toml"]);

    /// <summary>Answers the question for an address, query included, with a JSON text.</summary>
    public void Answer(string url, string text) => _gateway.Answer(url, text);

    /// <summary>Answers every question for a record.</summary>
    public void Answer(ServiceRecord record) => _gateway.Answer(record);

    public Database Open(string manifest = EmptyManifest) => _scene.Open(manifest);

    public Database Reopen() => File.Exists(_scene.ManifestPath) ? _scene.Reopen() : Open();

    /// <summary>Adds with the options of a test, to the manifest as it is.</summary>
    public Task<CatalogReport> AddAsync(string reference, Func<AddRequest, AddRequest>? options = null, CancellationToken cancellationToken = default) =>
        Reopen().AddAsync((options ?? (request => request))(new AddRequest(reference)), null, cancellationToken);

    /// <summary>Imports a text as a file of another tool.</summary>
    public Task<CatalogReport> ImportAsync(
        CatalogKind kind, string file, string text, Func<ImportRequest, ImportRequest>? options = null, CancellationToken cancellationToken = default) =>
        ImportAsync(kind, Folder.Write(file, text), options, cancellationToken);

    public Task<CatalogReport> ImportAsync(CatalogKind kind, string path, Func<ImportRequest, ImportRequest>? options = null, CancellationToken cancellationToken = default) =>
        Reopen().ImportAsync((options ?? (request => request))(new ImportRequest(kind, path)), cancellationToken);

    /// <summary>One dataset of the manifest as canonical TOML without its header.</summary>
    public string Dataset(string name) => TomlWriter.ToCanonical((TomlTable)TomlDocument.Parse(ManifestText).Root[name]!);

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public void Dispose() => _scene.Dispose();
}
