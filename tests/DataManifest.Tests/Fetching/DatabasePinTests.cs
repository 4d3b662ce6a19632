
namespace DataManifest.Fetching;

[TestClass]
public sealed class DatabasePinTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task PinAsync_writes_missing_checksums_and_keeps_everything_else()
    {
        _scene.Server.Serve("/a.csv", "a");
        _scene.Server.Serve("/b.csv", "b");
        var manifest = $"# ours\r\n[a] # first\r\nuri = \"{_scene.Server.Url("/a.csv")}\"   # where\r\n\r\n[b]\r\nuri = '{_scene.Server.Url("/b.csv")}'\r\nchecksum = \"{FetchScene.Sha256("b")}\"\r\n";
        var database = _scene.Open(manifest);
        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);
        var pins = await database.PinAsync(report, null, TestContext.CancellationToken);
        Assert.AreEqual(new Pin("a", FetchScene.Sha256("a"), ""), pins.Single());
        var expected = manifest.Replace("   # where\r\n", $"   # where\r\nchecksum = \"{FetchScene.Sha256("a")}\"\r\n", StringComparison.Ordinal);
        Assert.AreEqual(expected, File.ReadAllText(_scene.ManifestPath));
        Assert.HasCount(1, Directory.GetFiles(_scene.Folder["project"]));
    }

    [TestMethod]
    public async Task PinAsync_hashes_what_was_present_and_writes_nothing_twice()
    {
        _scene.Folder.Write("store/127.0.0.1/a.csv", "a");
        _scene.Folder.Write("store/127.0.0.1/a.csv.complete", "");
        var database = _scene.Open($"[a]\nuri = \"{_scene.Server.Url("/a.csv")}\"\n");
        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);
        Assert.AreEqual(FetchScene.Sha256("a"), (await database.PinAsync(report, null, TestContext.CancellationToken)).Single().Checksum);
        var written = File.GetLastWriteTimeUtc(_scene.ManifestPath);
        Assert.IsEmpty(await database.PinAsync(report, null, TestContext.CancellationToken));
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(_scene.ManifestPath));
    }

    [TestMethod]
    public async Task PinAsync_of_many_writers_loses_no_pin()
    {
        const int count = 20;
        foreach (var i in Enumerable.Range(0, count))
        {
            _scene.Server.Serve($"/{i}.csv", $"content {i}");
        }

        _scene.Folder.Write("project/datasets.toml", string.Concat(Enumerable.Range(0, count).Select(i => $"[d{i}]\nuri = \"{_scene.Server.Url($"/{i}.csv")}\"\n")));
        await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            var database = _scene.Reopen();
            var report = await database.FetchAsync(new FetchRequest { Names = [$"d{i}"] }, null, TestContext.CancellationToken);
            await database.PinAsync(report, null, TestContext.CancellationToken);
        }));
        var pinned = _scene.Reopen();
        foreach (var i in Enumerable.Range(0, count))
        {
            Assert.AreEqual(FetchScene.Sha256($"content {i}"), pinned[$"d{i}"].Checksum);
        }
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task PinAsync_keeps_permissions_and_links()
    {
        _scene.Server.Serve("/a.csv", "a");
        _scene.Folder.Write("real/shared.toml", $"[a]\nuri = \"{_scene.Server.Url("/a.csv")}\"\n");
        File.SetUnixFileMode(_scene.Folder["real/shared.toml"], (UnixFileMode)0b110_100_000);
        Directory.CreateDirectory(_scene.Folder["project"]);
        File.CreateSymbolicLink(_scene.ManifestPath, "../real/shared.toml");
        var database = _scene.Reopen();
        await database.PinAsync(await database.FetchAsync(null, null, TestContext.CancellationToken), null, TestContext.CancellationToken);
        Assert.AreEqual("../real/shared.toml", new FileInfo(_scene.ManifestPath).LinkTarget);
        Assert.AreEqual((UnixFileMode)0b110_100_000, File.GetUnixFileMode(_scene.Folder["real/shared.toml"]));
        StringAssert.Contains(File.ReadAllText(_scene.ManifestPath), FetchScene.Sha256("a"));
    }

    [TestMethod]
    public async Task PinAsync_writes_the_key_of_a_dataset_that_has_none()
    {
        _scene.Folder.Write("store/model_output", "made elsewhere");
        _scene.Folder.Write("store/model_output.complete", "");
        var database = _scene.Open("[model_output]\nshell = \"make it\"\n");
        var pins = await database.PinAsync(await database.FetchAsync(null, null, TestContext.CancellationToken), null, TestContext.CancellationToken);
        Assert.AreEqual("model_output", pins.Single().Key);
        StringAssert.Contains(File.ReadAllText(_scene.ManifestPath), "key = \"model_output\"");
    }
}
