using System.IO.Compression;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest;

/// <summary>Weak spots of other tools of the format, by the numbers under which they are known; W12 and W18 are in <see cref="ManifestFileTests"/>.</summary>
[TestClass]
public sealed class WeakSpotTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public void W03_A_dataset_withoutKey_isNotTheWholeStore()
    {
        var database = _scene.Open("[made]\nshell = 'make it'\n[none]\nuri = 'https://'\n");
        Assert.AreEqual(Path.Combine(_scene.Store, "made"), database["made"].Location.Path);
        Assert.AreEqual("DM0211", database.Manifest.ErrorsOf("none").Single().Code());
        Assert.ThrowsExactly<DataManifestException>(() => database["none"].Location);
    }

    [TestMethod]
    [DataRow("uri = 'https://h/../../x'")]
    [DataRow("uri = 'https://h/x#../../../../y'")]
    [DataRow("key = '../x'\nuri = 'https://h/x'")]
    [DataRow("version = '../../../../y'\nuri = 'https://h/x'")]
    public async Task W11_A_key_thatLeavesTheStore_isAnErrorAndNothingIsWritten(string fields)
    {
        var database = _scene.Open($"[a]\n{fields}\n");
        Assert.AreEqual("DM0212", database.Manifest.ErrorsOf("a").Single().Code());
        Assert.AreEqual(DiagnosticRules.PathLeavesFolder, Assert.ThrowsExactly<DataManifestException>(() => database["a"].Location).Rule);
        Assert.IsTrue((await database.FetchAsync(null, null, TestContext.CancellationToken)).HasFailures);
        Assert.IsEmpty(_scene.StoreEntries());
    }

    [TestMethod]
    public async Task W22_Data_inAPool_areVerifiedThereAndServeAsRequirements()
    {
        _scene.Folder.Write("pool/k/a.csv", "a");
        _scene.Folder.Write("pool/k/a.csv.complete", "");
        _scene.Server.Serve("/b.csv", "b");
        _scene.Variables["DATAMANIFEST_DATASETS_POOLS"] = _scene.Folder["pool"];
        var database = _scene.Open($"""
            [a]
            uri = "https://unreachable.invalid/a.csv"
            key = "k/a.csv"
            checksum = "{FetchScene.Sha256("a")}"
            [b]
            uri = "{_scene.Server.Url("/b.csv")}"
            checksum = "{FetchScene.Sha256("b")}"
            requires = ["a"]
            """);
        Assert.IsFalse((await database.FetchAsync(new FetchRequest { Names = ["b"] }, null, TestContext.CancellationToken)).HasFailures);
        Assert.AreEqual(_scene.Folder["pool/k/a.csv"], database["a"].Path);
        Assert.AreEqual(VerifyOutcome.Verified, (await database.VerifyAsync(cancellationToken: TestContext.CancellationToken)).Results[0].Outcome);
        _scene.Folder.Write("pool/k/a.csv", "corrupt");
        Assert.AreEqual(VerifyOutcome.Wrong, (await _scene.Reopen().VerifyAsync(cancellationToken: TestContext.CancellationToken)).Results[0].Outcome);
    }

    [TestMethod]
    public async Task W24_A_canonicalWrite_doesNotChangeWhichHostPatternCounts()
    {
        const string text = "[_STORAGE]\ncanonical = true\n\n[_STORAGE._HOST.'login*']\ndatasets_dir = '/fast'\n\n[_STORAGE._HOST.'*']\ndatasets_dir = '/slow'\n";
        var manifest = _scene.Folder.Write("project/datasets.toml", text);
        Assert.AreEqual("/fast", Read().DatasetsDirectory);
        Assert.IsTrue(await new ManifestFile(manifest, Read()).AddAsync("a", TomlDocument.Parse("uri = 'https://h/a'").Root, cancellationToken: TestContext.CancellationToken));
        Assert.AreEqual("/fast", Read().DatasetsDirectory);
        Assert.StartsWith(text, await File.ReadAllTextAsync(manifest, TestContext.CancellationToken));

        StorageConfiguration Read() => new(_scene.Folder["project"], ManifestDocument.Parse(File.ReadAllBytes(manifest), manifest).Storage, Hosts.Create(name: "login3", workingDirectory: _scene.Folder.Path));
    }

    [TestMethod]
    public void W25_A_wrongType_isOneFindingAndTheOtherDatasetsAreRead()
    {
        var manifest = ManifestDocument.Parse("stray = 1\n[a]\nversion = 2\nuri = 'https://h/a'\naliases = 'abc'\nextract = 'no'\n[b]\nname = 'x'\npersist = 1\nuri = 'https://h/b'\n", "datasets.toml");
        CollectionAssert.AreEqual(new[] { "a", "b" }, manifest.Datasets.Select(dataset => dataset.Name).ToList());
        CollectionAssert.AreEqual(new[] { "abc" }, manifest.Get("a")!.Aliases.ToList(), "one alias, not three letters");
        Assert.AreEqual("h/a#2", manifest.Get("a")!.Key);
        Assert.IsEmpty(manifest.DiagnosticsOf("b"));
    }

    [TestMethod]
    public void W26_A_name_isAlwaysReachable()
    {
        var database = _scene.Open("[co2]\nuri = 'https://h/1'\n[CO2]\nuri = 'https://h/2'\n[x]\nuri = 'https://h/3'\naliases = ['co2']\n");
        Assert.AreEqual("https://h/1", database["co2"].Uri);
        Assert.AreEqual("https://h/2", database["CO2"].Uri);
        CollectionAssert.AreEqual(new[] { "DM0216", "DM0217" }, database.Manifest.Diagnostics.Select(finding => finding.Code()).Order(StringComparer.Ordinal).Distinct().ToList());
    }

    [TestMethod]
    public void W27_An_emptyVariable_isNone()
    {
        var storage = new StorageConfiguration("/wrk/study", null, Hosts.Create(new() { ["HOME"] = "/home/ada", ["DATAMANIFEST_DATASETS_DIR"] = "", ["XDG_DATA_HOME"] = "" }));
        Assert.AreEqual("/home/ada/.local/share/datamanifest/shared/datasets", storage.DatasetsDirectory);
        Assert.AreEqual("/home/ada/.local/share/datamanifest/shared/datasets/k", storage.Expand("", "k"));
    }

    [TestMethod]
    public async Task W31_One_key_atTwoPlaces_isKeptApart()
    {
        _scene.Server.Serve("/a.csv", "a");
        var fields = $"uri = \"{_scene.Server.Url("/a.csv")}\"\nkey = 'k.csv'\nchecksum = \"{FetchScene.Sha256("a")}\"\n";
        var database = _scene.Open($"[one]\n{fields}[two]\n{fields}storage_path = 'here/$key'\n");
        Assert.IsFalse((await database.FetchAsync(null, null, TestContext.CancellationToken)).HasFailures);
        Assert.AreEqual(Path.Combine(_scene.Store, "k.csv"), _scene.Reopen()["one"].Path);
        Assert.AreEqual(_scene.Folder["project/here/k.csv"], _scene.Reopen()["two"].Path);
    }

    [TestMethod]
    public async Task W31_An_archive_atAnExactPath_isTheOwnersAndStaysAsItIs()
    {
        var zip = _scene.Folder["project/mine.zip"];
        Directory.CreateDirectory(_scene.Folder["project"]);
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(archive.CreateEntry("a.txt").Open());
            writer.Write("a");
        }

        var before = await File.ReadAllBytesAsync(zip, TestContext.CancellationToken);
        var database = _scene.Open("[a]\nuri = 'https://unreachable.invalid/a.zip'\nextract = true\nstorage_path = 'mine.zip'\n");
        var result = (await database.FetchAsync(null, null, TestContext.CancellationToken)).Results.Single();
        Assert.AreEqual(FetchOutcome.AlreadyPresent, result.Outcome, result.Error?.Message);
        Assert.AreEqual(zip, result.Path);
        CollectionAssert.AreEqual(before, await File.ReadAllBytesAsync(zip, TestContext.CancellationToken));
        Assert.IsFalse(File.Exists(zip + ".complete"));
    }
}

/// <summary>Short forms for assertions.</summary>
file static class Findings
{
    public static string Code(this ManifestDiagnostic finding) => finding.Rule.Code;
}
