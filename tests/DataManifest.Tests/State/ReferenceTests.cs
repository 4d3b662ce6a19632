using System.IO.Compression;
using DataManifest.Fetching;

namespace DataManifest.State;

/// <summary>One project and one store, used by this tool and by the format's reference tool in turn.</summary>
[TestClass]
public sealed class ReferenceTests : IDisposable
{
    private static readonly string[] Names = ["co2", "grid", "local"];

    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private string StatePath => _scene.Folder["project/.datamanifest/state.toml"];

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task DataThatWeFetch_areCleanForTheReference()
    {
        var database = _scene.Open(Manifest());
        Assert.IsFalse((await database.FetchAsync(null, null, TestContext.CancellationToken)).HasFailures);
        var state = await File.ReadAllTextAsync(StatePath, TestContext.CancellationToken);

        await AgreeAsync(database);
        Assert.AreEqual("", await ReferenceAsync("verify"));
        await ReferenceAsync("download", "--all");

        Assert.AreEqual(state, await File.ReadAllTextAsync(StatePath, TestContext.CancellationToken), "the reference has nothing to change");
        var again = await _scene.Reopen().FetchAsync(null, null, TestContext.CancellationToken);
        Assert.IsTrue(again.Results.All(result => result.Outcome == FetchOutcome.AlreadyPresent));
        Assert.AreEqual(state, await File.ReadAllTextAsync(StatePath, TestContext.CancellationToken), "nor have we");
    }

    [TestMethod]
    public async Task DataThatTheReferenceFetches_areFoundWithoutFetching()
    {
        var database = _scene.Open(Manifest());
        await ReferenceAsync("download", "--all");
        var state = await File.ReadAllTextAsync(StatePath, TestContext.CancellationToken);
        Directory.Delete(_scene.Folder["sources"], recursive: true);

        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);

        Assert.IsFalse(report.HasFailures, report.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
        Assert.IsTrue(report.Results.All(result => result.Outcome is FetchOutcome.AlreadyPresent or FetchOutcome.Adopted));
        Assert.AreEqual(state, await File.ReadAllTextAsync(StatePath, TestContext.CancellationToken));
        await AgreeAsync(database);
    }

    [TestMethod]
    public async Task DataThatWeFindElsewhere_areFoundThereByTheReference()
    {
        var database = _scene.Open(Manifest());
        var moved = _scene.Folder.Write("project/moved/co2.csv", "year\n");
        _scene.Folder.Write("project/moved/co2.csv.complete", "");
        _scene.Folder.Write("project/.datamanifest-state.toml", "[_META]\nschema = 5\n\n[datasets.\"k/co2.csv\"]\nstorage_path = \"moved/co2.csv\"\n");

        Assert.IsFalse((await database.FetchAsync(null, null, TestContext.CancellationToken)).HasFailures);

        Assert.AreEqual(moved, database["co2"].Path);
        Assert.IsFalse(File.Exists(_scene.Folder["project/.datamanifest-state.toml"]));
        await AgreeAsync(database);
    }

    [TestMethod]
    public async Task A_checksum_thatWePin_isTheReferencesOwn()
    {
        var database = _scene.Open(Manifest().Replace("checksum", "#checksum", StringComparison.Ordinal));
        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);
        Assert.HasCount(Names.Length, await database.PinAsync(report, null, TestContext.CancellationToken));
        var pinned = await File.ReadAllTextAsync(_scene.ManifestPath, TestContext.CancellationToken);

        Assert.AreEqual("", await ReferenceAsync("verify"));
        foreach (var dataset in _scene.Reopen().Datasets)
        {
            Assert.Contains($"checksum = \"{dataset.Checksum}\"", await ReferenceAsync("show", dataset.Name));
        }

        Assert.AreEqual(pinned, await File.ReadAllTextAsync(_scene.ManifestPath, TestContext.CancellationToken), "the reference has nothing to add");
    }

    [TestMethod]
    public async Task The_canonicalForm_thatWeWrite_isTheReferencesOwn()
    {
        var database = _scene.Open(Manifest() + "\n[_STORAGE]\ncanonical = true\n");
        Assert.IsTrue(await new ManifestFile(_scene.ManifestPath, database.Locator.Storage).SetFieldAsync(
            "grid", "aliases", new Toml.TomlArray([new Toml.TomlString("g"), new Toml.TomlString("é\t\"")]), TestContext.CancellationToken));
        var written = await File.ReadAllTextAsync(_scene.ManifestPath, TestContext.CancellationToken);

        Assert.AreEqual(written.Trim(), await ReferenceAsync("format", _scene.ManifestPath));
        await ReferenceAsync("format", "-i", _scene.ManifestPath);
        Assert.AreEqual(written, await File.ReadAllTextAsync(_scene.ManifestPath, TestContext.CancellationToken));
    }

    private async Task AgreeAsync(Database database)
    {
        foreach (var name in Names)
        {
            Assert.AreEqual(database[name].Path, await ReferenceAsync("path", name));
        }

        Assert.AreEqual("", await ReferenceAsync("list", "--dirty", "--bare"));
        CollectionAssert.AreEquivalent(Names, (await ReferenceAsync("list", "--bare")).Split('\n'));
    }

    private string Manifest()
    {
        var csv = _scene.Folder.Write("sources/co2.csv", "year\n");
        using (var archive = ZipFile.Open(_scene.Folder["sources/grid.zip"], ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(archive.CreateEntry("g/a.txt").Open());
            writer.Write("a");
        }

        return $"""
            [co2]
            uri = "file://{csv}"
            key = "k/co2.csv"
            checksum = "{FetchScene.Sha256("year\n")}"

            [grid]
            uri = "file://{_scene.Folder["sources/grid.zip"]}"
            key = "k/grid.zip"
            checksum = "{FetchScene.Sha256("a")}"
            extract = true

            [local]
            uri = "file://{csv}"
            key = "local"
            checksum = "{FetchScene.Sha256("year\n")}"
            storage_path = "data/$key.csv"

            """;
    }

    private async Task<string> ReferenceAsync(params string[] arguments) => (await ReferenceTool.RunAsync(
        _scene.Folder, new() { ["DATAMANIFEST_DATASETS_DIR"] = _scene.Store }, TestContext.CancellationToken, arguments)).Trim();
}
