using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

[TestClass]
public sealed class DatabaseFetchFaultTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow(null)]
    [DataRow("\"v1\"")]
    public async Task FetchAsync_onto_a_full_disk_says_how_much_is_missing_and_keeps_what_was_there(string? tag)
    {
        var body = RandomNumberGenerator.GetBytes(6_000_000);
        _scene.Server.Serve("/a.bin", "old");
        _scene.Server.Serve("/big.bin", body, new ServeOptions { ETag = tag });
        using var volume = SmallVolume.Mount(_scene.Store, 4);
        await SingleAsync(Entry("a", "/a.bin"));
        var full = await SingleAsync(Entry("big", "/big.bin"));
        Assert.AreEqual(DiagnosticRules.DiskFull, full.Error?.Rule, full.Error?.ToString());
        StringAssert.Matches(full.Error!.Message, new System.Text.RegularExpressions.Regex("6000000 bytes are needed, [0-9]+ bytes are free on .*store"));
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/a.bin", "127.0.0.1/a.bin.complete" }, _scene.StoreEntries().ToArray());
        Assert.AreEqual("old", File.ReadAllText(_scene.Stored("/a.bin")));

        // What an archive unpacks to may be what does not fit.
        _scene.Server.Serve("/a.zip", Zip(("big", new byte[6_000_000])));
        full = await SingleAsync(Entry("zip", "/a.zip") + "extract = true\n");
        Assert.AreEqual(DiagnosticRules.DiskFull, full.Error?.Rule, full.Error?.ToString());
        Assert.HasCount(3, _scene.StoreEntries());

        File.WriteAllBytes(_scene.Stored("/filler"), new byte[1_000_000]);
        try
        {
            using var filler = File.OpenWrite(_scene.Stored("/filler"));
            filler.Write(new byte[8_000_000]);
        }
        catch (IOException)
        {
            // Now not one byte is left, not even for the lock's content.
        }

        var watch = Stopwatch.StartNew();
        full = await SingleAsync(Entry("big", "/big.bin"));
        Assert.AreEqual(FetchOutcome.Failed, full.Outcome);
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.Contains("big", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_from_a_store_that_cannot_be_written_uses_what_is_there()
    {
        _scene.Server.Serve("/a.csv", "a");
        _scene.Server.Serve("/a.zip", Zip(("x", [1])));
        var manifest = Entry("a", "/a.csv") + $"checksum = \"{FetchScene.Sha256("a")}\"\n" + Entry("zip", "/a.zip") + "extract = true\n";
        using var volume = SmallVolume.Mount(_scene.Store, 4);
        Assert.IsFalse((await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).HasFailures);
        volume.MakeReadOnly();
        var report = await _scene.FetchAsync(manifest, new FetchRequest { Recheck = new HashSet<string> { "a", "zip" } }, TestContext.CancellationToken);
        Assert.IsTrue(report.Results.All(result => result.Outcome == FetchOutcome.AlreadyPresent), report.Results[0].Error?.Message);
        Assert.HasCount(2, _scene.Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_into_a_store_that_cannot_be_written_uses_a_pool_and_says_of_the_rest_why()
    {
        _scene.Folder.Write("pool/127.0.0.1/a.csv", "a");
        _scene.Folder.Write("pool/127.0.0.1/a.csv.complete", "");
        _scene.Variables["DATAMANIFEST_DATASETS_POOLS"] = _scene.Folder["pool"];
        using var volume = SmallVolume.Mount(_scene.Store, 4);
        volume.MakeReadOnly();
        var manifest = Entry("a", "/a.csv") + $"checksum = \"{FetchScene.Sha256("a")}\"\n" + Entry("b", "/b.csv");
        var results = (await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).Results;
        Assert.AreEqual((FetchOutcome.AlreadyPresent, _scene.Folder["pool/127.0.0.1/a.csv"]), (results[0].Outcome, results[0].Path), results[0].Error?.ToString());
        Assert.AreEqual(DiagnosticRules.EntryNotWritable, results[1].Error?.Rule);
        StringAssert.Contains(results[1].Error!.Message, "'b'");
        StringAssert.Matches(results[1].Error!.Message, new System.Text.RegularExpressions.Regex("Read-only file system[^']*'[^']*'\\. Make the folder writable"), "the system's words end without a full stop");
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    [DataRow("zip")]
    [DataRow("tar.gz")]
    public async Task FetchAsync_of_an_archive_over_a_limit_names_it_and_leaves_nothing_and_goes_on_when_it_is_raised(string format)
    {
        var path = $"/a.{format}";
        _scene.Server.Serve(path, format == "zip" ? Zip(("zeros", new byte[6_000_000])) : TarGzip("zeros", new byte[6_000_000]));
        var manifest = Entry("bomb", path) + "extract = true\n";
        var limited = new FetchRequest { ArchiveLimits = new Archives.ArchiveLimits { TotalBytes = 5_000_000 } };
        var error = (await _scene.FetchAsync(manifest, limited, TestContext.CancellationToken)).Results[0].Error;
        Assert.AreEqual(DiagnosticRules.ArchiveTooLarge, error?.Rule, error?.ToString());
        StringAssert.Contains(error!.Message, "TotalBytes");
        CollectionAssert.AreEqual(new[] { "127.0.0.1" }, _scene.StoreEntries().ToArray());
        Assert.AreEqual(FetchOutcome.Fetched, (await SingleAsync(manifest)).Outcome);
    }

    [TestMethod]
    public async Task FetchAsync_is_not_held_up_by_a_host_that_wants_to_be_left_alone()
    {
        LoopbackHandler busy = (_, response, token) => response.SendAsync(429, headers: [("Retry-After", "2")], cancellationToken: token);
        var manifest = new StringBuilder();
        for (var i = 0; i < 60; i++)
        {
            _scene.Server.On($"/busy{i}", busy, LoopbackServer.Static([1]));
            manifest.Append(Entry($"busy{i}", $"/busy{i}"));
        }

        _scene.Server.Serve("/other.csv", "a");
        manifest.Append(System.Globalization.CultureInfo.InvariantCulture, $"[other]\nuri = \"{_scene.Server.Url("/other.csv", "localhost")}\"\n");
        var begin = DateTimeOffset.UtcNow;
        Assert.IsFalse((await _scene.FetchAsync(manifest.ToString(), null, TestContext.CancellationToken)).HasFailures);
        Assert.IsLessThan(TimeSpan.FromSeconds(1.5), _scene.Server.Requests.Single(request => request.Path == "/other.csv").Arrived - begin);
        // Timers and the clock that arrivals are taken from differ by some milliseconds.
        foreach (var asked in _scene.Server.Requests.GroupBy(request => request.Path).Where(group => group.Count() == 2))
        {
            Assert.IsGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(1950), asked.Last().Arrived - asked.First().Arrived);
        }
    }

    [TestMethod]
    public async Task FetchAsync_keeps_the_completion_marker_that_data_bring_along()
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "data.csv") { DataStream = new MemoryStream("a"u8.ToArray()) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, ".complete") { LinkName = "data.csv" });
        }

        _scene.Server.Serve("/a.tar", bytes.ToArray());
        _scene.Server.Serve("/b.zip", Zip(("data.csv", [1]), (".complete", [2])));
        var report = await _scene.FetchAsync(
            Entry("a", "/a.tar") + "extract = true\n" + Entry("b", "/b.zip") + $"extract = true\nchecksum = \"{FetchScene.Sha256([2, 1])}\"\n", null, TestContext.CancellationToken);
        Assert.IsFalse(report.HasFailures, report.Results[1].Error?.Message);
        Assert.AreEqual("a", File.ReadAllText(_scene.Stored("/a/data.csv")));
        Assert.IsFalse((await _scene.Reopen().VerifyAsync(null, null, TestContext.CancellationToken)).HasFailures);
    }

    [TestMethod]
    [DataRow(100)]
    [DataRow(201)]
    [DataRow(246)]
    public async Task FetchAsync_stores_names_that_leave_little_room(int length)
    {
        var name = new string('n', length - 3) + ".gz";
        _scene.Server.On("/" + name, LoopbackServer.Static(new byte[2_000_000], new ServeOptions { ETag = "\"v1\"", CutAfter = 1_500_000 }), LoopbackServer.Static(new byte[2_000_000], new ServeOptions { ETag = "\"v1\"" }));
        var result = await SingleAsync(Entry("x", "/" + name));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.Message);
        CollectionAssert.AreEquivalent(new[] { name, name + ".complete" }, Directory.EnumerateFileSystemEntries(_scene.Stored("")).Select(path => Path.GetFileName(path)).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_name_without_room_for_the_marker_says_so_before_it_asks()
    {
        var result = await SingleAsync(Entry("x", "/" + new string('n', 247)));
        Assert.AreEqual(DiagnosticRules.EntryNotWritable, result.Error?.Rule);
        StringAssert.Contains(result.Error!.Message, "too long");
        Assert.IsEmpty(_scene.Server.Requests);
        Assert.IsEmpty(_scene.StoreEntries());
    }

    [TestMethod]
    [DataRow("/a%20b/%C3%A4%25.csv")]
    [DataRow("/a/%2e%2e%2fb.csv")]
    [DataRow("/download?file=../../x")]
    [DataRow("/ä ö.csv")]
    public async Task FetchAsync_of_awkward_addresses_stays_in_the_store(string path)
    {
        foreach (var spelling in new[] { path.Split('?')[0], new Uri("http://h" + path).AbsolutePath })
        {
            _scene.Server.Serve(spelling, "a");
        }

        var result = await SingleAsync(Entry("x", path));
        Assert.AreEqual(_scene.Stored(path.Split('?')[0]), result.Path, result.Error?.Message);
        Assert.AreEqual("a", File.ReadAllText(result.Path));
    }

    [TestMethod]
    public async Task FetchAsync_deletes_no_dataset_that_has_the_name_of_a_leftover()
    {
        _scene.Server.Serve("/x.tmp", "first");
        _scene.Server.Serve("/x", "second");
        await SingleAsync(Entry("a", "/x.tmp"));
        await SingleAsync(Entry("b", "/x"));
        Assert.AreEqual("first", File.ReadAllText(_scene.Stored("/x.tmp")));
    }

    [TestMethod]
    public async Task FetchAsync_of_a_local_folder_whose_links_lead_in_a_circle_ends()
    {
        _scene.Folder.Write("project/source/a/1", "1");
        _scene.Folder.Write("project/source/b/2", "2");
        Directory.CreateSymbolicLink(_scene.Folder["project/source/a/to-b"], _scene.Folder["project/source/b"]);
        Directory.CreateSymbolicLink(_scene.Folder["project/source/b/to-a"], _scene.Folder["project/source/a"]);
        var result = await SingleAsync("[x]\nuri = \"file:source\"\nkey = \"x\"\n");
        Assert.AreEqual(DiagnosticRules.LocalSourceUnusable, result.Error?.Rule);
        StringAssert.Contains(result.Error!.Message, "leads back");
        Assert.IsEmpty(_scene.StoreEntries());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_large_local_file_can_be_cancelled()
    {
        using (var large = File.Create(_scene.Folder["large"]))
        {
            large.SetLength(3L << 30);
        }

        using var stop = new CancellationTokenSource();
        var running = _scene.FetchAsync($"[x]\nuri = \"file://{_scene.Folder["large"]}\"\nkey = \"x\"\n", null, stop.Token);
        while (_scene.Progress.IsEmpty)
        {
            await Task.Delay(5, TestContext.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.IsLessThan(TimeSpan.FromSeconds(2), watch.Elapsed);
        Assert.IsEmpty(_scene.StoreEntries());
    }

    [TestMethod]
    [DataRow("key = \"a\\u0000b\"")]
    [DataRow("storage_path = \"a\\u0000b\"")]
    [DataRow("storage_path = \"$datasets_dir/a\\u0000b/$key\"")]
    public async Task FetchAsync_of_a_name_that_no_file_can_have_fails_alone(string line)
    {
        _scene.Server.Serve("/a.csv", "a");
        var report = await _scene.FetchAsync(Entry("bad", "/b.csv") + line + "\n" + Entry("good", "/a.csv"), null, TestContext.CancellationToken);
        CollectionAssert.AreEqual(new[] { FetchOutcome.Failed, FetchOutcome.Fetched }, report.Results.Select(result => result.Outcome).ToArray());
        Assert.IsFalse(_scene.Server.Requests.Any(request => request.Path == "/b.csv"));
    }

    [TestMethod]
    [DataRow("//")]
    [DataRow("http:///x")]
    [DataRow("http://[bad/")]
    [DataRow("javascript:alert(1)")]
    [DataRow("file:///etc/passwd")]
    public async Task FetchAsync_of_a_redirect_to_nowhere_fails_alone(string location)
    {
        _scene.Server.On("/a.csv", (_, response, token) => response.SendAsync(302, headers: [("Location", location)], cancellationToken: token));
        var result = await SingleAsync(Entry("a", "/a.csv"));
        Assert.AreEqual(FetchOutcome.Failed, result.Outcome);
        Assert.Contains(result.Error!.Rule, new[] { DiagnosticRules.BadRedirect, DiagnosticRules.DownloadRefused });
        Assert.IsEmpty(_scene.Server.Requests.Skip(1));
    }

    [TestMethod]
    [DataRow("http://me:pa?hush@127.0.0.1/x")]
    [DataRow("http://me:hu/hush@127.0.0.1/x")]
    [DataRow("http://me:hush@127.0.0.1:99999999/x")]
    [DataRow("http://me:hush@[bad/x")]
    [DataRow("foo://me:hush@host/x")]
    [DataRow("http://127.0.0.1:1/x?X-Amz-Signature=hush&token=hush")]
    [DataRow("http://127.0.0.1:1/x#access_token=hush")]
    public async Task FetchAsync_never_shows_secrets_of_an_address(string uri)
    {
        var report = await _scene.FetchAsync($"[a]\nuri = \"{uri}\"\n", new FetchRequest { StallTimeout = TimeSpan.FromSeconds(1) }, TestContext.CancellationToken);
        Assert.AreEqual(FetchOutcome.Failed, report.Results[0].Outcome);
        Assert.IsFalse(report.Results[0].Error!.ToString().Contains("hush", StringComparison.Ordinal), report.Results[0].Error!.ToString());
        Assert.IsFalse(_scene.Progress.Any(progress => progress.ToString().Contains("hush", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_that_is_asked_to_look_refuses_wrong_data_at_a_place_of_the_users_own()
    {
        _scene.Server.Serve("/a.csv", "new");
        var path = _scene.Folder.Write("project/mine.csv", "old");
        var manifest = Entry("a", "/a.csv") + $"storage_path = \"mine.csv\"\nchecksum = \"{FetchScene.Sha256("new")}\"\n";
        var report = await _scene.FetchAsync(manifest, new FetchRequest { Recheck = new HashSet<string> { "a" } }, TestContext.CancellationToken);
        Assert.AreEqual(DiagnosticRules.ChecksumMismatch, report.Results[0].Error?.Rule);
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    [TestMethod]
    public async Task FetchAsync_of_ten_thousand_present_datasets_takes_well_under_a_second()
    {
        var manifest = new StringBuilder();
        Directory.CreateDirectory(_scene.Store);
        for (var i = 0; i < 10_000; i++)
        {
            manifest.Append(System.Globalization.CultureInfo.InvariantCulture, $"[d{i}]\nuri = \"http://127.0.0.1:9/d{i}\"\nkey = \"d{i}\"\nchecksum = \"{FetchScene.Sha256("")}\"\n");
            File.WriteAllText(Path.Combine(_scene.Store, $"d{i}"), "");
            File.WriteAllText(Path.Combine(_scene.Store, $"d{i}.complete"), "");
        }

        // What others have left is looked at once; the second run rests on the record.
        await _scene.Open(manifest.ToString()).FetchAsync(null, null, TestContext.CancellationToken);
        var database = _scene.Open(manifest.ToString());
        var watch = Stopwatch.StartNew();
        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);
        TestContext.WriteLine($"{watch.ElapsedMilliseconds} ms");
        Assert.IsTrue(report.Results.All(result => result.Outcome == FetchOutcome.AlreadyPresent));
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
    }

    private string Entry(string name, string path) => $"[{name}]\nuri = \"{_scene.Server.Url(path)}\"\n";

    private async Task<FetchResult> SingleAsync(string manifest) => (await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).Results.Single();

    private static byte[] TarGzip(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
