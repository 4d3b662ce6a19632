using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Storage;
using DataManifest.Testing;
using DataManifest.Toml;

namespace DataManifest;

[TestClass]
public sealed class ManifestMigrationTests : IDisposable
{
    private const string Old = """
        # ours
        [temp]
        uri = "https://h/temp.csv"
        sha256 = "aa"            # from the publisher
        local_path = "in/temp.csv"

        [salt]
        uri   = "https://h/salt.nc"
        key   = "k/salt.nc"
        store = "$data"
        ref   = "v2"             # the release

        [wind]
        python = "mod:fun"       # makes it
        key = "made/wind"

        [jl]
        julia = "M.f"
        key = "made/j"

        [jl._LANG.r]
        fetcher = "p::f"

        [sh]
        key = "made/s"

        [sh._LANG.shell]
        fetcher = "make $key"

        [one]
        downloads = ["https://h/one"]

        [_LOADERS]
        python_includes = ["inc"]
        csv = "m:f"

        # where
        [_STORAGE]
        scope = "x"
        data = "/used"
        scratch = "$data/s"      # big

        """;

    private const string New = """
        # ours
        [temp]
        uri = "https://h/temp.csv"
        checksum = "sha256:aa"            # from the publisher
        storage_path = "in/temp.csv"

        [salt]
        uri   = "https://h/salt.nc"
        key   = "k/salt.nc"
        version   = "v2"             # the release

        [wind]
        _LANG.python.fetcher = "mod:fun"       # makes it
        key = "made/wind"

        [jl]
        key = "made/j"

        [jl._LANG.r]
        fetcher = "p::f"

        [jl._LANG.julia]
        fetcher = "M.f"

        [sh]
        key = "made/s"
        shell = "make $key"

        [one]
        uri = "https://h/one"

        [_LOADERS]
        python_includes = ["inc"]
        csv = "m:f"

        # where
        [_STORAGE]
        data = "/used"
        scratch = "$data/s"      # big

        [_META]
        schema = 1

        """;

    private readonly ScratchFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task MigrateAsync_changesOldFieldsAlone_andASecondTimeNothing()
    {
        var file = Open(Old);
        var planned = await file.MigrateAsync(dryRun: true, cancellationToken: TestContext.CancellationToken);
        Assert.AreEqual(Old, await ReadAsync());
        CollectionAssert.AreEqual(new[] { "project", "project/datasets.toml" }, _folder.Entries().ToArray());

        var report = await file.MigrateAsync(cancellationToken: TestContext.CancellationToken);
        Assert.AreEqual(New, await ReadAsync());
        CollectionAssert.AreEqual(planned.Steps.ToArray(), report.Steps.ToArray());
        CollectionAssert.AreEqual(
            new[]
            {
                "temp: sha256 -> checksum sha256:aa", "temp: local_path -> storage_path in/temp.csv", "salt: ref -> version v2", "salt: store ->  $data!", "wind: python -> _LANG.python.fetcher mod:fun",
                "jl: julia -> _LANG.julia.fetcher M.f", "sh: _LANG.shell.fetcher -> shell make $key", "one: downloads -> uri https://h/one", ": _STORAGE.scope ->  x", ":  -> _META.schema 1",
            },
            report.Steps.Select(step => $"{step.Dataset}: {step.Old} -> {step.New} {step.Value}{(step.NeedsAttention ? "!" : "")}").ToArray());

        Assert.IsEmpty((await file.MigrateAsync(cancellationToken: TestContext.CancellationToken)).Steps);
        Assert.AreEqual(New, await ReadAsync());
        var manifest = ManifestDocument.Parse(New, "");
        Assert.AreEqual(1, manifest.Schema);
        Assert.IsFalse(manifest.Diagnostics.Any(diagnostic => diagnostic.Rule == DiagnosticRules.LegacyField));
    }

    [TestMethod]
    public async Task MigrateAsync_ofABindingThatIsThereAlready_leavesBoth()
    {
        const string both = "[_META]\nschema = 1\n\n[a]\nkey = 'a'\npython = 'm:old'\n\n[a._LANG.python]\nfetcher = 'm:new'\n";
        Assert.IsEmpty((await Open(both).MigrateAsync(cancellationToken: TestContext.CancellationToken)).Steps);
        Assert.AreEqual(both, await ReadAsync());
    }

    [TestMethod]
    public async Task MigrateAsync_ofAPresentManifest_writesNothing()
    {
        const string present = "[_META]\nschema = 2\n\n[a]\nuri = 'https://h/a'\n";
        var file = Open(present);
        File.SetLastWriteTimeUtc(_folder["project/datasets.toml"], DateTime.UnixEpoch);
        Assert.IsEmpty((await file.MigrateAsync(cancellationToken: TestContext.CancellationToken)).Steps);
        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(_folder["project/datasets.toml"]));
    }

    [TestMethod]
    public async Task MigrateAsync_recordsWhereDataAre_withoutVouchingForThem()
    {
        var near = _folder.Write("project/datasets/k/salt.nc", "salt");
        var far = _folder.Write("cache/wind", "wind");
        _folder.Write("other/k/salt.nc", "salt");
        const string manifest = "[_META]\nschema = 1\n[salt]\nuri='https://h/s'\nkey='k/salt.nc'\nchecksum='sha256:bb'\n[wind]\nuri='https://h/w'\nkey='wind'\n[up]\nuri='https://h/u'\nkey='../up'\n"
            + "[own]\nuri='https://h/o'\nkey='wind'\nstorage_path='x'\n";
        var file = Open(manifest);
        var planned = await file.MigrateAsync(dryRun: true, [_folder["other"], "$repo/datasets", _folder["cache"]], cancellationToken: TestContext.CancellationToken);
        Assert.HasCount(2, planned.Found);
        Assert.IsFalse(Directory.Exists(_folder["project/.datamanifest"]));

        var report = await file.MigrateAsync(false, [_folder["other"], "$repo/datasets", _folder["cache"]], cancellationToken: TestContext.CancellationToken);
        CollectionAssert.AreEqual(new[] { near, far }, report.Found.Select(found => found.Path).ToArray(), "a folder called datasets comes first");
        CollectionAssert.AreEqual(new[] { "datasets/k/salt.nc", far }, report.Found.Select(found => found.RecordedPath).ToArray());
        Assert.HasCount(2, report.Found[0].Places);
        Assert.IsNull(report.Problem);
        Assert.AreEqual(
            $"[_META]\nschema = 5\n\n[datasets.\"k/salt.nc\"]\nstorage_path = \"datasets/k/salt.nc\"\n\n[datasets.wind]\nstorage_path = \"{far}\"\n",
            await File.ReadAllTextAsync(_folder["project/.datamanifest/state.toml"], TestContext.CancellationToken));
        Assert.IsEmpty((await file.MigrateAsync(false, [], cancellationToken: TestContext.CancellationToken)).Found);
    }

    [TestMethod]
    public async Task MigrateAsync_letsTheCallerChooseAmongPlaces_orSkip()
    {
        _folder.Write("project/datasets/s", "salt");
        var other = _folder.Write("other/s", "salt");
        var file = Open("[_META]\nschema = 1\n[salt]\nuri='https://h/s'\nkey='s'\n");
        string[] folders = [_folder["other"], "$repo/datasets"];
        Assert.IsEmpty((await file.MigrateAsync(true, folders, (_, _) => null, TestContext.CancellationToken)).Found);
        Assert.AreEqual(other, (await file.MigrateAsync(true, folders, (_, places) => places[0], TestContext.CancellationToken)).Found.Single().Path);
    }

    [TestMethod]
    public async Task MigrateAsync_recordsWhatWasUnpacked_notTheArchiveBesideIt()
    {
        _folder.Write("pool/k/a.zip", "archive");
        var unpacked = Path.GetDirectoryName(_folder.Write("pool/k/a/x.csv", "x"))!;

        var report = await Open("[_META]\nschema = 1\n[a]\nkey='k/a.zip'\nuri='https://h/a.zip'\nextract = true\n").MigrateAsync(true, [_folder["pool"]], cancellationToken: TestContext.CancellationToken);
        Assert.AreEqual(unpacked, report.Found.Single().Path);
    }

    [TestMethod]
    public async Task MigrateAsync_ofWhatIsNoToml_isACodedError()
    {
        Assert.AreEqual("DM0101", (await Assert.ThrowsExactlyAsync<ManifestException>(() => Open("[a\n").MigrateAsync(dryRun: true, cancellationToken: TestContext.CancellationToken))).Code);
        Assert.AreEqual("[a\n", await ReadAsync());
    }

    /// <summary>The migration says what the old manifest said: every old spelling in the family's vectors gives the same datasets afterwards.</summary>
    [TestMethod]
    [DataRow("[a]\nuri = 'https://h/x.csv'\nref = 'v1'\n")]
    [DataRow("[a]\nuri = 'https://h/x.csv#v2'\nref = 'v1'\n")]
    [DataRow("[a]\nuri = ['https://h/x.csv', 'https://h/y.csv']\n")]
    [DataRow("a = { downloads = ['https://h/x.csv'], sha256 = 'ab' }\n")]
    [DataRow("a.callable = 'm:f'\na.key = 'k'\n")]
    [DataRow("[a]\nkey = 'k'\n_LANG = { shell = { fetcher = 'make' } }\n")]
    public async Task MigrateAsync_keepsKeyVersionAndSource(string text)
    {
        var old = ManifestDocument.Parse(text, "").Datasets[0];
        await Open(text).MigrateAsync(cancellationToken: TestContext.CancellationToken);
        var migrated = ManifestDocument.Parse(await ReadAsync(), "");
        var now = migrated.Datasets[0];
        Assert.AreEqual((old.Key, old.Version, old.Uri, string.Join(' ', old.Uris), old.Checksum), (now.Key, now.Version, now.Uri, string.Join(' ', now.Uris), now.Checksum));
        Assert.IsFalse(migrated.Diagnostics.Any(diagnostic => diagnostic.Rule == DiagnosticRules.LegacyField));
        Assert.AreEqual(1, migrated.Schema);
    }

    private ManifestFile Open(string text)
    {
        var path = _folder.Write("project/datasets.toml", text);
        var host = Hosts.Create(workingDirectory: _folder.Path) with { Variables = new Dictionary<string, string> { ["HOME"] = _folder["home"] } };
        return new ManifestFile(path, new StorageConfiguration(_folder["project"], null, host));
    }

    private Task<string> ReadAsync() => File.ReadAllTextAsync(_folder["project/datasets.toml"], TestContext.CancellationToken);
}
