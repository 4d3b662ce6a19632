using DataManifest.Fetching;

namespace DataManifest.Maintenance;

[TestClass]
public sealed class RefreshTests : IDisposable
{
    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task RefreshAsync_repoints_recovers_drops_and_adopts_in_one_write_of_the_state_file_alone()
    {
        _scene.Put("relocated");
        _scene.Put("untracked");
        _scene.Folder.Write("pool/recovered", "right");
        _scene.Folder.Write("pool/wrong", "wrong");
        _scene.Put("never-here", root: "pool");
        var orphan = _scene.Produce("m.f", "n = 1");
        _scene.Record("""
            [datasets.relocated]
            storage_path = "/gone/relocated"
            sha256 = "aa"
            [datasets.recovered]
            storage_path = "/gone/recovered"
            [datasets.wrong]
            storage_path = "/gone/wrong"
            [datasets.foreign]
            storage_path = "/gone/foreign"
            [datacache."m.lost"]
            instances.dd = "gone/dd"

            """);
        var digest = FetchScene.Sha256("right");
        var manifest = $"""
            [relocated]
            uri = "https://h/r"
            key = "relocated"
            [untracked]
            uri = "https://h/u"
            key = "untracked"
            [recovered]
            uri = "https://h/v"
            key = "recovered"
            checksum = "{digest}"
            [wrong]
            uri = "https://h/w"
            key = "wrong"
            checksum = "{digest}"
            [never-here]
            uri = "https://h/n"
            key = "never-here"

            """;
        var database = _scene.Open(manifest);
        var (before, state) = (_scene.Folder.Entries(), _scene.State);

        var preview = await database.RefreshAsync(new RefreshRequest { DryRun = true }, Cancellation);
        Assert.AreEqual(state, _scene.State);
        var report = await database.RefreshAsync(null, Cancellation);

        const string expected = "m.lost Dropped, relocated Repointed, untracked Adopted, recovered Recovered, wrong Dropped";
        Assert.AreEqual(expected, Text(preview));
        Assert.AreEqual(expected, Text(report));
        Assert.AreEqual(
            $"""
            [_META]
            schema = 5

            [datasets.foreign]
            storage_path = "/gone/foreign"

            [datasets.recovered]
            sha256 = "{digest["sha256:".Length..]}"
            storage_path = "{_scene.Folder["pool/recovered"]}"

            [datasets.relocated]
            sha256 = "aa"
            storage_path = "{_scene.Folder["store/relocated"]}"

            [datasets.untracked]
            storage_path = "{_scene.Folder["store/untracked"]}"

            """,
            _scene.State);
        CollectionAssert.AreEqual(before.ToArray(), _scene.Folder.Entries().Where(entry => !entry.EndsWith(".gitignore", StringComparison.Ordinal)).ToArray());
        Assert.IsEmpty((await _scene.Reopen().RefreshAsync(null, Cancellation)).Results, $"nothing is left; the artifact {orphan} stays an orphan");
    }

    [TestMethod]
    public async Task RefreshAsync_with_scan_records_what_only_a_pool_has()
    {
        var pooled = _scene.Put("a.csv", root: "pool");
        _scene.Folder.Write("pool/unproven.csv", "neither a marker nor a checksum");
        var hash = _scene.Produce("m.f", "n = 1", "v2", root: "artifact-pool");
        var wrong = _scene.Produce("m.f", "n = 2", root: "artifact-pool");
        var config = _scene.Folder[$"artifact-pool/m.f/{wrong}/config.toml"];
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config, Cancellation)).Replace("n = 2", "n = 3", StringComparison.Ordinal), Cancellation);
        var database = _scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a.csv'\n[b]\nuri = 'https://h/b'\nkey = 'unproven.csv'\n");

        Assert.IsEmpty((await database.RefreshAsync(null, Cancellation)).Results);
        Assert.IsEmpty((await database.RefreshAsync(new RefreshRequest { Scan = true, DatasetsPools = [], DatacachePools = [] }, Cancellation)).Results);
        var report = await database.RefreshAsync(new RefreshRequest { Scan = true }, Cancellation);

        Assert.AreEqual("a AdoptedFromPool, m.f AdoptedFromPool", Text(report));
        Assert.AreEqual(
            $"""
            [_META]
            schema = 5

            [datacache."m.f@v2"]
            format = "txt"
            ref = ""

            [datacache."m.f@v2".instances]
            {hash} = "{_scene.Folder[$"artifact-pool/m.f/v2/{hash}"]}"

            [datasets."a.csv"]
            storage_path = "{pooled}"

            """,
            _scene.State);
        Assert.AreEqual(pooled, _scene.Reopen()["a"].Path);
        Assert.IsEmpty((await _scene.Reopen().RefreshAsync(new RefreshRequest { Scan = true }, Cancellation)).Results);
    }

    [TestMethod]
    public async Task RefreshAsync_with_a_damaged_state_file_keeps_it_aside_and_says_so()
    {
        _scene.Put("a");
        _scene.Folder.Write("project/.datamanifest/state.toml", "[broken\n");

        var report = await _scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a'\n").RefreshAsync(null, Cancellation);

        Assert.AreEqual("a Adopted", Text(report));
        Assert.AreEqual(Diagnostics.DiagnosticRules.UnreadableState, report.Warnings.Single().Rule);
        Assert.AreEqual("[broken\n", File.ReadAllText(_scene.Folder["project/.datamanifest/state.toml.damaged"]));
        Assert.Contains("[datasets.a]", _scene.State);
    }

    private static string Text(MaintenanceReport report) => string.Join(", ", report.Results.Select(result => $"{result.Subject.Name} {result.Action}"));
}
