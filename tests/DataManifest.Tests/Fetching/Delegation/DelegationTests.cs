using System.Diagnostics;

namespace DataManifest.Fetching.Delegation;

[TestClass]
public sealed class DelegationTests : IDisposable
{
    /// <summary>A peer that writes what its test says into the shared store, and notes how it was called.</summary>
    private const string Peer = """
        #!/bin/sh
        case "$*" in
            --version) echo "peer 1.0"; exit 0 ;;
            "fetch --help") exit HELP ;;
        esac
        echo "$0 $*|$DATAMANIFEST_TOML|$DATAMANIFEST_DATASETS_DIR|$DATAMANIFEST_DELEGATED|$DATASETS_TOML" >> "$PEER_LOG"
        echo "the peer works"
        BODY
        """;

    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    private string Log => _scene.Folder["peer.log"];

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("1", "download -- x")]
    [DataRow("0", "fetch x --datasets-toml {toml} --datasets-folder {store}")]
    public async Task FetchAsync_asksThePythonTool_inTheSameStoreAndWithoutItsOwnLock(string help, string arguments)
    {
        Install("datamanifest", "mkdir -p \"$DATAMANIFEST_DATASETS_DIR/k\"; printf made > \"$DATAMANIFEST_DATASETS_DIR/k/x.txt\"; : > \"$DATAMANIFEST_DATASETS_DIR/k/x.txt.complete\"; test ! -e \"$DATAMANIFEST_DATASETS_DIR/k/x.txt.lock\"", help);
        var result = await SingleAsync($"[x]\nkey = \"k/x.txt\"\nchecksum = \"{FetchScene.Sha256("made")}\"\n[x._LANG.python]\nfetcher = \"mod:fetch\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(Path.Combine(_scene.Store, "k/x.txt"), result.Path);
        Assert.AreEqual(FetchScene.Sha256("made"), result.ComputedChecksum);
        var called = arguments.Replace("{toml}", _scene.ManifestPath, StringComparison.Ordinal).Replace("{store}", _scene.Store, StringComparison.Ordinal);
        Assert.AreEqual($"{_scene.Folder["bin/datamanifest"]} {called}|{_scene.ManifestPath}|{_scene.Store}|x|\n", File.ReadAllText(Log));
        Assert.Contains("the peer works", _scene.Progress.Select(progress => progress.Output));
        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await _scene.Reopen().FetchAsync(null, null, TestContext.CancellationToken)).Results[0].Outcome);
    }

    [TestMethod]
    public async Task FetchAsync_passesOverAToolOfTheSameName_thatDoesNotAnswer()
    {
        Install("datamanifest", "printf made > \"$DATAMANIFEST_DATASETS_DIR/x.txt\"; : > \"$DATAMANIFEST_DATASETS_DIR/x.txt.complete\"");
        _scene.Folder.Write("first/datamanifest", "#!/bin/sh\ntest \"$DATAMANIFEST_DELEGATED\" != probe\n");
        MakeExecutable("../first/datamanifest");
        _scene.Folder.Write("second/datamanifest", "no program");
        MakeExecutable("../second/datamanifest");
        _scene.Variables["PATH"] = $"{_scene.Folder["first"]}:{_scene.Folder["second"]}:{_scene.Variables["PATH"]}";
        var result = await SingleAsync($"[x]\nkey = \"x.txt\"\nchecksum = \"{FetchScene.Sha256("made")}\"\n[x._LANG.python]\nfetcher = \"m:f\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_takesWhatTheToolHasMade_andNotOlderDataAtARecordedPlace()
    {
        Install("datamanifest", "printf new > \"$DATAMANIFEST_DATASETS_DIR/x.txt\"; : > \"$DATAMANIFEST_DATASETS_DIR/x.txt.complete\"");
        var old = _scene.Folder.Write("elsewhere/x.txt", "old");
        _scene.Folder.Write("project/.datamanifest/state.toml", $"[_META]\nschema = 5\n\n[datasets.\"x.txt\"]\nstorage_path = \"{old}\"\nsha256 = \"{FetchScene.Sha256("old")["sha256:".Length..]}\"\n");
        var result = await SingleAsync($"[x]\nkey = \"x.txt\"\nchecksum = \"{FetchScene.Sha256("new")}\"\n[x._LANG.python]\nfetcher = \"m:f\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(Path.Combine(_scene.Store, "x.txt"), result.Path);
    }

    [TestMethod]
    public async Task FetchAsync_afterOneThatWasKilledInTheTool_putsTheOldDataBackAndLeavesNothing()
    {
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync(TestContext.CancellationToken);
        _scene.Folder.Write("store/x/a.txt", "old");
        Directory.Move(Path.Combine(_scene.Store, "x"), Path.Combine(_scene.Store, $"x.{gone.Id}-0123456789ab.old.tmp"));
        Install("datamanifest", "exit 3");
        var manifest = "[x]\nkey = \"x\"\n[x._LANG.python]\nfetcher = \"m:f\"\n";
        Assert.AreEqual(FetchOutcome.Failed, (await SingleAsync(manifest)).Outcome);
        Assert.AreEqual("old", File.ReadAllText(Path.Combine(_scene.Store, "x/a.txt")));
        Install("datamanifest", "mkdir \"$DATAMANIFEST_DATASETS_DIR/x\"; printf new > \"$DATAMANIFEST_DATASETS_DIR/x/a.txt\"; : > \"$DATAMANIFEST_DATASETS_DIR/x/.complete\"");
        var result = await SingleAsync(manifest);
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        CollectionAssert.AreEquivalent(new[] { "x", "x/a.txt", "x/.complete" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task W32_FetchAsync_asksJulia_withoutMakingCodeOfNames()
    {
        const string name = "evil\\\"); exit(0); (\\\"";
        _scene.Folder.Write("project/Project.toml", "[deps]\nDataManifest = \"b8ee69ef-a20a-4d38-bceb-a68d72817f72\"\n");
        Install("julia", "printf made > \"$DATAMANIFEST_DATASETS_DIR/x.txt\"");
        var result = await SingleAsync($"[\"{name}\"]\nkey = \"x.txt\"\nchecksum = \"{FetchScene.Sha256("made")}\"\n[\"{name}\"._LANG.julia]\nfetcher = \"Mod:fetch\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.IsTrue(File.Exists(result.Path + ".complete"), "the marker that the tool did not make");
        var call = File.ReadAllText(Log).Split('|');
        StringAssert.Contains(call[0], $"--project={_scene.Folder["project"]} -e using DataManifest; download_dataset(Database(ENV[\"DATAMANIFEST_TOML\"]), ENV[\"DATAMANIFEST_DELEGATED\"])");
        Assert.DoesNotContain("evil", call[0]);
        Assert.AreEqual("evil\"); exit(0); (\"", call[3]);
    }

    [TestMethod]
    [DataRow("python", false)]
    [DataRow("julia", false)] // Julia is there, and no Julia project.
    [DataRow("julia", true)]
    [DataRow("r", true)]
    public async Task FetchAsync_withoutTheTool_fallsThroughToTheUri(string language, bool isBroken)
    {
        Install(language == "julia" ? "julia" : "other", "exit 1");
        if (isBroken)
        {
            _scene.Folder.Write("project/Project.toml", "[deps]\nDataManifest = \"x\"\n");
            File.WriteAllText(_scene.Folder["bin/julia"], "#!/bin/sh\nexit 1\n");
        }

        _scene.Server.Serve("/a.txt", "from the uri");
        var result = await SingleAsync($"[x]\nuri = \"{_scene.Server.Url("/a.txt")}\"\ndelegate = true\n[x._LANG.{language}]\nfetcher = \"Mod:fetch\"\n");
        Assert.AreEqual("from the uri", File.ReadAllText(result.Path), result.Error?.ToString());
        var alone = await SingleAsync($"[x]\nkey = \"y.txt\"\n[x._LANG.{language}]\nfetcher = \"Mod:fetch\"\n");
        Assert.AreEqual("DM0430", alone.Error?.Code);
        StringAssert.Contains(alone.Error!.Message, language);
    }

    [TestMethod]
    [DataRow("", null, true, "uri")]
    [DataRow("", true, true, "peer")]
    [DataRow("", false, true, "uri")]
    [DataRow("delegate = true", null, true, "peer")]
    [DataRow("delegate = true", false, true, "peer")]
    [DataRow("delegate = false", true, true, "uri")]
    [DataRow("", null, false, "peer")]
    [DataRow("", false, false, "DM0430")]
    [DataRow("delegate = false", null, false, "DM0430")]
    public async Task Delegate_decidesWhetherTheToolIsAsked(string field, bool? ofTheRun, bool hasUri, string expected)
    {
        Install("datamanifest", "printf peer > \"$DATAMANIFEST_DATASETS_DIR/x.txt\"; : > \"$DATAMANIFEST_DATASETS_DIR/x.txt.complete\"");
        _scene.Server.Serve("/a.txt", "uri");
        var uri = hasUri ? $"uri = \"{_scene.Server.Url("/a.txt")}\"" : "";
        var report = await _scene.FetchAsync($"[x]\nkey = \"x.txt\"\n{uri}\n{field}\n[x._LANG.python]\nfetcher = \"m:f\"\n", new FetchRequest { Delegate = ofTheRun }, TestContext.CancellationToken);
        Assert.AreEqual(expected, report.Results[0].Error?.Code ?? File.ReadAllText(report.Results[0].Path), report.Results[0].Error?.ToString());
    }

    [TestMethod]
    [DataRow("exit 3", "DM0415", "exit code 3")]
    [DataRow("exit 0", "DM0416", "is not at")]
    [DataRow("printf wrong > \"$DATAMANIFEST_DATASETS_DIR/x.txt\"; : > \"$DATAMANIFEST_DATASETS_DIR/x.txt.complete\"", "DM0501", "checksum")]
    public async Task FetchAsync_ofAToolThatFails_isAnErrorAndNothingCountsAsComplete(string body, string code, string reason)
    {
        Install("datamanifest", body);
        _scene.Server.Serve("/a.txt", "uri");
        var result = await SingleAsync($"[x]\nkey = \"x.txt\"\nuri = \"{_scene.Server.Url("/a.txt")}\"\ndelegate = true\nchecksum = \"{FetchScene.Sha256("made")}\"\n[x._LANG.python]\nfetcher = \"m:f\"\n");
        Assert.AreEqual(code, result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, reason);
        Assert.IsFalse(File.Exists(Path.Combine(_scene.Store, "x.txt.complete")));
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_setsUnprovenDataAside_andPutsThemBackIfTheToolFails()
    {
        Install("datamanifest", "test ! -e \"$DATAMANIFEST_DATASETS_DIR/x.txt\" && exit 4; exit 5");
        _scene.Folder.Write("store/x.txt", "unproven");
        var result = await SingleAsync("[x]\nkey = \"x.txt\"\n[x._LANG.python]\nfetcher = \"m:f\"\n");
        StringAssert.Contains(result.Error!.Message, "exit code 4");
        CollectionAssert.AreEquivalent(new[] { "x.txt" }, _scene.StoreEntries().ToArray());
        Assert.AreEqual("unproven", File.ReadAllText(Path.Combine(_scene.Store, "x.txt")));
    }

    [TestMethod]
    [DataRow("printf wrong > \"$DATAMANIFEST_DATASETS_DIR/x.txt\"; : > \"$DATAMANIFEST_DATASETS_DIR/x.txt.complete\"", "DM0501")]
    [DataRow("printf half > \"$DATAMANIFEST_DATASETS_DIR/x.txt\"; exit 3", "DM0415")]
    [DataRow("exit 3", "DM0415")]
    public async Task FetchAsync_thatOverwrites_keepsWhatWasThereIfTheToolFails(string body, string code)
    {
        var manifest = $"[x]\nkey = \"x.txt\"\nchecksum = \"{FetchScene.Sha256("made")}\"\n[x._LANG.python]\nfetcher = \"m:f\"\n";
        Install("datamanifest", body);
        _scene.Folder.Write("store/x.txt", "made");
        _scene.Folder.Write("store/x.txt.complete", "");
        var report = await _scene.FetchAsync(manifest, new FetchRequest { Overwrite = new HashSet<string> { "x" } }, TestContext.CancellationToken);
        Assert.AreEqual(code, report.Results[0].Error?.Code, report.Results[0].Error?.ToString());
        CollectionAssert.AreEquivalent(new[] { "x.txt", "x.txt.complete" }, _scene.StoreEntries().ToArray());
        Assert.AreEqual("made", File.ReadAllText(Path.Combine(_scene.Store, "x.txt")));
    }

    [TestMethod]
    public async Task FetchAsync_ofAnUnpinnedDataset_keepsTheManifestFromTheTool()
    {
        Install("datamanifest", "echo spoilt > \"$DATAMANIFEST_TOML\"; printf made > \"$DATAMANIFEST_DATASETS_DIR/x.txt\"; : > \"$DATAMANIFEST_DATASETS_DIR/x.txt.complete\"");
        const string manifest = "# a comment\n[x]\nkey = \"x.txt\"\n[x._LANG.python]\nfetcher = \"m:f\"\n";
        var database = _scene.Open(manifest);
        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.AreEqual(manifest, File.ReadAllText(_scene.ManifestPath));
        Assert.HasCount(1, Directory.GetFiles(_scene.Folder["project"], "*.toml"));
        await database.PinAsync(report, null, TestContext.CancellationToken);
        StringAssert.StartsWith(File.ReadAllText(_scene.ManifestPath), "# a comment\n");
        StringAssert.Contains(File.ReadAllText(_scene.ManifestPath), FetchScene.Sha256("made"));
    }

    [TestMethod]
    public async Task FetchAsync_ofADatasetThatAnotherToolAskedFor_asksNoThird()
    {
        Install("datamanifest", "exit 0");
        _scene.Variables["DATAMANIFEST_DELEGATED"] = "x";
        var result = await SingleAsync("[x]\nkey = \"x.txt\"\n[x._LANG.python]\nfetcher = \"m:f\"\n");
        Assert.AreEqual("DM0430", result.Error?.Code);
        Assert.IsFalse(File.Exists(Log));
    }

    [TestMethod]
    public async Task FetchAsync_thatIsCancelled_endsTheTool()
    {
        Install("datamanifest", "sleep 60");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        var fetch = _scene.FetchAsync("[x]\nkey = \"x.txt\"\n[x._LANG.python]\nfetcher = \"m:f\"\n", null, stop.Token);
        while (!File.Exists(Log))
        {
            await Task.Delay(20, TestContext.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => fetch);
        Assert.IsLessThan(2.0, watch.Elapsed.TotalSeconds);
        Assert.IsEmpty(_scene.StoreEntries());
        Assert.HasCount(1, Directory.GetFiles(_scene.Folder["project"]));
    }

    /// <summary>The reference tool itself: a Python function in the project makes a folder's archive, which it unpacks.</summary>
    [TestMethod]
    [DataRow("", "x.txt", "made x.txt")]
    [DataRow("extract = true\nformat = \"zip\"", "x/a.txt", "made x.zip")]
    public async Task FetchAsync_asksTheReference(string fields, string file, string content)
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_REFERENCE") is not { Length: > 0 } reference)
        {
            Assert.Inconclusive("set DATAMANIFEST_REFERENCE to the folder of the reference's package");
            return;
        }

        var key = fields.Length > 0 ? "x.zip" : "x.txt";
        _scene.Folder.Write("bin/datamanifest", $"#!/bin/sh\nPYTHONPATH='{reference}' exec /usr/bin/python3 -m datamanifest.cli \"$@\"\n");
        MakeExecutable("datamanifest");
        _scene.Folder.Write("project/maker.py", """
            import zipfile
            def make(*, download_path, key, **rest):
                if key.endswith("zip"):
                    with zipfile.ZipFile(download_path, "w") as z:
                        z.writestr("a.txt", "made " + key)
                else:
                    with open(download_path, "w") as f:
                        f.write("made " + key)
            """);
        var result = await SingleAsync($"# kept\n[x]\nkey = \"{key}\"\n{fields}\n[x._LANG.python]\nfetcher = \"maker:make\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(content, File.ReadAllText(Path.Combine(_scene.Store, file)));
        Assert.AreEqual(FetchScene.Sha256(content), result.ComputedChecksum);
        StringAssert.StartsWith(File.ReadAllText(_scene.ManifestPath), "# kept");
        Assert.IsTrue(_scene.Reopen().Datasets[0].Exists);
    }

    private void Install(string program, string body, string help = "1")
    {
        _scene.Folder.Write("store/.keep", "");
        File.Delete(_scene.Folder["store/.keep"]);
        _scene.Folder.Write("bin/" + program, Peer.Replace("HELP", help, StringComparison.Ordinal).Replace("BODY", body, StringComparison.Ordinal) + "\n");
        MakeExecutable(program);
    }

    private void MakeExecutable(string program)
    {
        var file = _scene.Folder["bin/" + program];
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _scene.Variables["PATH"] = $"{_scene.Folder["bin"]}:/usr/bin:/bin";
        _scene.Variables["PEER_LOG"] = Log;
        _scene.Variables["DATASETS_TOML"] = "/nowhere";
    }

    private async Task<FetchResult> SingleAsync(string manifest) => (await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).Results.Single();
}
