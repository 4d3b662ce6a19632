using System.IO.Compression;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest.State;

[TestClass]
public sealed class StateResolutionTests : IDisposable
{
    private const string Content = "year,ppm\n";

    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private string StatePath => _scene.Folder["project/.datamanifest/state.toml"];

    private static readonly string Key = FetchScene.Key("/co2.csv");

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_recordsEveryDatasetInOneFile()
    {
        _scene.Server.Serve("/co2.csv", Content);
        _scene.Server.Serve("/b.csv", "b");
        _scene.Folder.Write("project/mine.csv", "mine");
        var report = await _scene.FetchAsync(
            Entry("co2", Pin(Content)) + $"[b]\nuri = \"{_scene.Server.Url("/b.csv")}\"\nstorage_path = \"data/$key\"\n"
            + $"[quick]\nuri = \"{_scene.Server.Url("/b.csv?x")}\"\nkey = \"quick\"\nskip_checksum = true\n[mine]\nstorage_path = \"mine.csv\"\nskip_download = true\n"
            + $"[lazy]\nuri = \"{_scene.Server.Url("/lazy.zarr")}\"\nlazy_access = true\nloader = \"Zarr:Open\"\n");

        Assert.IsFalse(report.HasFailures, report.Results.FirstOrDefault(result => result.Error is not null)?.Error?.ToString());
        Assert.IsEmpty(report.Warnings);
        Assert.AreEqual(
            $"""
            [_META]
            schema = 5

            [datasets."127.0.0.1/b.csv"]
            sha256 = "{Hex("b")}"
            storage_path = "data/127.0.0.1/b.csv"

            [datasets."{Key}"]
            sha256 = "{Hex(Content)}"
            storage_path = "{_scene.Stored("/co2.csv")}"

            [datasets.mine]
            storage_path = "mine.csv"

            [datasets.quick]
            storage_path = "{Path.Combine(_scene.Store, "quick")}"

            """.ReplaceLineEndings("\n"),
            File.ReadAllText(StatePath));
    }

    [TestMethod]
    public async Task FetchAsync_ofDataThatAreRecordedElsewhere_usesThemThere()
    {
        var moved = _scene.Folder.Write("project/moved/co2.csv", Content);
        _scene.Folder.Write("project/moved/co2.csv.complete", "");
        Record("moved/co2.csv");
        var database = _scene.Open(Entry("co2", Pin(Content)));

        Assert.AreEqual(moved, database["co2"].Path);
        var result = (await database.FetchAsync(null, null, TestContext.CancellationToken)).Results.Single();
        Assert.AreEqual((FetchOutcome.AlreadyPresent, moved), (result.Outcome, result.Path));
        Assert.AreEqual("moved/co2.csv", Recorded().StoragePath);
        Assert.AreEqual(Hex(Content), Recorded().Sha256);
    }

    [TestMethod]
    public void Path_ofDataThatAreRecordedWithTheDeclaredDigest_needsNoMarker()
    {
        var moved = _scene.Folder.Write("project/moved/co2.csv", Content);
        Record("moved/co2.csv", Hex(Content));

        Assert.AreEqual(new DatasetLocation(moved, DatasetState.Recorded, IsInPool: true) { IsVerified = true }, _scene.Open(Entry("co2", Pin(Content)))["co2"].Location);
        Assert.IsFalse(_scene.Open(Entry("co2", Pin("other")))["co2"].Exists);
        Assert.IsFalse(_scene.Open(Entry("co2", ""))["co2"].Exists);
    }

    [TestMethod]
    public async Task FetchAsync_ofRecordedDataWithAnotherDigest_fetchesToTheStoragePath()
    {
        _scene.Server.Serve("/co2.csv", Content);
        _scene.Folder.Write("project/moved/co2.csv", "wrong");
        _scene.Folder.Write("project/moved/co2.csv.complete", "");
        Record("moved/co2.csv");

        var result = (await _scene.FetchAsync(Entry("co2", Pin(Content)))).Results.Single();

        Assert.AreEqual((FetchOutcome.Fetched, _scene.Stored("/co2.csv")), (result.Outcome, result.Path));
        Assert.AreEqual(_scene.Stored("/co2.csv"), Recorded().StoragePath);
        Assert.AreEqual("wrong", File.ReadAllText(_scene.Folder["project/moved/co2.csv"]));
    }

    [TestMethod]
    [DataRow(true, DisplayName = "a stale record")]
    [DataRow(false, DisplayName = "no state file")]
    public async Task FetchAsync_ofPresentData_refreshesTheRecord(bool isStale)
    {
        _scene.Folder.Write($"store/{Key}", Content);
        _scene.Folder.Write($"store/{Key}.complete", "");
        if (isStale)
        {
            Record("gone/co2.csv", Hex("old"), "[datasets.other]\nstorage_path = \"gone/other\"\n");
        }

        var database = _scene.Open(Entry("co2", Pin(Content)));
        var before = isStale ? File.ReadAllText(StatePath) : "";
        Assert.AreEqual(_scene.Stored("/co2.csv"), database["co2"].Path);
        Assert.AreEqual(before, isStale ? File.ReadAllText(StatePath) : "", "looking writes nothing");
        Assert.AreEqual(isStale, File.Exists(StatePath));

        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await database.FetchAsync(null, null, TestContext.CancellationToken)).Results.Single().Outcome);
        Assert.AreEqual((_scene.Stored("/co2.csv"), Hex(Content)), (Recorded().StoragePath, Recorded().Sha256));
        Assert.AreEqual(isStale, StateDocument.Parse(File.ReadAllText(StatePath)).Datasets.ContainsKey("other"), "nothing is forgotten");

        var written = File.GetLastWriteTimeUtc(StatePath);
        await database.FetchAsync(null, null, TestContext.CancellationToken);
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(StatePath), "nothing is new");
    }

    [TestMethod]
    public async Task FetchAsync_findsDataWithoutAMarkerInAPool()
    {
        _scene.Variables["DATAMANIFEST_DATASETS_POOLS"] = $"{_scene.Folder["p1"]}:{_scene.Folder["p2"]}";
        _scene.Folder.Write($"p1/{Key}", "wrong");
        _scene.Folder.Write($"p2/{Key}", Content);
        var database = _scene.Open(Entry("co2", Pin(Content)));
        Assert.IsFalse(database["co2"].Exists);

        var result = (await database.FetchAsync(null, null, TestContext.CancellationToken)).Results.Single();

        Assert.AreEqual((FetchOutcome.AlreadyPresent, _scene.Folder[$"p2/{Key}"]), (result.Outcome, result.Path), result.Error?.Message);
        Assert.IsEmpty(_scene.Server.Requests);
        Assert.IsEmpty(_scene.StoreEntries());
        Assert.IsFalse(File.Exists(_scene.Folder[$"p2/{Key}.complete"]));
        Assert.AreEqual(_scene.Folder[$"p2/{Key}"], _scene.Reopen()["co2"].Path);
        Assert.AreEqual("", (await _scene.Reopen().FetchAsync(null, null, TestContext.CancellationToken)).Results.Single().ComputedChecksum, "not hashed twice");
    }

    [TestMethod]
    public async Task FetchAsync_ofAnArchive_ignoresARecordedFile()
    {
        using (var archive = ZipFile.Open(_scene.Folder["grid.zip"], ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(archive.CreateEntry("a.txt").Open());
            await writer.WriteAsync("a");
        }

        _scene.Server.Serve("/grid.zip", await File.ReadAllBytesAsync(_scene.Folder["grid.zip"], TestContext.CancellationToken));
        _scene.Folder.Write("project/archives/grid.zip", "an archive");
        _scene.Folder.Write("project/archives/grid.zip.complete", "");
        var key = FetchScene.Key("/grid.zip");
        _scene.Folder.Write("project/.datamanifest/state.toml", $"[_META]\nschema = 5\n\n[datasets.\"{key}\"]\nstorage_path = \"archives/grid.zip\"\n");

        var result = (await _scene.FetchAsync($"[grid]\nuri = \"{_scene.Server.Url("/grid.zip")}\"\nextract = true\n")).Results.Single();

        Assert.AreEqual((FetchOutcome.Fetched, _scene.Stored("/grid")), (result.Outcome, result.Path), result.Error?.Message);
        Assert.AreEqual(_scene.Stored("/grid"), Recorded(key).StoragePath);
        Assert.AreEqual(Hex("a"), Recorded(key).Sha256);
    }

    [TestMethod]
    public async Task FetchAsync_ofOneSourceAtTwoPlaces_keepsThemApart()
    {
        _scene.Server.Serve("/co2.csv", Content);
        var report = await _scene.FetchAsync(Entry("a", Pin(Content)) + Entry("b", Pin(Content)) + "storage_path = \"copy/$key\"\n");

        Assert.IsFalse(report.HasFailures, report.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
        CollectionAssert.AreEqual(
            new[] { _scene.Stored("/co2.csv"), _scene.Folder[$"project/copy/{Key}"] }, report.Results.Select(result => Path.GetFullPath(result.Path)).ToArray());
        Record(_scene.Stored("/co2.csv"), Hex(Content));
        Assert.AreEqual(_scene.Folder[$"project/copy/{Key}"], Path.GetFullPath(_scene.Reopen()["b"].Path));
    }

    [TestMethod]
    public void Path_ofAPlaceOfTheUsers_ignoresTheRecord()
    {
        var mine = _scene.Folder.Write("project/mine.csv", "mine");
        _scene.Folder.Write("project/moved/co2.csv", Content);
        _scene.Folder.Write("project/moved/co2.csv.complete", "");
        Record("moved/co2.csv", Hex(Content));

        Assert.AreEqual(mine, _scene.Open(Entry("co2", Pin(Content)) + "storage_path = \"mine.csv\"\n")["co2"].Path);
    }

    [TestMethod]
    public async Task FetchAsync_withoutAPlaceForTheStateFile_warnsAndSucceeds()
    {
        _scene.Server.Serve("/co2.csv", Content);
        _scene.Folder.Write("project/.datamanifest", "a file");

        var report = await _scene.FetchAsync(Entry("co2", Pin(Content)));

        Assert.AreEqual(FetchOutcome.Fetched, report.Results.Single().Outcome);
        Assert.AreEqual(DiagnosticRules.StateNotRecorded, report.Warnings.Single().Rule);
        Assert.AreEqual(_scene.Stored("/co2.csv"), _scene.Reopen()["co2"].Path);
    }

    [TestMethod]
    public async Task FetchAsync_withADamagedStateFile_warnsAndRebuildsIt()
    {
        _scene.Server.Serve("/co2.csv", Content);
        _scene.Folder.Write("project/.datamanifest/state.toml", "[_META]\nschema = 5\n\n[datasets.\"");

        var report = await _scene.FetchAsync(Entry("co2", Pin(Content)));

        Assert.AreEqual(FetchOutcome.Fetched, report.Results.Single().Outcome);
        Assert.AreEqual(DiagnosticRules.UnreadableState, report.Warnings.Single().Rule);
        Assert.AreEqual(_scene.Stored("/co2.csv"), Recorded().StoragePath);
        Assert.IsTrue(File.Exists(StatePath + ".damaged"));
    }

    [TestMethod]
    public async Task FetchAsync_ofAPlaceThatIsRecordedInOtherWords_changesNothing()
    {
        _scene.Variables["DATAMANIFEST_DATASETS_DIR"] = "../store";
        _scene.Folder.Write($"store/{Key}", Content);
        _scene.Folder.Write($"store/{Key}.complete", "");
        Record(_scene.Folder[$"project/../store/{Key}"], Hex(Content));
        var before = File.ReadAllText(StatePath);

        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await _scene.FetchAsync(Entry("co2", Pin(Content)))).Results.Single().Outcome);
        Assert.AreEqual(before, File.ReadAllText(StatePath));
    }

    [TestMethod]
    public async Task FetchAsync_withoutAProject_recordsBesideTheData()
    {
        _scene.Server.Serve("/co2.csv", Content);
        var manifest = ManifestDocument.Parse(Entry("co2", Pin(Content)), "");
        var host = HostEnvironment.Capture() with { Variables = new Dictionary<string, string> { ["DATAMANIFEST_DATASETS_DIR"] = _scene.Store } };

        var report = await new Database(manifest, new DatabaseOptions { Host = host }).FetchAsync(null, null, TestContext.CancellationToken);

        Assert.IsEmpty(report.Warnings);
        var text = await File.ReadAllTextAsync(_scene.Folder["store/.datamanifest/state.toml"], TestContext.CancellationToken);
        Assert.AreEqual(_scene.Stored("/co2.csv"), StateDocument.Parse(text).Datasets[Key].StoragePath);
    }

    private static string Pin(string content) => $"checksum = \"{FetchScene.Sha256(content)}\"\n";

    private static string Hex(string content) => FetchScene.Sha256(content)["sha256:".Length..];

    private string Entry(string name, string more) => $"[{name}]\nuri = \"{_scene.Server.Url("/co2.csv")}\"\n{more}";

    private void Record(string path, string sha256 = "", string more = "") => _scene.Folder.Write(
        "project/.datamanifest/state.toml",
        $"[_META]\nschema = 5\n\n[datasets.\"{Key}\"]\nstorage_path = \"{path}\"\n" + (sha256.Length > 0 ? $"sha256 = \"{sha256}\"\n" : "") + more);

    private DatasetRecord Recorded(string? key = null) => StateDocument.Parse(File.ReadAllText(StatePath)).Datasets[key ?? Key];
}
