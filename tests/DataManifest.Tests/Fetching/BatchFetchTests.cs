namespace DataManifest.Fetching;

[TestClass]
public sealed class BatchFetchTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_keepsWholeMembers_whenOneFails_andFetchesOnlyThatOneThen()
    {
        Serve("b", "c");
        var first = await FetchAsync(Manifest("abc"));
        Assert.AreEqual("DM0402", first.Error?.Code, first.Error?.ToString());
        Assert.IsFalse(Directory.Exists(_scene.Stored("/set")), "nothing is published");

        Serve("a");
        var second = await FetchAsync(Manifest("abc"));
        Assert.AreEqual(FetchOutcome.Fetched, second.Outcome, second.Error?.ToString());
        Assert.AreEqual(1, second.Bytes);
        CollectionAssert.AreEqual(new[] { 2, 1, 1 }, Counts());
        AssertOnlyTheSet();
    }

    [TestMethod]
    public async Task FetchAsync_ofMembersFromBeforeTheSourceChanged_fetchesThemAgainRatherThanFail()
    {
        Serve("b", "c");
        await FetchAsync(Manifest("aBc"));
        Serve("a");
        _scene.Server.Serve("/set/b.txt", "B");
        var result = await FetchAsync(Manifest("aBc"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("B", File.ReadAllText(Path.Combine(result.Path, "b.txt")));
        AssertOnlyTheSet();
    }

    [TestMethod]
    public async Task FetchAsync_whoseFirstAndLastMemberShareAFolder_canFetchThemAllAgain()
    {
        string[] members = ["sub/a", "b", "sub/c"];
        var manifest = $"[set]\nkey = \"127.0.0.1/set\"\nuris = [{string.Join(", ", members.Select(name => $"\"{_scene.Server.Url($"/set/{name}.txt")}\""))}]\nchecksum = \"{FetchScene.Sha256("Bsub/asub/c")}\"\n";
        Serve("b", "sub/c");
        await FetchAsync(manifest);
        Serve("sub/a");
        _scene.Server.Serve("/set/b.txt", "B");
        var result = await FetchAsync(manifest);
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("sub/c", File.ReadAllText(Path.Combine(result.Path, "sub", "c.txt")));
    }

    [TestMethod]
    public async Task FetchAsync_ofKeptMembersThatAreSpoilt_fetchesThemAgain()
    {
        Serve("b", "c");
        await FetchAsync(Manifest(null));
        var kept = Directory.GetFiles(Path.Combine(_scene.Store, "127.0.0.1"), "1", SearchOption.AllDirectories).Single();
        File.WriteAllText(kept, "x");
        Serve("a");
        var result = await FetchAsync(Manifest(null));
        Assert.AreEqual("b", File.ReadAllText(Path.Combine(result.Path, "b.txt")), result.Error?.ToString());
        CollectionAssert.AreEqual(new[] { 2, 2, 1 }, Counts());
        AssertOnlyTheSet();
    }

    [TestMethod]
    public async Task FetchAsync_ofAnotherSourceOfTheSameMember_doesNotTakeTheKeptOne()
    {
        Serve("b", "c");
        await FetchAsync(Manifest(null));
        Serve("a");
        _scene.Server.Serve("/set/b.txt", "2");
        var result = await FetchAsync(Manifest(null).Replace("/b.txt", "/b.txt?v=2", StringComparison.Ordinal));
        Assert.AreEqual("2", File.ReadAllText(Path.Combine(result.Path, "b.txt")), result.Error?.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_afterAKilledOne_fetchesTheMissingMembersOnly()
    {
        Serve("b", "c");
        _scene.Server.On("/set/a.txt", LoopbackServer.Static(new byte[100], new ServeOptions { StallAfter = 10 }), LoopbackServer.Static("a"u8.ToArray()));
        _scene.Folder.Write("project/datasets.toml", Manifest("abc"));
        using (var process = await FetchProcess.StartAsync(_scene, TestContext.CancellationToken))
        {
            while (!_scene.StoreEntries().Any(entry => entry.EndsWith("/proofs", StringComparison.Ordinal) && File.ReadAllLines(Path.Combine(_scene.Store, entry)).Length >= 2))
            {
                await Task.Delay(10, TestContext.CancellationToken);
            }

            await process.KillAsync(TestContext.CancellationToken);
        }

        var result = (await _scene.Reopen().FetchAsync(null, null, TestContext.CancellationToken)).Results[0];
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        CollectionAssert.AreEqual(new[] { 2, 1, 1 }, Counts());
        AssertOnlyTheSet();
    }

    [TestMethod]
    public async Task FetchAsync_ofAMemberThatCannotBeReached_doesNotWaitForTheOthers()
    {
        Serve("a", "c");
        _scene.Server.On("/set/b.txt", LoopbackServer.Static(new byte[100], new ServeOptions { StallAfter = 10 }));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var manifest = Manifest(null).Replace(_scene.Server.Url("/set/a.txt"), "http://127.0.0.1:1/set/a.txt", StringComparison.Ordinal);
        var result = await FetchAsync(manifest);
        Assert.AreEqual("DM0401", result.Error?.Code, result.Error?.ToString());
        Assert.IsLessThan(50, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public async Task W28_Members_withTheSamePlace_areRefusedBeforeAnythingIsFetched()
    {
        Serve("a");
        var result = await FetchAsync($"[set]\nuris = [\"{_scene.Server.Url("/set/a.txt?i=1")}\", \"{_scene.Server.Url("/set/a.txt?i=2")}\"]\n");
        Assert.AreEqual(DataManifest.Diagnostics.DiagnosticRules.BatchMembers, result.Error?.Rule, result.Error?.ToString());
        Assert.IsEmpty(_scene.Server.Requests);
    }

    private void Serve(params string[] names)
    {
        foreach (var name in names)
        {
            _scene.Server.Serve($"/set/{name}.txt", name);
        }
    }

    private string Manifest(string? content) =>
        $"[set]\nkey = \"127.0.0.1/set\"\nuris = [{string.Join(", ", "abc".Select(name => $"\"{_scene.Server.Url($"/set/{name}.txt")}\""))}]\n"
        + (content is null ? "" : $"checksum = \"{FetchScene.Sha256(content)}\"\n");

    private int[] Counts() => [.. "abc".Select(name => _scene.Server.Count($"/set/{name}.txt"))];

    private void AssertOnlyTheSet() =>
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/set", "127.0.0.1/set/.complete", "127.0.0.1/set/a.txt", "127.0.0.1/set/b.txt", "127.0.0.1/set/c.txt" }, _scene.StoreEntries().ToArray());

    private async Task<FetchResult> FetchAsync(string manifest) => (await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).Results.Single();
}
