using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest;

/// <summary>Files and folders as they should not be: each gives one coded error or a documented recovery, and nothing is lost.</summary>
[TestClass]
public sealed class BadInputTests : IDisposable
{
    private const string Sound = "[a]\r\nuri = \"https://h/a.csv\"\r\n\r\n[b]\r\nuri = \"https://h/b.csv\"\r\n";

    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public void A_manifest_cutAnywhere_opensOrIsRefusedWithItsPlace()
    {
        var refused = 0;
        for (var length = 0; length < Sound.Length; length++)
        {
            try
            {
                Assert.IsLessThanOrEqualTo(2, _scene.Open(Sound[..length]).Datasets.Count);
            }
            catch (ManifestException e)
            {
                Assert.AreEqual("DM0101", e.Code);
                Assert.Contains($"{_scene.ManifestPath}(", e.Message);
                refused++;
            }
        }

        Assert.IsGreaterThan(20, refused);
    }

    [TestMethod]
    [DataRow("\u00ff\u00fe[\0a\0]\0", "UTF-16")]
    [DataRow("[a]\ndescription = 'caf\u00e9'\n", "0xE9")]
    public void A_manifest_thatIsNotUtf8_isRefused(string latin1, string expected)
    {
        _scene.Folder.Write("project/datasets.toml", "");
        File.WriteAllBytes(_scene.ManifestPath, Encoding.Latin1.GetBytes(latin1));
        var e = Assert.ThrowsExactly<ManifestException>(_scene.Reopen);
        Assert.AreEqual("DM0102", e.Code);
        Assert.Contains(expected, e.Message);
    }

    [TestMethod]
    public void A_manifest_withByteOrderMarkAndCrLf_isReadAsWithout()
    {
        var database = _scene.Open("\ufeff" + Sound);
        Assert.AreEqual("https://h/b.csv", database["b"].Uri);
        Assert.IsEmpty(database.Manifest.Diagnostics);
    }

    [TestMethod]
    [Timeout(20_000, CooperativeCancellation = true)]
    public void A_gigabyte_ofGarbage_isRefusedWithoutBeingRead()
    {
        _scene.Folder.Write("project/datasets.toml", "");
        Enlarge(_scene.ManifestPath);
        var before = GC.GetTotalAllocatedBytes();
        Assert.AreEqual("DM0103", Assert.ThrowsExactly<ManifestException>(_scene.Reopen).Code);
        File.Delete(_scene.ManifestPath);
        var configuration = _scene.Folder.Write("project/.datamanifest/config.toml", "");
        Enlarge(configuration);
        var database = _scene.Open(Sound);
        Assert.AreEqual(DiagnosticRules.UnreadableConfiguration, database.Locator.Storage.Diagnostics.Single().Rule);
        Enlarge(_scene.Folder.Write("project/.datamanifest/state.toml", ""));
        Assert.AreEqual(DatasetState.Missing, database["a"].Location.State);
        Assert.AreEqual(DiagnosticRules.UnreadableState, database.Locator.State.Problem?.Rule);
        Assert.IsLessThan(64L * 1024 * 1024, GC.GetTotalAllocatedBytes() - before);

        static void Enlarge(string path)
        {
            using var file = File.OpenWrite(path);
            file.SetLength(1L << 30);
        }
    }

    [TestMethod]
    public async Task A_gigabyte_ofGarbage_isNotEdited()
    {
        const long size = 1L << 30;
        var database = _scene.Open(Sound);
        _scene.Variables["XDG_CONFIG_HOME"] = _scene.Folder["config"];
        var storage = _scene.Reopen().Locator.Storage;
        string[] files = [_scene.ManifestPath, _scene.Folder["project/.datamanifest/config.toml"], _scene.Folder.Write("config/datamanifest/config.toml", "")];
        foreach (var path in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            file.SetLength(size);
        }

        var before = GC.GetTotalAllocatedBytes();
        var value = new TomlString("/s");
        Assert.AreEqual(
            "DM0411",
            (await Assert.ThrowsAsync<DataManifestException>(() => new ManifestFile(_scene.ManifestPath, storage).AddAsync("c", TomlDocument.Parse("uri = 'https://h/c'").Root, cancellationToken: TestContext.CancellationToken))).Code);
        foreach (var file in new[] { ConfigurationFile.OfCheckout(storage), ConfigurationFile.OfUser(storage) })
        {
            var refused = await Assert.ThrowsExactlyAsync<DataManifestException>(() => file.SetAsync("scratch", value, cancellationToken: TestContext.CancellationToken));
            Assert.AreEqual(DiagnosticRules.ConfigurationNotWritable, refused.Rule);
        }

        Assert.IsLessThan(64L * 1024 * 1024, GC.GetTotalAllocatedBytes() - before);
        Assert.IsTrue(files.All(file => new FileInfo(file).Length == size), "each is as it was");
        Assert.AreEqual(2, database.Datasets.Count);
    }

    [TestMethod]
    public void Configuration_andStateFile_withByteOrderMarkAndCrLf_areReadAsWithout()
    {
        _scene.Variables["DATAMANIFEST_DATASETS_DIR"] = "";
        _scene.Folder.Write("project/.datamanifest/config.toml", "\ufeff# mine\r\ndatasets_dir = 'mine'\r\n");
        _scene.Folder.Write("project/.datamanifest/state.toml", "\ufeff[_META]\r\nschema = 5\r\n[datasets.\"h/a.csv\"]\r\nstorage_path = \"there/a.csv\"\r\n");
        var moved = _scene.Folder.Write("project/there/a.csv", "a");
        _scene.Folder.Write("project/there/a.csv.complete", "");
        var database = _scene.Open(Sound);
        Assert.AreEqual(moved, database["a"].Path);
        Assert.AreEqual(_scene.Folder["project/mine/h/b.csv"], database["b"].Location.Path);
        Assert.IsEmpty(database.Locator.Storage.Diagnostics);
        Assert.IsNull(database.Locator.State.Problem);
    }

    [TestMethod]
    public async Task Configuration_andStateFile_thatAreNotUtf8_areWarningsAndStay()
    {
        byte[] bytes = [.. "x = 'caf"u8, 0xE9, .. "'\n"u8];
        var configuration = _scene.Folder.Write("project/.datamanifest/config.toml", bytes);
        _scene.Folder.Write("project/.datamanifest/state.toml", bytes);
        _scene.Server.Serve("/a.csv", "a");
        var database = _scene.Open($"[a]\nuri = \"{_scene.Server.Url("/a.csv")}\"\n");
        Assert.Contains("0xE9", database.Locator.Storage.Diagnostics.Single().Message);

        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);

        Assert.AreEqual(FetchOutcome.Fetched, report.Results.Single().Outcome);
        Assert.AreEqual(
            DiagnosticRules.ConfigurationNotWritable,
            (await Assert.ThrowsExactlyAsync<DataManifestException>(() => ConfigurationFile.OfCheckout(database.Locator.Storage).SetAsync("scratch", new TomlString("/s"), cancellationToken: TestContext.CancellationToken))).Rule);
        CollectionAssert.AreEqual(bytes, await File.ReadAllBytesAsync(configuration, TestContext.CancellationToken));
        CollectionAssert.AreEqual(bytes, await File.ReadAllBytesAsync(_scene.Folder["project/.datamanifest/state.toml.damaged"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_stateFile_cutAnywhere_losesNoData()
    {
        _scene.Server.Serve("/a.csv", "a");
        var database = _scene.Open($"[a]\nuri = \"{_scene.Server.Url("/a.csv")}\"\nchecksum = \"{FetchScene.Sha256("a")}\"\n");
        await database.FetchAsync(null, null, TestContext.CancellationToken);
        var state = _scene.Folder["project/.datamanifest/state.toml"];
        var whole = await File.ReadAllTextAsync(state, TestContext.CancellationToken);
        for (var length = 0; length < whole.Length; length += 7)
        {
            await File.WriteAllTextAsync(state, whole[..length], TestContext.CancellationToken);
            var result = (await _scene.Reopen().FetchAsync(null, null, TestContext.CancellationToken)).Results.Single();
            Assert.AreEqual(FetchOutcome.AlreadyPresent, result.Outcome, $"cut at {length}");
            Assert.AreEqual("a", await File.ReadAllTextAsync(result.Path, TestContext.CancellationToken));
            Assert.AreEqual(whole, await File.ReadAllTextAsync(state, TestContext.CancellationToken), $"recorded again after a cut at {length}");
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [UnsupportedOSPlatform("windows")]
    public async Task Readonly_folders_giveACodedErrorAndKeepEverything()
    {
        var manifest = _scene.Folder.Write("project/datasets.toml", Sound);
        File.SetUnixFileMode(_scene.Folder.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_scene.Folder["project"], (UnixFileMode)0b101_101_101);
        try
        {
            Assert.Contains("DM0411", await WriterAsync("add", manifest, "c", "https://h/c.csv"));
            Assert.Contains("could not be recorded", await WriterAsync("record", _scene.Folder["project"], "k"));
        }
        finally
        {
            File.SetUnixFileMode(_scene.Folder["project"], (UnixFileMode)0b111_101_101);
        }

        Assert.AreEqual(Sound, await File.ReadAllTextAsync(manifest, TestContext.CancellationToken));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_scene.Folder["project"]));
    }

    [TestMethod]
    public async Task A_home_thatCannotExist_isACodedErrorForFetchesAlone()
    {
        _scene.Server.Serve("/a.csv", "a");
        _scene.Folder.Write("home", "a file");
        _scene.Variables["DATAMANIFEST_DATASETS_DIR"] = "";
        var database = _scene.Open($"[a]\nuri = \"{_scene.Server.Url("/a.csv")}\"\n");
        Assert.AreEqual(DatasetState.Missing, database["a"].Location.State);
        Assert.StartsWith(_scene.Folder["home"], database["a"].Location.Path);
        var result = (await database.FetchAsync(null, null, TestContext.CancellationToken)).Results.Single();
        Assert.AreEqual(DiagnosticRules.EntryNotWritable, result.Error?.Rule);
        Assert.AreEqual("a file", await File.ReadAllTextAsync(_scene.Folder["home"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task The_usersConfiguration_isMadeInAHomeThatDoesNotExist_andRefusedWhereNoneCanBe()
    {
        Assert.IsTrue(await SetAsync());
        Assert.AreEqual("scratch = \"/s\"\n", await File.ReadAllTextAsync(_scene.Folder["home/.config/datamanifest/config.toml"], TestContext.CancellationToken));

        Directory.Delete(_scene.Folder["home"], recursive: true);
        _scene.Folder.Write("home", "a file");
        var refused = await Assert.ThrowsExactlyAsync<DataManifestException>(SetAsync);
        Assert.AreEqual(DiagnosticRules.ConfigurationNotWritable, refused.Rule);
        Assert.Contains(_scene.Folder["home/.config/datamanifest/config.toml"], refused.Message);
        Assert.AreEqual("a file", await File.ReadAllTextAsync(_scene.Folder["home"], TestContext.CancellationToken));

        Task<bool> SetAsync() => ConfigurationFile.OfUser(_scene.Open(Sound).Locator.Storage).SetAsync("scratch", new TomlString("/s"), cancellationToken: TestContext.CancellationToken);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_home_thatCannotBeWritten_keepsItsConfiguration()
    {
        var file = _scene.Folder.Write("home/.config/datamanifest/config.toml", "# mine\nscratch = '/s'\n");
        File.SetUnixFileMode(_scene.Folder.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_scene.Folder["home/.config/datamanifest"], (UnixFileMode)0b101_101_101);
        try
        {
            Assert.Contains("DM0308", await WriterAsync("configure", _scene.Folder["home"], "scratch", "/t"));
        }
        finally
        {
            File.SetUnixFileMode(_scene.Folder["home/.config/datamanifest"], (UnixFileMode)0b111_101_101);
        }

        Assert.AreEqual("# mine\nscratch = '/s'\n", await File.ReadAllTextAsync(file, TestContext.CancellationToken));
        Assert.HasCount(1, Directory.GetFileSystemEntries(_scene.Folder["home/.config/datamanifest"]));
    }

    [TestMethod]
    public void Without_home_theAccountsOwnFolderIsTaken()
    {
        var storage = new StorageConfiguration("/wrk/study", null, Hosts.Create([]));
        Assert.AreEqual(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/.local/share/datamanifest/shared/datasets", storage.DatasetsDirectory);
    }

    private Task<string> WriterAsync(params string[] arguments) => OtherAccount.WriterAsync(_scene.Folder, TestContext.CancellationToken, arguments);
}
