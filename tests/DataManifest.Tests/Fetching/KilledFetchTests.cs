using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace DataManifest.Fetching;

[TestClass]
public sealed class KilledFetchTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task A_fetch_killed_ten_times_goes_on_with_what_is_there_and_leaves_nothing_else()
    {
        var body = RandomNumberGenerator.GetBytes(16_000_000);
        var served = new ServeOptions { ETag = "\"v1\"", ChunkSize = 100_000, ChunkDelay = TimeSpan.FromMilliseconds(2) };
        _scene.Server.Serve("/big.bin", body, served);
        WriteManifest($"[big]\nuri = \"{_scene.Server.Url("/big.bin")}\"\nchecksum = \"{FetchScene.Sha256(body)}\"\n");
        var left = 0L;
        for (var round = 0; round < 10; round++)
        {
            var before = _scene.Server.Requests.Count;
            using var process = await FetchProcess.StartAsync(_scene, Cancellation);
            var wanted = Random.Shared.Next(200_000, 1_500_000);
            while (_scene.Server.Requests.Skip(before).Sum(request => request.BytesSent) < wanted && !process.HasExited)
            {
                await Task.Delay(1, Cancellation);
            }

            await process.KillAsync(Cancellation);
            Assert.IsFalse(File.Exists(_scene.Stored("/big.bin")));

            // What reached the file is not asked for again.
            Assert.AreEqual(left > 0 ? $"bytes={left}-" : null, _scene.Server.Requests[before].Header("Range"));
            left = Directory.GetFiles(_scene.Stored(""), "*.part").Select(path => new FileInfo(path).Length).SingleOrDefault();
        }

        var watch = Stopwatch.StartNew();
        Assert.AreEqual(FetchOutcome.Fetched, (await _scene.Reopen().FetchAsync(null, null, Cancellation)).Results[0].Outcome);
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
        CollectionAssert.AreEqual(body, File.ReadAllBytes(_scene.Stored("/big.bin")));
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/big.bin", "127.0.0.1/big.bin.complete" }, _scene.StoreEntries().ToArray());

        // Each killed run may lose what was on its way to the disk: the sockets' buffers and the download's own.
        Assert.IsLessThan(body.Length + (10 * 6_000_000L), _scene.Server.Requests.Sum(request => request.BytesSent));
        Assert.IsTrue(_scene.Server.Requests.Any(request => request.Status == 206));
    }

    [TestMethod]
    public async Task A_fetch_over_several_connections_that_is_killed_leaves_no_gaps_in_what_the_next_one_makes()
    {
        var body = RandomNumberGenerator.GetBytes(72_000_000);
        _scene.Server.Serve("/big.bin", body, new ServeOptions { ETag = "\"v1\"", ChunkSize = 100_000, ChunkDelay = TimeSpan.FromMilliseconds(4) });
        WriteManifest($"[big]\nuri = \"{_scene.Server.Url("/big.bin")}\"\n");
        using (var process = await FetchProcess.StartAsync(_scene, Cancellation))
        {
            while (_scene.Server.Requests.Where(request => request.Status == 206).Sum(request => request.BytesSent) < 15_000_000 && !process.HasExited)
            {
                await Task.Delay(1, Cancellation);
            }

            await process.KillAsync(Cancellation);
        }

        var before = _scene.Server.Requests.Count;
        Assert.IsFalse((await _scene.Reopen().FetchAsync(null, null, Cancellation)).HasFailures);
        CollectionAssert.AreEqual(body, File.ReadAllBytes(_scene.Stored("/big.bin")));
        Assert.AreEqual(206, _scene.Server.Requests[before].Status);
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/big.bin", "127.0.0.1/big.bin.complete" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    [DataRow("/small.bin", 500_000, "\"v1\"")]
    [DataRow("/unproven.bin", 4_000_000, null)]
    public async Task A_killed_fetch_that_cannot_be_resumed_leaves_nothing_after_the_next(string path, int size, string? tag)
    {
        var body = RandomNumberGenerator.GetBytes(size);
        _scene.Server.On(path, LoopbackServer.Static(body, new ServeOptions { ETag = tag, StallAfter = size / 2 }), LoopbackServer.Static(body, new ServeOptions { ETag = tag }));
        WriteManifest($"[x]\nuri = \"{_scene.Server.Url(path)}\"\n");
        using (var process = await FetchProcess.StartAsync(_scene, Cancellation))
        {
            while (!_scene.StoreEntries().Any(entry => entry.EndsWith(".tmp", StringComparison.Ordinal)))
            {
                await Task.Delay(5, Cancellation);
            }

            await process.KillAsync(Cancellation);
        }

        Assert.IsFalse((await _scene.Reopen().FetchAsync(null, null, Cancellation)).HasFailures);
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1" + path, "127.0.0.1" + path + ".complete" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    [DataRow("zip")]
    [DataRow("tar")]
    public async Task A_fetch_killed_at_any_moment_of_unpacking_publishes_all_or_nothing(string format)
    {
        var file = $"/a.{format}";
        _scene.Server.Serve(file, Archive(format));
        WriteManifest($"[a]\nuri = \"{_scene.Server.Url(file)}\"\nextract = true\n");
        for (var round = 0; round < 10; round++)
        {
            using (var process = await FetchProcess.StartAsync(_scene, Cancellation))
            {
                while (_scene.Server.Count(file) <= round && !process.HasExited && !Directory.Exists(_scene.Stored("/a")))
                {
                    await Task.Delay(1, Cancellation);
                }

                await Task.Delay(Random.Shared.Next(0, 400), Cancellation);
                await process.KillAsync(Cancellation);
            }

            if (Directory.Exists(_scene.Stored("/a")))
            {
                Assert.HasCount(1501, Directory.GetFiles(_scene.Stored("/a"), "*", SearchOption.AllDirectories));
                Directory.Delete(_scene.Stored("/a"), recursive: true);
                File.Delete(_scene.Stored(file));
                File.Delete(_scene.Stored(file + ".complete"));
            }
        }

        var watch = Stopwatch.StartNew();
        Assert.IsFalse((await _scene.Reopen().FetchAsync(null, null, Cancellation)).HasFailures);
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
        Assert.HasCount(1501, Directory.GetFiles(_scene.Stored("/a"), "*", SearchOption.AllDirectories));
        CollectionAssert.AreEquivalent(
            new[] { "a", $"a.{format}", $"a.{format}.complete" }, Directory.EnumerateFileSystemEntries(_scene.Stored("")).Select(path => Path.GetFileName(path)).ToArray());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task An_interrupted_fetch_ends_within_two_seconds_and_can_be_resumed()
    {
        var body = RandomNumberGenerator.GetBytes(4_000_000);
        _scene.Server.Serve("/big.bin", body, new ServeOptions { ETag = "\"v1\"", StallAfter = 2_000_000 });
        WriteManifest($"[big]\nuri = \"{_scene.Server.Url("/big.bin")}\"\n");
        using var process = await FetchProcess.StartAsync(_scene, Cancellation);
        while (_scene.Server.Requests is not [{ BytesSent: >= 2_000_000 }])
        {
            await Task.Delay(10, Cancellation);
        }

        var watch = Stopwatch.StartNew();
        using (var signal = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await signal.WaitForExitAsync(Cancellation);
        }

        var (exitCode, output) = await process.EndAsync(Cancellation);
        Assert.AreEqual(130, exitCode, output);
        Assert.IsLessThan(TimeSpan.FromSeconds(2), watch.Elapsed);
        CollectionAssert.AreEqual(
            new[] { "127.0.0.1", "127.0.0.1/big.bin.tmp.download", "127.0.0.1/big.bin.tmp.download.resume" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task Sixteen_processes_download_once()
    {
        var body = RandomNumberGenerator.GetBytes(3_000_000);
        _scene.Server.Serve("/big.bin", body, new ServeOptions { ChunkDelay = TimeSpan.FromMilliseconds(20) });
        WriteManifest($"[big]\nuri = \"{_scene.Server.Url("/big.bin")}\"\nchecksum = \"{FetchScene.Sha256(body)}\"\n");
        var processes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => FetchProcess.StartAsync(_scene, Cancellation)));
        foreach (var process in processes)
        {
            var (exitCode, output) = await process.EndAsync(Cancellation);
            Assert.AreEqual(0, exitCode, output);
            Assert.AreEqual(_scene.Stored("/big.bin"), output.Split('\t')[1]);
            process.Dispose();
        }

        Assert.AreEqual(1, _scene.Server.Count("/big.bin"));
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/big.bin", "127.0.0.1/big.bin.complete" }, _scene.StoreEntries().ToArray());
    }

    private static byte[] Archive(string format)
    {
        using var bytes = new MemoryStream();
        using var zip = format == "zip" ? new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true) : null;
        using var tar = format == "tar" ? new TarWriter(bytes, leaveOpen: true) : null;
        for (var i = 0; i < 1500; i++)
        {
            var (name, content) = ($"d{i % 10}/f{i}", RandomNumberGenerator.GetBytes(2000));
            tar?.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            using var stream = zip?.CreateEntry(name, CompressionLevel.NoCompression).Open();
            stream?.Write(content);
        }

        zip?.Dispose();
        tar?.Dispose();
        return bytes.ToArray();
    }

    private void WriteManifest(string text) => _scene.Folder.Write("project/datasets.toml", text);
}
