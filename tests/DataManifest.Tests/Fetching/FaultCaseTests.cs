using System.Diagnostics;
using System.Security.Cryptography;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>What a fetch as a whole makes of the faults that its parts survive.</summary>
[TestClass]
public sealed class FaultCaseTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task W01_A_wrongDownload_isRefusedByTheSecondRunToo()
    {
        _scene.Server.Serve("/a.csv", "wrong");
        var manifest = Manifest("/a.csv", FetchScene.Sha256("right"));
        for (var run = 1; run <= 2; run++)
        {
            Assert.AreEqual("DM0501", (await SingleAsync(manifest)).Error?.Code);
            AssertNothingPublished("/a.csv");
            Assert.AreEqual(run, _scene.Server.Count("/a.csv"));
        }

        _scene.Server.Serve("/a.csv", "right");
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(manifest)).Outcome);
    }

    [TestMethod]
    public async Task W02_DataThatAnotherProjectLeft_areHeldToThisProjectsChecksumOnce()
    {
        _scene.Server.Serve("/a.csv", "theirs");
        await SingleAsync(Manifest("/a.csv", FetchScene.Sha256("theirs")));
        Directory.Delete(_scene.Folder["project"], recursive: true);

        Assert.AreEqual("DM0501", (await SingleAsync(Manifest("/a.csv", FetchScene.Sha256("ours")))).Error?.Code);
        Assert.AreEqual("theirs", await File.ReadAllTextAsync(_scene.Stored("/a.csv"), Cancellation), "What others use stays until there is something better.");

        _scene.Server.Serve("/a.csv", "ours");
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(Manifest("/a.csv", FetchScene.Sha256("ours")))).Outcome);
        var again = await SingleAsync(Manifest("/a.csv", FetchScene.Sha256("ours")));
        Assert.AreEqual((FetchOutcome.AlreadyPresent, ""), (again.Outcome, again.ComputedChecksum), "It is recorded, and not hashed again.");
    }

    [TestMethod]
    public async Task A02_A_bodyWithoutLengthThatIsCut_isNoBaseForTheNextRun()
    {
        var body = RandomNumberGenerator.GetBytes(3_000_000);
        _scene.Server.Serve("/a.bin", body, new ServeOptions { Length = false, CutAfter = 1_800_000, ETag = "\"v1\"" });
        Assert.AreEqual("DM0501", (await SingleAsync(Manifest("/a.bin", FetchScene.Sha256(body)))).Error?.Code);
        AssertNothingPublished("/a.bin");

        _scene.Server.Serve("/a.bin", body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(Manifest("/a.bin", FetchScene.Sha256(body)))).Outcome);
        Assert.IsFalse(_scene.Server.Requests.Any(request => request.Status == 206));
    }

    [TestMethod]
    public async Task A04_A_sourceThatChangedMeanwhile_isTakenWhole_andRefusedWhenTheOldOneIsPinned()
    {
        var (old, now) = (RandomNumberGenerator.GetBytes(4_000_000), RandomNumberGenerator.GetBytes(4_000_000));
        foreach (var pin in new[] { FetchScene.Sha256(old), FetchScene.Sha256(now) })
        {
            _scene.Server.On("/a.bin", LoopbackServer.Static(old, new ServeOptions { ETag = "\"v1\"", StallAfter = 2_000_000 }));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var cut = _scene.FetchAsync(Manifest("/a.bin", pin), null, stop.Token);
            while (_scene.Server.Requests.Sum(request => request.BytesSent) < 2_000_000)
            {
                await Task.Delay(10, Cancellation);
            }

            await Task.Delay(300, Cancellation);
            await stop.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => cut);

            _scene.Server.Serve("/a.bin", now, new ServeOptions { ETag = "\"v2\"" });
            var result = await SingleAsync(Manifest("/a.bin", pin));
            if (pin == FetchScene.Sha256(old))
            {
                Assert.AreEqual("DM0501", result.Error?.Code, result.Error?.ToString());
                AssertNothingPublished("/a.bin");
            }
            else
            {
                CollectionAssert.AreEqual(now, File.ReadAllBytes(result.Path), result.Error?.ToString());
            }
        }
    }

    [TestMethod]
    public async Task A08_An_emptyFile_isStored_andTheSecondRunDoesNothing()
    {
        _scene.Server.Serve("/empty.csv", "");
        var manifest = Manifest("/empty.csv", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(manifest)).Outcome);
        Assert.IsTrue(File.Exists(_scene.Stored("/empty.csv.complete")));
        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await SingleAsync(manifest)).Outcome);
        Assert.AreEqual(1, _scene.Server.Count("/empty.csv"));
    }

    [TestMethod]
    public async Task A09_A_loginPage_isNotPinned()
    {
        _scene.Server.Serve("/grid.nc", "<!DOCTYPE html><html><body>Please log in</body></html>", new ServeOptions { ContentType = "text/html" });
        var manifest = Manifest("/grid.nc");
        var database = _scene.Open(manifest);
        var report = await database.FetchAsync(null, null, Cancellation);
        Assert.AreEqual("DM0405", report.Results[0].Error?.Code, report.Results[0].Error?.ToString());
        Assert.IsEmpty(await database.PinAsync(report, null, Cancellation));
        Assert.AreEqual(manifest, File.ReadAllText(_scene.ManifestPath));
        AssertNothingPublished("/grid.nc");
    }

    [TestMethod]
    public async Task A22_The_lockOfADeadProcess_isTakenAtOnce_withANote()
    {
        _scene.Server.Serve("/a.csv", "data");
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync(Cancellation);
        _scene.Folder.Write("store/127.0.0.1/a.csv.lock", $"{gone.Id} {HostEnvironment.Capture().HostName}");
        var watch = Stopwatch.StartNew();
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(Manifest("/a.csv"))).Outcome);
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
        Assert.Contains(line => line.Contains($"process {gone.Id} ", StringComparison.Ordinal), _scene.Progress.Select(progress => progress.Output));
    }

    [TestMethod]
    public async Task A23_Processes_whoseLocksDoNothing_bothFinish_withOneWholeFile()
    {
        var body = RandomNumberGenerator.GetBytes(4_000_000);
        _scene.Server.Serve("/a.bin", body, new ServeOptions { ETag = "\"v1\"", ChunkSize = 100_000, ChunkDelay = TimeSpan.FromMilliseconds(20) });
        _scene.Folder.Write("project/datasets.toml", Manifest("/a.bin", FetchScene.Sha256(body)));
        Directory.CreateDirectory(Path.Combine(_scene.Store, "127.0.0.1"));
        using var first = await FetchProcess.StartAsync(_scene, Cancellation);
        var ended = first.EndAsync(Cancellation);
        using var second = await FetchProcess.StartAsync(_scene, Cancellation);
        var alsoEnded = second.EndAsync(Cancellation);
        while (!(ended.IsCompleted && alsoEnded.IsCompleted))
        {
            File.Delete(_scene.Stored("/a.bin.lock"));
            await Task.Delay(2, Cancellation);
        }

        Assert.AreEqual((0, 0), ((await ended).ExitCode, (await alsoEnded).ExitCode), $"{(await ended).Output}\n{(await alsoEnded).Output}");
        Assert.AreEqual(2, _scene.Server.Count("/a.bin"), "no lock kept the two apart");
        CollectionAssert.AreEqual(body, File.ReadAllBytes(_scene.Stored("/a.bin")));
        AssertOnly("a.bin", "a.bin.complete");
    }

    [TestMethod]
    public async Task W04_A_keyBelowAnotherDatasetsFolder_isAnErrorAndNothingIsStored()
    {
        var report = await _scene.FetchAsync($"[outer]\nuris = [\"{_scene.Server.Url("/set/a")}\", \"{_scene.Server.Url("/set/b")}\"]\n[inner]\nuri = \"{_scene.Server.Url("/set/a")}\"\n", null, Cancellation);
        Assert.Contains(result => result.Error?.Rule == DataManifest.Diagnostics.DiagnosticRules.KeyNested, report.Results);
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.EndsWith(".complete", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task W18_A_fetchInPlaceOfOldDataThatFails_leavesThem()
    {
        _scene.Folder.Write("store/127.0.0.1/a.csv", "old");
        _scene.Folder.Write("store/127.0.0.1/a.csv.complete", "");
        var request = new FetchRequest { Recheck = new HashSet<string> { "a" } };
        var result = (await _scene.FetchAsync(Manifest("/a.csv", FetchScene.Sha256("new")).Replace("[x]", "[a]", StringComparison.Ordinal), request, Cancellation)).Results[0];
        Assert.AreEqual("DM0402", result.Error?.Code);
        Assert.AreEqual("old", File.ReadAllText(_scene.Stored("/a.csv")));
    }

    [TestMethod]
    public async Task W29_A_pipe_isRefusedAtOnce()
    {
        _scene.Folder.Write("project/datasets.toml", "");
        using (var made = Process.Start("mkfifo", _scene.Folder["project/pipe"]))
        {
            await made.WaitForExitAsync(Cancellation);
        }

        var result = await SingleAsync("[x]\nuri = \"pipe\"\n");
        Assert.AreEqual("DM0408", result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, "is a pipe");
        var command = await SingleAsync("[x]\nkey = \"y\"\nshell = \"mkfifo $download_path\"\n");
        Assert.AreEqual(FetchOutcome.Failed, command.Outcome);
        StringAssert.Contains(command.Error!.Message, "is a pipe");
    }

    [TestMethod]
    [DataRow("mkdir $1; mkfifo $1/p", "is a pipe")]
    [DataRow("mkdir $1; mkfifo $1/.complete", "is a pipe")]
    [DataRow("mkdir $1; mkdir $1/.complete", "completion marker")]
    [DataRow("mkdir $1; ln -s nowhere $1/.complete", "completion marker")]
    public async Task W29_A_folder_withWhatCannotBeStored_isRefusedThoughNobodyHashesIt(string script, string problem)
    {
        _scene.Folder.Write("project/make.sh", script);
        var result = await SingleAsync("[x]\nkey = \"y\"\nshell = \"sh make.sh $download_path\"\nskip_checksum = true\n");
        Assert.AreEqual(FetchOutcome.Failed, result.Outcome);
        StringAssert.Contains(result.Error!.Message, problem);
        Assert.IsEmpty(_scene.StoreEntries());
    }

    [TestMethod]
    [DataRow("folder", "", "completion marker")]
    [DataRow("file", "what is in it", "")]
    public async Task A_batch_withAMemberOfTheMarkersName_isStoredWhenThatIsAFile(string kind, string content, string problem)
    {
        var path = kind == "folder" ? "/set/.complete/x" : "/set/.complete";
        _scene.Server.Serve(path, content);
        _scene.Server.Serve("/set/a", "a");
        var result = await SingleAsync($"[set]\nuris = [\"{_scene.Server.Url(path)}\", \"{_scene.Server.Url("/set/a")}\"]\n");
        Assert.AreEqual(problem.Length > 0 ? FetchOutcome.Failed : FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        StringAssert.Contains(result.Error?.Message ?? "", problem);
        Assert.AreEqual(problem.Length == 0, File.Exists(_scene.Stored("/set/a")));
    }

    private string Manifest(string path, string checksum = "") => $"[x]\nuri = \"{_scene.Server.Url(path)}\"\n" + (checksum.Length > 0 ? $"checksum = \"{checksum}\"\n" : "");

    private void AssertNothingPublished(string path)
    {
        Assert.IsFalse(File.Exists(_scene.Stored(path)));
        Assert.IsFalse(File.Exists(_scene.Stored(path + ".complete")));
        Assert.IsFalse(File.Exists(_scene.Stored(path + ".lock")));
        Assert.IsFalse(File.Exists(_scene.Folder["project/.datamanifest/state.toml"]));
    }

    private void AssertOnly(params string[] names) =>
        CollectionAssert.AreEquivalent(names, Directory.GetFileSystemEntries(Path.Combine(_scene.Store, "127.0.0.1")).Select(Path.GetFileName).ToArray());

    private async Task<FetchResult> SingleAsync(string manifest) => (await _scene.FetchAsync(manifest, null, Cancellation)).Results.Single();
}
