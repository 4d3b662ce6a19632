using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Testing;

namespace DataManifest;

[TestClass]
public sealed class ManifestCreationTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task CreateAsync_makesAManifestThatNamesItsSchemaAndTakesDatasets()
    {
        var path = await ManifestFile.CreateAsync(_folder["sub/x"], cancellationToken: TestContext.CancellationToken);
        Assert.AreEqual(_folder["sub/x/datamanifest.toml"], path);
        var text = await File.ReadAllTextAsync(path, TestContext.CancellationToken);
        Assert.StartsWith($"#:schema {ManifestFile.SchemaAddress}\n", text);
        Assert.EndsWith("\n\n[_META]\nschema = 1\n", text);
        var manifest = ManifestDocument.Parse(text, path);
        Assert.AreEqual(1, manifest.Schema);
        Assert.IsEmpty(manifest.Diagnostics);

        var file = new ManifestFile(path, new StorageConfiguration(_folder["sub/x"], null, Hosts.Create(workingDirectory: _folder.Path)));
        await file.AddAsync("a", Toml.TomlDocument.Parse("uri = 'https://h/a'").Root, cancellationToken: TestContext.CancellationToken);
        Assert.AreEqual(text + "\n[a]\nuri = \"https://h/a\"\n", await File.ReadAllTextAsync(path, TestContext.CancellationToken));
    }

    [TestMethod]
    public void The_schemaAddress_isTheSchemasOwn()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DataManifest.Build.sln")))
        {
            folder = folder.Parent;
        }

        Assert.Contains($"\"$id\": \"{ManifestFile.SchemaAddress}\"", File.ReadAllText(Path.Combine(folder.FullName, "docs/schemas/datamanifest.schema.json")));
    }

    [TestMethod]
    [DataRow("datamanifest.toml")]
    [DataRow("DataManifest.toml")]
    [DataRow("datasets.toml")]
    [DataRow("Datasets.toml")]
    public async Task CreateAsync_besideAManifestOfAnyName_isRefusedUnlessForced(string name)
    {
        var existing = _folder.Write(name, "[a]\nuri = 'https://h/a'\n");
        var refused = await Assert.ThrowsExactlyAsync<DataManifestException>(() => ManifestFile.CreateAsync(_folder.Path, cancellationToken: TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticRules.ManifestExists, refused.Rule);
        Assert.Contains(existing, refused.Message);
        CollectionAssert.AreEqual(new[] { name }, _folder.Entries().ToArray());

        var path = await ManifestFile.CreateAsync(_folder.Path, force: true, TestContext.CancellationToken);
        Assert.IsEmpty(ManifestDocument.Parse(await File.ReadAllBytesAsync(path, TestContext.CancellationToken), path).Datasets);
    }

    [TestMethod]
    public async Task CreateAsync_whereAFileIsInTheWay_isACodedError()
    {
        _folder.Write("taken", "");
        var refused = await Assert.ThrowsExactlyAsync<DataManifestException>(() => ManifestFile.CreateAsync(_folder["taken"], cancellationToken: TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticRules.ManifestNotWritable, refused.Rule);
    }

    [TestMethod]
    public async Task CreateAsync_thatIsCancelled_writesNothing()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => ManifestFile.CreateAsync(_folder.Path, cancellationToken: new CancellationToken(canceled: true)));
        Assert.IsEmpty(_folder.Entries());
    }
}
