using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

[TestClass]
public sealed class DatabaseFetchTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_stores_verifies_and_marks()
    {
        _scene.Server.Serve("/d/co2.csv", "year,ppm\n");
        var result = await SingleAsync(Entry("co2", "/d/co2.csv", FetchScene.Sha256("year,ppm\n")));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(_scene.Stored("/d/co2.csv"), result.Path);
        Assert.AreEqual("year,ppm\n", File.ReadAllText(result.Path));
        Assert.AreEqual(FetchScene.Sha256("year,ppm\n"), result.ComputedChecksum);
        Assert.AreEqual(9, result.Bytes);
        CollectionAssert.AreEqual(
            new[] { "127.0.0.1", "127.0.0.1/d", "127.0.0.1/d/co2.csv", "127.0.0.1/d/co2.csv.complete" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_of_an_empty_file_stores_it_and_asks_once()
    {
        _scene.Server.Serve("/empty.csv", "");
        var manifest = Entry("empty", "/empty.csv", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(manifest)).Outcome);
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/empty.csv", "127.0.0.1/empty.csv.complete" }, _scene.StoreEntries().ToArray());
        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await SingleAsync(manifest)).Outcome);
        Assert.AreEqual(1, _scene.Server.Count("/empty.csv"));
    }

    [TestMethod]
    public async Task FetchAsync_of_present_data_touches_nothing()
    {
        _scene.Server.Serve("/co2.csv", "right");
        var manifest = Entry("co2", "/co2.csv", FetchScene.Sha256("right"));
        await SingleAsync(manifest);
        _scene.Progress.Clear();
        _scene.Folder.Write("store/127.0.0.1/co2.csv", "wrong");
        var before = _scene.StoreEntries();
        var result = await SingleAsync(manifest);
        Assert.AreEqual(FetchOutcome.AlreadyPresent, result.Outcome, "It is recorded with the declared digest and has its size.");
        Assert.AreEqual("", result.ComputedChecksum);
        Assert.HasCount(1, _scene.Server.Requests);
        Assert.IsEmpty(_scene.Progress);
        CollectionAssert.AreEqual(before.ToArray(), _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_that_is_asked_to_look_replaces_wrong_data()
    {
        _scene.Server.Serve("/co2.csv", "right");
        _scene.Folder.Write("store/127.0.0.1/co2.csv", "wrong");
        _scene.Folder.Write("store/127.0.0.1/co2.csv.complete", "");
        var manifest = Entry("co2", "/co2.csv", FetchScene.Sha256("right"));
        var request = new FetchRequest { Recheck = new HashSet<string> { "co2" } };
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(manifest, request)).Outcome);
        Assert.AreEqual("right", File.ReadAllText(_scene.Stored("/co2.csv")));
        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await SingleAsync(manifest, request)).Outcome);
        Assert.AreEqual(1, _scene.Server.Count("/co2.csv"));
    }

    [TestMethod]
    public async Task FetchAsync_of_wrong_data_publishes_nothing()
    {
        _scene.Server.Serve("/co2.csv", "wrong", new ServeOptions { ETag = "\"v1\"" });
        var manifest = Entry("co2", "/co2.csv?token=hush", FetchScene.Sha256("right"));
        foreach (var attempt in new[] { 1, 2 })
        {
            var result = await SingleAsync(manifest);
            Assert.AreEqual(FetchOutcome.Failed, result.Outcome);
            Assert.AreEqual(DiagnosticRules.ChecksumMismatch, result.Error!.Rule);
            StringAssert.Contains(result.Error.Message, FetchScene.Sha256("right"));
            StringAssert.Contains(result.Error.Message, FetchScene.Sha256("wrong"));
            StringAssert.Contains(result.Error.Message, "'co2'");
            Assert.IsFalse(result.Error.ToString().Contains("hush", StringComparison.Ordinal));
            Assert.AreEqual("", result.ComputedChecksum);
            CollectionAssert.AreEqual(new[] { "127.0.0.1" }, _scene.StoreEntries().ToArray());
            Assert.AreEqual(attempt, _scene.Server.Count("/co2.csv"));
        }
    }

    [TestMethod]
    [DataRow("right", true, FetchOutcome.Adopted, 0)]
    [DataRow("wrong", true, FetchOutcome.Fetched, 1)]
    [DataRow("right", false, FetchOutcome.Fetched, 1)]
    public async Task FetchAsync_of_data_without_a_marker_adopts_only_what_is_proven(string content, bool isPinned, FetchOutcome outcome, int requests)
    {
        _scene.Server.Serve("/co2.csv", "right");
        _scene.Folder.Write("store/127.0.0.1/co2.csv", content);
        var result = await SingleAsync(Entry("co2", "/co2.csv", isPinned ? FetchScene.Sha256("right") : ""));
        Assert.AreEqual(outcome, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("right", File.ReadAllText(result.Path));
        Assert.IsTrue(File.Exists(result.Path + ".complete"));
        Assert.AreEqual(requests, _scene.Server.Count("/co2.csv"));
    }

    [TestMethod]
    [DataRow("right", FetchOutcome.AlreadyPresent)]
    [DataRow("wrong", FetchOutcome.Fetched)]
    public async Task FetchAsync_uses_a_pool_in_place_if_its_data_are_right(string content, FetchOutcome outcome)
    {
        _scene.Server.Serve("/co2.csv", "right");
        _scene.Folder.Write("pool/127.0.0.1/co2.csv", content);
        _scene.Folder.Write("pool/127.0.0.1/co2.csv.complete", "");
        _scene.Variables["DATAMANIFEST_DATASETS_POOLS"] = _scene.Folder["pool"];
        var result = await SingleAsync(Entry("co2", "/co2.csv", FetchScene.Sha256("right")));
        Assert.AreEqual(outcome, result.Outcome);
        Assert.AreEqual(outcome == FetchOutcome.Fetched ? _scene.Stored("/co2.csv") : _scene.Folder["pool/127.0.0.1/co2.csv"], result.Path);
        Assert.AreEqual(content, File.ReadAllText(_scene.Folder["pool/127.0.0.1/co2.csv"]));
        Assert.AreEqual(outcome == FetchOutcome.Fetched, _scene.StoreEntries().Count > 0);
    }

    [TestMethod]
    [DataRow("zip")]
    [DataRow("tar")]
    [DataRow("tar.gz")]
    [DataRow("tgz")]
    public async Task FetchAsync_of_an_archive_keeps_it_and_unpacks_it_beside(string extension)
    {
        _scene.Server.Serve($"/set.{extension}", Archive(extension));
        var folder = extension == "tgz" ? "/set.tgz.d" : "/set";
        var manifest = Entry("set", $"/set.{extension}", FetchScene.Sha256("onetwo"), "extract = true");
        var result = await SingleAsync(manifest);
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(_scene.Stored(folder), result.Path);
        Assert.AreEqual("one", File.ReadAllText(Path.Combine(result.Path, "top", "a.txt")));
        Assert.IsTrue(File.Exists(Path.Combine(result.Path, ".complete")));
        Assert.IsTrue(File.Exists(_scene.Stored($"/set.{extension}.complete")));

        Directory.Delete(result.Path, recursive: true);
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(manifest)).Outcome);
        Assert.AreEqual("one", File.ReadAllText(Path.Combine(result.Path, "top", "a.txt")));
        Assert.AreEqual(1, _scene.Server.Count($"/set.{extension}"));
        Assert.AreEqual(FetchOutcome.AlreadyPresent, (await SingleAsync(manifest)).Outcome);
    }

    [TestMethod]
    public async Task FetchAsync_of_an_archive_with_wrong_content_publishes_neither()
    {
        _scene.Server.Serve("/set.zip", Archive("zip"));
        var result = await SingleAsync(Entry("set", "/set.zip", FetchScene.Sha256("other"), "extract = true"));
        Assert.AreEqual(DiagnosticRules.ChecksumMismatch, result.Error?.Rule);
        CollectionAssert.AreEqual(new[] { "127.0.0.1" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_broken_archive_publishes_nothing()
    {
        _scene.Server.Serve("/set.tar.gz", Archive("tar.gz")[..80]);
        var result = await SingleAsync(Entry("set", "/set.tar.gz", "", "extract = true"));
        Assert.AreEqual(DiagnosticRules.DamagedArchive, result.Error?.Rule);
        CollectionAssert.AreEqual(new[] { "127.0.0.1" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_stale_archive_asks_the_source_again()
    {
        _scene.Folder.Write("store/127.0.0.1/set.zip", "an old archive");
        _scene.Folder.Write("store/127.0.0.1/set.zip.complete", "");
        _scene.Server.Serve("/set.zip", Archive("zip"));
        var result = await SingleAsync(Entry("set", "/set.zip", FetchScene.Sha256("onetwo"), "extract = true"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(1, _scene.Server.Count("/set.zip"));
    }

    [TestMethod]
    public async Task FetchAsync_of_a_batch_stores_a_folder()
    {
        _scene.Server.Serve("/set/b.txt", "two");
        _scene.Server.Serve("/set/x/a.txt", "one");
        var manifest = $"[set]\nuris = [\"{_scene.Server.Url("/set/b.txt")}\", \"{_scene.Server.Url("/set/x/a.txt")}\"]\nchecksum = \"{FetchScene.Sha256("twoone")}\"\n";
        var result = await SingleAsync(manifest);
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("one", File.ReadAllText(Path.Combine(result.Path, "x", "a.txt")));
        Assert.AreEqual(6, result.Bytes);
        CollectionAssert.AreEqual(
            new[] { "127.0.0.1", "127.0.0.1/set", "127.0.0.1/set/.complete", "127.0.0.1/set/b.txt", "127.0.0.1/set/x", "127.0.0.1/set/x/a.txt" },
            _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_batch_with_one_missing_member_publishes_nothing()
    {
        _scene.Server.Serve("/set/b.txt", "two", new ServeOptions { StallAfter = 1 });
        var watch = Stopwatch.StartNew();
        var result = await SingleAsync($"[set]\nuris = [\"{_scene.Server.Url("/set/b.txt")}\", \"{_scene.Server.Url("/set/none.txt")}\"]\n");
        Assert.AreEqual(DiagnosticRules.DownloadRefused, result.Error?.Rule, result.Error?.ToString());
        Assert.IsLessThan(TimeSpan.FromSeconds(10), watch.Elapsed);
        Assert.IsFalse(Directory.Exists(_scene.Stored("/set")));
    }

    [TestMethod]
    [DataRow("file:raw/a%20b.csv", "raw/a b.csv")]
    [DataRow("file:raw/a%20b.csv", "raw/a%20b.csv")]
    [DataRow("file:./raw/x.csv", "raw/x.csv")]
    public async Task FetchAsync_of_a_relative_file_begins_at_the_project(string uri, string file)
    {
        _scene.Folder.Write("project/" + file, "local");
        var result = await SingleAsync($"[x]\nuri = \"{uri}\"\nkey = \"x\"\nchecksum = \"{FetchScene.Sha256("local")}\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("local", File.ReadAllText(result.Path));
    }

    [TestMethod]
    public async Task FetchAsync_of_a_local_folder_copies_it()
    {
        _scene.Folder.Write("raw/b/c", "2");
        _scene.Folder.Write("raw/a", "1");
        var result = await SingleAsync($"[x]\nuri = \"file://{_scene.Folder["raw"]}\"\nkey = \"x\"\nchecksum = \"{FetchScene.Sha256("12")}\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("2", File.ReadAllText(Path.Combine(result.Path, "b", "c")));
    }

    [TestMethod]
    [DataRow("file:none.csv", "DM0408")]
    [DataRow("ssh://-oProxyCommand=x/y", "DM0203")]
    [DataRow("s3://bucket/x.csv", "DM0461")]
    [DataRow("git+https://example.org/a/b.git", "DM0406")]
    [DataRow("ftp://example.org/a/b", "DM0406")]
    public async Task FetchAsync_of_a_source_it_cannot_use_says_so(string uri, string code)
    {
        var result = await SingleAsync($"[x]\nuri = \"{uri}\"\n");
        Assert.AreEqual(code, result.Error?.Code, result.Error?.ToString());
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.EndsWith(".complete", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("fetcher = \"A.B:C\"", "DM0440")]
    [DataRow("_LANG.python.fetcher = \"a:b\"", "DM0430")]
    public async Task FetchAsync_of_a_dataset_made_by_a_function_says_what_is_missing(string line, string code)
    {
        _scene.Variables["PATH"] = _scene.Folder.Path;
        var result = await SingleAsync($"[x]\n{line}\n");
        Assert.AreEqual(code, result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, "'x'");
    }

    [TestMethod]
    public async Task FetchAsync_fetches_requirements_first_and_stops_only_dependants()
    {
        _scene.Server.Serve("/a.csv", "a");
        var manifest = Entry("good", "/a.csv") + Entry("bad", "/none.csv")
            + Entry("needsgood", "/a.csv?b", "", "key = \"b\"\nrequires = [\"good\"]") + Entry("needsbad", "/a.csv?c", "", "key = \"c\"\nrequires = [\"bad\"]");
        var report = await _scene.FetchAsync(manifest, new FetchRequest { Names = ["needsgood", "needsbad"] }, TestContext.CancellationToken);
        CollectionAssert.AreEqual(new[] { "good", "bad", "needsgood", "needsbad" }, report.Results.Select(result => result.Dataset.Name).ToArray());
        CollectionAssert.AreEqual(
            new[] { FetchOutcome.Fetched, FetchOutcome.Failed, FetchOutcome.Fetched, FetchOutcome.Failed }, report.Results.Select(result => result.Outcome).ToArray());
        Assert.AreEqual(DiagnosticRules.RequirementFailed, report.Results[3].Error!.Rule);
        Assert.IsTrue(report.HasFailures);
    }

    [TestMethod]
    public async Task FetchAsync_of_a_circle_fetches_nothing_and_ends()
    {
        _scene.Server.Serve("/a.csv", "a");
        var manifest = Entry("a", "/a.csv", "", "requires = [\"b\"]") + Entry("b", "/a.csv?b", "", "key = \"b\"\nrequires = [\"a\"]") + Entry("c", "/a.csv?c", "", "key = \"c\"\nrequires = [\"b\"]");
        var report = await _scene.FetchAsync(manifest, null, TestContext.CancellationToken);
        Assert.IsTrue(report.Results.All(result => result.Outcome == FetchOutcome.Failed));
        Assert.IsTrue(report.Results.Any(result => result.Error!.Rule == DiagnosticRules.RequirementCycle));
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_of_a_malformed_checksum_makes_no_request_and_an_unknown_one_fails_alone()
    {
        _scene.Server.Serve("/a.csv", "a");
        var manifest = Entry("odd", "/a.csv?x", "sha256:abc", "key = \"x\"") + Entry("new", "/a.csv?y", "blake3:abcd", "key = \"y\"") + Entry("good", "/a.csv");
        var report = await _scene.FetchAsync(manifest, null, TestContext.CancellationToken);
        Assert.AreEqual(DiagnosticRules.InvalidChecksum, report.Results[0].Error?.Rule);
        Assert.AreEqual(DiagnosticRules.UnsupportedChecksum, report.Results[1].Error?.Rule);
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[2].Outcome);
        Assert.HasCount(1, _scene.Server.Requests);
    }

    [TestMethod]
    [DataRow("md5", "0cc175b9c0f1b6a831c399e269772661")]
    [DataRow("sha1", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8")]
    public async Task FetchAsync_verifies_other_algorithms(string algorithm, string hex)
    {
        _scene.Server.Serve("/a.csv", "a");
        var result = await SingleAsync(Entry("a", "/a.csv", $"{algorithm}:{hex}"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual($"{algorithm}:{hex}", result.ComputedChecksum);
    }

    [TestMethod]
    public async Task FetchAsync_skips_what_others_provide()
    {
        var manifest = "[lazy]\nuri = \"s3://bucket/x.zarr\"\nlazy_access = true\nloader = \"My.Zarr:Open\"\n[theirs]\nstorage_path = \"/nowhere/x\"\nskip_download = true\n";
        var report = await _scene.FetchAsync(manifest, null, TestContext.CancellationToken);
        Assert.IsTrue(report.Results.All(result => result.Outcome == FetchOutcome.Skipped));
        Assert.IsNull(report.Results[0].Error);
        Assert.AreEqual(DiagnosticRules.ProvidedDataMissing, report.Results[1].Error?.Rule);
        Assert.IsFalse(report.HasFailures);
    }

    [TestMethod]
    public async Task FetchAsync_from_many_writers_downloads_once()
    {
        _scene.Server.Serve("/big.bin", new byte[2_000_000], new ServeOptions { ChunkDelay = TimeSpan.FromMilliseconds(5) });
        var manifest = Entry("big", "/big.bin", FetchScene.Sha256(new byte[2_000_000]));
        _scene.Folder.Write("project/datasets.toml", manifest);
        var reports = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _scene.Reopen().FetchAsync(null, null, TestContext.CancellationToken)));
        Assert.AreEqual(1, _scene.Server.Count("/big.bin"));
        Assert.IsTrue(reports.All(report => report.Results[0].Path == _scene.Stored("/big.bin")));
        Assert.AreEqual(1, reports.Count(report => report.Results[0].Outcome == FetchOutcome.Fetched));
    }

    [TestMethod]
    public async Task FetchAsync_that_is_cancelled_ends_soon_and_leaves_no_lock()
    {
        _scene.Server.Serve("/big.bin", new byte[2_000_000], new ServeOptions { ETag = "\"v1\"", StallAfter = 1_000_000 });
        using var stop = new CancellationTokenSource();
        var running = _scene.FetchAsync(Entry("big", "/big.bin"), null, stop.Token);
        while (_scene.Server.Requests is not [{ BytesSent: >= 1_000_000 }])
        {
            await Task.Delay(10, TestContext.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.IsLessThan(TimeSpan.FromSeconds(2), watch.Elapsed);
        CollectionAssert.IsSubsetOf(
            _scene.StoreEntries().ToArray(), new[] { "127.0.0.1", "127.0.0.1/big.bin.tmp.download", "127.0.0.1/big.bin.tmp.download.resume" });
    }

    [TestMethod]
    public async Task FetchAsync_reports_progress_at_a_readable_rate()
    {
        _scene.Server.Serve("/big.bin", new byte[4_000_000], new ServeOptions { ChunkDelay = TimeSpan.FromMilliseconds(8) });
        var watch = Stopwatch.StartNew();
        await SingleAsync(Entry("big", "/big.bin"));
        var reports = _scene.Progress.ToArray();
        Assert.IsNotEmpty(reports);
        Assert.IsLessThanOrEqualTo((watch.ElapsedMilliseconds / 100) + 3, reports.LongLength);
        Assert.AreEqual(FetchPhase.Finished, reports[^1].Phase);
        Assert.IsTrue(reports[..^1].All(report => report is { Dataset: "big", Phase: FetchPhase.Transferring, Total: 4_000_000, Source: "127.0.0.1" }));
        Assert.AreEqual(4_000_000, reports[^2].Bytes);
    }

    [TestMethod]
    public async Task FetchAsync_into_a_folder_that_cannot_be_written_says_so()
    {
        _scene.Server.Serve("/a.csv", "a");
        _scene.Folder.Write("store", "a file where the folder should be");
        var result = await SingleAsync(Entry("a", "/a.csv"));
        Assert.AreEqual(FetchOutcome.Failed, result.Outcome);
        StringAssert.Contains(result.Error!.Message, _scene.Store);
    }

    [TestMethod]
    public async Task VerifyAsync_tells_right_wrong_missing_and_unpinned()
    {
        _scene.Folder.Write("store/127.0.0.1/a", "a");
        _scene.Folder.Write("store/127.0.0.1/b", "changed");
        _scene.Folder.Write("store/127.0.0.1/d", "d");
        var manifest = Entry("a", "/a", FetchScene.Sha256("a")) + Entry("b", "/b", FetchScene.Sha256("b")) + Entry("c", "/c") + Entry("d", "/d");
        var report = await _scene.Open(manifest).VerifyAsync(cancellationToken: TestContext.CancellationToken);
        CollectionAssert.AreEqual(
            new[] { VerifyOutcome.Verified, VerifyOutcome.Wrong, VerifyOutcome.Missing, VerifyOutcome.Unpinned }, report.Results.Select(result => result.Outcome).ToArray());
        Assert.AreEqual(DiagnosticRules.ChecksumMismatch, report.Results[1].Error!.Rule);
        Assert.AreEqual(FetchScene.Sha256("d"), report.Results[3].ComputedChecksum);
        Assert.IsTrue(report.HasFailures);
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.EndsWith(".complete", StringComparison.Ordinal)));
    }

    private static string ArchiveName(string name) => "top/" + name;

    private string Entry(string name, string path, string checksum = "", string more = "") =>
        $"[{name}]\nuri = \"{_scene.Server.Url(path)}\"\n{(checksum.Length > 0 ? $"checksum = \"{checksum}\"\n" : "")}{more}\n";

    private async Task<FetchResult> SingleAsync(string manifest, FetchRequest? request = null) =>
        (await _scene.FetchAsync(manifest, request, TestContext.CancellationToken)).Results.Single();

    private static byte[] Archive(string extension)
    {
        using var target = new MemoryStream();
        if (extension == "zip")
        {
            using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, text) in new[] { ("a.txt", "one"), ("b.txt", "two") })
            {
                using var writer = new StreamWriter(zip.CreateEntry(ArchiveName(name)).Open());
                writer.Write(text);
            }
        }
        else
        {
            using Stream inner = extension == "tar" ? new BufferedStream(target) : new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
            using var tar = new TarWriter(inner, leaveOpen: true);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, ArchiveName("a.txt")) { DataStream = new MemoryStream("one"u8.ToArray()) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, ArchiveName("b.txt")) { DataStream = new MemoryStream("two"u8.ToArray()) });
        }

        return target.ToArray();
    }
}
