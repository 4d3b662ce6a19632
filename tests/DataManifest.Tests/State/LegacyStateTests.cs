using System.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.State;

/// <summary>State files of older tools, damaged ones and lost ones, as a project meets them: through the database.</summary>
[TestClass]
public sealed class LegacyStateTests : IDisposable
{
    private const string Content = "year,ppm\n";

    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private static readonly string Hash = new('a', 64);

    public void Dispose() => _scene.Dispose();

    /// <summary>The records of the older schemas are of artifacts; a fetch that has something to record brings them to the present file.</summary>
    [TestMethod]
    [DataRow(".datamanifest-state.toml", "[_META]\nschema = 4\n[\"m.f@v1\".instances]\n{0} = \"made/{0}\"\n", "made/{0}", DisplayName = "schema 4, dotted name")]
    [DataRow("cached.toml", "[_META]\nschema = 4\n[\"m.f@v1\".instances]\n{0} = \"made/{0}\"\n", "made/{0}", DisplayName = "schema 4")]
    [DataRow("cached.toml", "[_META]\nschema = 3\n[\"m.f@v1\"]\nstorage_path = \"made\"\n[\"m.f@v1\".instances.{0}]\nn = 1\n", "made/{0}", DisplayName = "schema 3")]
    [DataRow("cached.toml", "[_META]\nschema = 2\n[[produced]]\ncachetype = \"m.f\"\nversion = \"v1\"\n[[produced.instances]]\nhash = \"{0}\"\n", "", DisplayName = "schema 2")]
    [DataRow("cached.toml", "[run]\ncachetype = \"m.f\"\nversion = \"v1\"\nhash = \"{0}\"\n", "", DisplayName = "schema 1")]
    public async Task FetchAsync_movesAnOlderFileForward(string file, string text, string place)
    {
        _scene.Server.Serve("/a.csv", Content);
        _scene.Folder.Write($"project/{file}", text.Replace("{0}", Hash, StringComparison.Ordinal));
        var database = _scene.Open(Entry("a"));
        Assert.HasCount(1, database.Locator.State.Current.Recipes, "read where it is");
        Assert.IsTrue(File.Exists(_scene.Folder[$"project/{file}"]), "looking moves nothing");

        Assert.IsEmpty((await database.FetchAsync(null, null, TestContext.CancellationToken)).Warnings);

        Assert.IsFalse(File.Exists(_scene.Folder[$"project/{file}"]));
        var state = Recorded();
        Assert.AreEqual(place.Replace("{0}", Hash, StringComparison.Ordinal), state.Recipes["m.f@v1"].Instances[Hash]);
        Assert.AreEqual(_scene.Stored("/a.csv"), state.Datasets[FetchScene.Key("/a.csv")].StoragePath);
    }

    [TestMethod]
    public async Task FetchAsync_withThePresentFileBesideOlderOnes_readsAndWritesThatAlone()
    {
        _scene.Server.Serve("/a.csv", Content);
        var older = _scene.Folder.Write("project/cached.toml", $"[_META]\nschema = 4\n[\"m.f\".instances]\n{Hash} = \"p\"\n");
        _scene.Folder.Write("project/.datamanifest/state.toml", "[_META]\nschema = 5\n");

        await _scene.FetchAsync(Entry("a"));

        Assert.IsTrue(File.Exists(older));
        Assert.IsEmpty(Recorded().Recipes);
        Assert.HasCount(1, Recorded().Datasets);
    }

    [TestMethod]
    public async Task FetchAsync_withMalformedEntries_cleansThemAndKeepsTheRest()
    {
        _scene.Server.Serve("/a.csv", Content);
        _scene.Folder.Write("project/.datamanifest/state.toml", $"""
            [_META]
            schema = 5
            [_OTHER]
            k = 1
            [datasets]
            text = "no table"
            [datasets."{FetchScene.Key("/a.csv")}"]
            storage_path = 5
            sha256 = ["x"]
            [datasets.kept]
            storage_path = "data/kept"
            other_tools = true
            [datacache."m.none"]
            ref = "m:f"
            [datacache."m.bad".instances]
            {Hash} = 3
            [datacache."m.kept@".instances]
            {Hash} = "made/kept"
            """);

        var report = await _scene.FetchAsync(Entry("a"));

        Assert.AreEqual(FetchOutcome.Fetched, report.Results.Single().Outcome);
        Assert.AreEqual(
            $"""
            [_META]
            schema = 5

            [_OTHER]
            k = 1

            [datacache."m.kept"]
            format = ""
            ref = ""

            [datacache."m.kept".instances]
            {Hash} = "made/kept"

            [datasets."{FetchScene.Key("/a.csv")}"]
            sha256 = "{FetchScene.Sha256(Content)["sha256:".Length..]}"
            storage_path = "{_scene.Stored("/a.csv")}"

            [datasets.kept]
            other_tools = true
            storage_path = "data/kept"

            """.ReplaceLineEndings("\n"),
            await File.ReadAllTextAsync(_scene.Folder["project/.datamanifest/state.toml"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task FetchAsync_afterTheFileWasDeleted_recordsEverythingAgain()
    {
        _scene.Server.Serve("/a.csv", Content);
        _scene.Server.Serve("/b.csv", "b");
        var manifest = Entry("a") + $"checksum = \"{FetchScene.Sha256(Content)}\"\n" + Entry("b") + $"checksum = \"{FetchScene.Sha256("b")}\"\n";
        await _scene.FetchAsync(manifest);
        var path = _scene.Folder["project/.datamanifest/state.toml"];
        var before = await File.ReadAllTextAsync(path, TestContext.CancellationToken);
        Directory.Delete(_scene.Folder["project/.datamanifest"], recursive: true);
        var requests = _scene.Server.Requests.Count;

        await _scene.FetchAsync(manifest);

        Assert.AreEqual(requests, _scene.Server.Requests.Count, "found without asking the source");
        Assert.AreEqual(before, await File.ReadAllTextAsync(path, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task FetchAsync_ofSeveralProcesses_losesNoRecord()
    {
        const int processes = 4, each = 5;
        var writers = new List<Process>();
        for (var i = 0; i < processes; i++)
        {
            var manifest = "";
            for (var j = 0; j < each; j++)
            {
                _scene.Server.Serve($"/{i}-{j}.csv", $"{i}-{j}");
                manifest += Entry($"{i}-{j}");
            }

            var path = _scene.Folder.Write($"project/m{i}.toml", manifest);
            writers.Add(Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DataManifest.StoreWriter.dll"), "fetch", path, _scene.Store]) { RedirectStandardOutput = true })!);
        }

        foreach (var writer in writers)
        {
            using (writer)
            {
                var output = await writer.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
                await writer.WaitForExitAsync(TestContext.CancellationToken);
                Assert.AreEqual(0, writer.ExitCode, output);
            }
        }

        Assert.HasCount(processes * each, Recorded().Datasets);
    }

    private string Entry(string name) => $"[\"{name}\"]\nuri = \"{_scene.Server.Url($"/{name}.csv")}\"\n";

    private StateDocument Recorded() => StateDocument.Parse(File.ReadAllText(_scene.Folder["project/.datamanifest/state.toml"]));
}
