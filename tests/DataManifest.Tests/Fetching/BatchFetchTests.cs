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
        var kept = Directory.GetFiles(Path.Combine(_scene.Store, "127.0.0.1"), "b.txt", SearchOption.AllDirectories).Single();
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
    [DataRow("b.txt c.txt", "old/x.txt old/y.txt", "b.txt", DisplayName = "another folder")]
    [DataRow("a/b.txt c.txt", "a b.txt", "a", DisplayName = "a folder that is a file now")]
    [DataRow("a b.txt", "a/b.txt a/c.txt", "a/b.txt", DisplayName = "a file that is a folder now")]
    public async Task FetchAsync_ofOtherMembersThanBefore_takesNoneOfThose(string before, string now, string failing)
    {
        foreach (var name in (before + " " + now).Split(' ').Where(name => name != failing))
        {
            _scene.Server.Serve($"/set/{name}", name);
        }

        // The failing one comes last, so that the others are kept.
        Assert.AreEqual(FetchOutcome.Failed, (await FetchAsync(Of(before + " missing.txt"))).Outcome);
        _scene.Server.Serve($"/set/{failing}", failing);
        var result = await FetchAsync(Of(now + " z.txt"));
        Assert.AreEqual("DM0402", result.Error?.Code, result.Error?.ToString());
        _scene.Server.Serve("/set/z.txt", "z");
        result = await FetchAsync(Of(now + " z.txt"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        CollectionAssert.AreEquivalent(
            (now + " z.txt .complete").Split(' '), Directory.GetFiles(result.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(result.Path, path)).ToArray());
        CollectionAssert.AreEquivalent(
            now.Split(' ').Select(Path.GetDirectoryName).Where(folder => folder!.Length > 0).Distinct().ToArray(),
            Directory.GetDirectories(result.Path).Select(path => Path.GetRelativePath(result.Path, path)).ToArray());

        string Of(string names) => $"[set]\nkey = \"127.0.0.1/set\"\nuris = [{string.Join(", ", names.Split(' ').Select(name => $"\"{_scene.Server.Url($"/set/{name}")}\""))}]\n";
    }

    [TestMethod]
    public async Task FetchAsync_keepsAllThatCanBeHad_whenMoreFailThanAreFetchedAtOnce()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"{i:00}")];
        foreach (var name in names[20..])
        {
            _scene.Server.Serve($"/set/{name}.txt", name);
        }

        var manifest = $"[set]\nuris = [{string.Join(", ", names.Select(name => $"\"{_scene.Server.Url($"/set/{name}.txt")}\""))}]\n";
        Assert.AreEqual("DM0402", (await FetchAsync(manifest)).Error?.Code);
        foreach (var name in names[..20])
        {
            _scene.Server.Serve($"/set/{name}.txt", name);
        }

        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync(manifest)).Outcome);
        CollectionAssert.AreEqual(Enumerable.Repeat(2, 20).Concat(Enumerable.Repeat(1, 20)).ToArray(), names.Select(name => _scene.Server.Count($"/set/{name}.txt")).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_ofSmallAndLargeMembers_hasTheFoldersDigest()
    {
        // Up to 64 KiB a member goes through memory into the digest of the whole; a larger one has it read from the disk.
        foreach (var sizes in new[] { new[] { 1, 65_536, 0, 70 }, [1, 65_537, 70], [65_536, 65_536] })
        {
            var contents = sizes.Select((size, i) => Enumerable.Repeat((byte)i, size).ToArray()).ToArray();
            for (var i = 0; i < contents.Length; i++)
            {
                _scene.Server.Serve($"/{sizes.Length}/{i}", contents[i]);
            }

            var checksum = FetchScene.Sha256([.. contents.SelectMany(content => content)]);
            var result = await FetchAsync($"[set]\nuris = [{string.Join(", ", contents.Select((_, i) => $"\"{_scene.Server.Url($"/{sizes.Length}/{i}")}\""))}]\n");
            Assert.AreEqual(checksum, result.ComputedChecksum, result.Error?.ToString());
            Assert.AreEqual(checksum, (await ContentDigestOf(result.Path)).ToString());
        }
    }

    [TestMethod]
    public async Task FetchAsync_afterAKilledOne_fetchesTheMissingMembersOnly()
    {
        // What is smaller than this may be fetched again.
        var large = new string('b', 1024 * 1024);
        _scene.Server.Serve("/set/b.txt", large);
        _scene.Server.Serve("/set/c.txt", large);
        _scene.Server.On("/set/a.txt", LoopbackServer.Static(new byte[100], new ServeOptions { StallAfter = 10 }), LoopbackServer.Static("a"u8.ToArray()));
        _scene.Folder.Write("project/datasets.toml", Manifest("a" + large + large));
        using (var process = await FetchProcess.StartAsync(_scene, TestContext.CancellationToken))
        {
            while (!_scene.StoreEntries().Any(entry => entry.EndsWith("/proofs", StringComparison.Ordinal) && File.ReadAllLines(Path.Combine(_scene.Store, entry)).Count(line => line.Length > 0) >= 2))
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

    [TestMethod]
    public async Task FetchAsync_ofMembersThatAreOneFileUnderTwoNames_publishesNothing()
    {
        Serve("a", "c");
        var result = await FetchAsync($"[set]\nkey = \"127.0.0.1/set\"\nuris = [\"{_scene.Server.Url("/set/a.txt")}\", \"{_scene.Server.Url("/set/./a.txt")}\", \"{_scene.Server.Url("/set/c.txt")}\"]\n");
        Assert.AreEqual(DataManifest.Diagnostics.DiagnosticRules.BatchMembers, result.Error?.Rule, result.Error?.ToString());
        Assert.IsFalse(Directory.Exists(_scene.Stored("/set")));
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_ofMembersThatDifferByCase_hasBothOrFails()
    {
        Serve("a", "A", "c");
        var result = await FetchAsync($"[set]\nkey = \"127.0.0.1/set\"\nuris = [{string.Join(", ", "aAc".Select(name => $"\"{_scene.Server.Url($"/set/{name}.txt")}\""))}]\n");
        if (File.Exists(_scene.Folder["PROJECT/datasets.toml"]))
        {
            Assert.AreEqual(DataManifest.Diagnostics.DiagnosticRules.BatchMembers, result.Error?.Rule, result.Error?.ToString());
            return;
        }

        Assert.AreEqual(FetchScene.Sha256("Aac"), result.ComputedChecksum, result.Error?.ToString());
        Assert.HasCount(4, Directory.GetFiles(result.Path));
    }

    [TestMethod]
    public async Task FetchAsync_besideAKeptMemberThatIsNoneAnyMoreAndCannotBeDeleted_leavesItOut()
    {
        Serve("a", "b");
        Assert.AreEqual("DM0402", (await FetchAsync(Manifest(null))).Error?.Code);
        using var immutable = ImmutableFile.Make(Kept());
        try
        {
            Serve("c");
            var result = await FetchAsync(Manifest(null).Replace($"\"{_scene.Server.Url("/set/b.txt")}\", ", "", StringComparison.Ordinal));
            Assert.AreEqual(FetchScene.Sha256("ac"), result.ComputedChecksum, result.Error?.ToString());
            CollectionAssert.AreEquivalent(new[] { ".complete", "a.txt", "c.txt" }, Directory.GetFiles(result.Path).Select(Path.GetFileName).ToArray());
        }
        finally
        {
            ImmutableFile.End(Kept());
        }

        string Kept() => Directory.GetFiles(_scene.Store, "b.txt", SearchOption.AllDirectories).Single();
    }

    private async Task<DataManifest.Hashing.Checksum> ContentDigestOf(string folder)
    {
        File.Delete(Path.Combine(folder, ".complete"));
        return await DataManifest.Hashing.ContentDigest.ComputeAsync(folder, "sha256", TestContext.CancellationToken);
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
