using System.Diagnostics;

namespace DataManifest.Fetching;

[TestClass]
public sealed class RequirementTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task Branches_thatDoNotNeedEachOther_runAtTheSameTime()
    {
        // Each of the two waits until the other has begun; one after the other they would wait for ever.
        var report = await FetchAsync("""
            [joined]
            key = "joined"
            requires = ["left", "right"]
            shell = "sh -c 'cat $path_left $path_right > $download_path'"
            [left]
            key = "left"
            requires = ["base"]
            shell = "sh -c 'touch left.begun; until test -e right.begun; do sleep 0.05; done; echo left > $download_path'"
            [right]
            key = "right"
            requires = ["base"]
            shell = "sh -c 'touch right.begun; until test -e left.begun; do sleep 0.05; done; echo right > $download_path'"
            [base]
            key = "base"
            shell = "sh -c 'test ! -e left.begun && test ! -e right.begun && echo base > $download_path'"
            """);
        Assert.IsFalse(report.HasFailures, Errors(report));
        Assert.AreEqual("left\nright\n", File.ReadAllText(report.Results[0].Path));
    }

    [TestMethod]
    public void All_ofALongChain_areFoundInOrder()
    {
        var database = _scene.Open(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"[d{i}]\nkey = \"d{i}\"\nshell = \"true\"\n{(i > 0 ? $"requires = [\"d{i - 1}\"]\n" : "")}")));
        var requirements = Requirements.Of(database["d9999"], database, dataset => dataset.Name);
        Assert.AreEqual("d9998", requirements.Direct.Single().Value);
        CollectionAssert.AreEqual(Enumerable.Range(0, 9999).Select(i => $"d{i}").ToArray(), requirements.All.ToArray());
    }

    [TestMethod]
    public async Task A_failed_requirement_failsItsDependants_whichNameIt_andNothingElse()
    {
        _scene.Folder.Write("project/a.txt", "a");
        var report = await FetchAsync("""
            [broken]
            uri = "nowhere.txt"
            [direct]
            uri = "a.txt"
            key = "direct.txt"
            requires = ["broken"]
            [indirect]
            uri = "a.txt"
            key = "indirect.txt"
            requires = ["other", "direct"]
            [other]
            uri = "a.txt"
            key = "other.txt"
            """);
        CollectionAssert.AreEqual(new[] { "DM0408", "DM0409", "DM0409", "Fetched" }, report.Results.Select(result => result.Error?.Code ?? result.Outcome.ToString()).ToArray(), Errors(report));
        StringAssert.Contains(report.Results[1].Error!.Message, "'direct' requires 'broken', which failed");
        StringAssert.Contains(report.Results[2].Error!.Message, "'indirect' requires 'direct', which failed");
    }

    [TestMethod]
    public async Task A_provided_requirement_thatIsNotThere_failsItsDependants()
    {
        var report = await FetchAsync($"""
            [provided]
            storage_path = "{_scene.Folder["elsewhere"]}"
            skip_download = true
            [made]
            key = "made"
            requires = ["provided"]
            shell = "cp $path_provided $download_path"
            """);
        Assert.AreEqual(FetchOutcome.Skipped, report.Results[0].Outcome);
        Assert.AreEqual("DM0409", report.Results[1].Error?.Code);
        StringAssert.Contains(report.Results[1].Error!.Message, "requires 'provided', which is not there");

        _scene.Folder.Write("elsewhere", "given");
        var then = await _scene.Reopen().FetchAsync(null, null, TestContext.CancellationToken);
        Assert.AreEqual("given", File.ReadAllText(then.Results[1].Path), Errors(then));
    }

    [TestMethod]
    public async Task A_dataset_thatIsThere_doesNotMindAFailedRequirement()
    {
        _scene.Folder.Write("store/made", "made");
        _scene.Folder.Write("store/made.complete", "");
        var report = await FetchAsync("[broken]\nuri = \"nowhere.txt\"\n[made]\nkey = \"made\"\nrequires = [\"broken\"]\nshell = \"false\"\n");
        Assert.AreEqual(FetchOutcome.Failed, report.Results[0].Outcome);
        Assert.AreEqual(FetchOutcome.AlreadyPresent, report.Results[1].Outcome, Errors(report));
    }

    [TestMethod]
    public async Task A42_A_circle_isAnError_andNothingOfItIsFetched()
    {
        _scene.Folder.Write("project/a.txt", "a");
        var watch = Stopwatch.StartNew();
        var report = await FetchAsync("[a]\nuri = \"a.txt\"\nkey = \"1\"\nrequires = [\"b\"]\n[b]\nuri = \"a.txt\"\nkey = \"2\"\nrequires = [\"c\"]\n[c]\nuri = \"a.txt\"\nkey = \"3\"\nrequires = [\"a\"]\n");
        Assert.IsTrue(report.Results.All(result => result.Outcome == FetchOutcome.Failed));
        Assert.Contains("a -> b -> c -> a", Errors(report));
        Assert.IsEmpty(_scene.StoreEntries());
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public async Task SkipChecksum_hashesNothing_andStoresWhateverComes()
    {
        _scene.Folder.Write("project/a.txt", "a");
        var report = await FetchAsync($"[a]\nuri = \"a.txt\"\nchecksum = \"{FetchScene.Sha256("b")}\"\nskip_checksum = true\n");
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, Errors(report));
        Assert.AreEqual("", report.Results[0].ComputedChecksum);
    }

    private static string Errors(FetchReport report) => string.Join('\n', report.Results.Select(result => result.Error?.ToString()));

    private Task<FetchReport> FetchAsync(string manifest) => _scene.FetchAsync(manifest, null, TestContext.CancellationToken);
}
