using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace DataManifest.Fetching;

/// <summary>Archives that are unpacked while they arrive: whatever cuts the transfer, the folder is right or not there.</summary>
[TestClass]
public sealed class ArchiveFetchTests : IDisposable
{
    private readonly FetchScene _scene = new();
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(3_000_000);

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task A_transfer_that_is_cut_and_goes_on_is_unpacked_once_and_whole()
    {
        var archive = Archive();
        var options = new ServeOptions { ETag = "\"v1\"" };
        _scene.Server.On("/a.tar.gz", LoopbackServer.Static(archive, options with { CutAfter = archive.Length / 2 }), LoopbackServer.Static(archive, options));
        await FetchesAsync();
        Assert.AreEqual(206, _scene.Server.Requests[^1].Status);
        Assert.IsFalse(_scene.Progress.Any(report => report.Phase == FetchPhase.Extracting), "it was unpacked on the way");
    }

    [TestMethod]
    public async Task A_transfer_that_begins_afresh_with_another_version_is_purely_that_one()
    {
        var old = Archive();
        RandomNumberGenerator.Fill(_content);
        var archive = Archive();
        _scene.Server.On(
            "/a.tar.gz", LoopbackServer.Static(old, new ServeOptions { ETag = "\"v1\"", CutAfter = old.Length - 1000 }), LoopbackServer.Static(archive, new ServeOptions { ETag = "\"v2\"" }));
        await FetchesAsync();
    }

    [TestMethod]
    public async Task A_transfer_that_another_process_began_goes_through_from_its_first_byte()
    {
        var archive = Archive();
        _scene.Server.Serve("/a.tar.gz", archive, new ServeOptions { ETag = "\"v1\"", StallAfter = archive.Length / 2 });
        _scene.Folder.Write("project/datasets.toml", Manifest());
        using (var process = await FetchProcess.StartAsync(_scene, Cancellation))
        {
            while (!_scene.StoreEntries().Any(entry => entry.EndsWith("/first", StringComparison.Ordinal)))
            {
                await Task.Delay(5, Cancellation);
            }

            await process.KillAsync(Cancellation);
        }

        Assert.IsFalse(Directory.Exists(_scene.Stored("/a")), "nothing under the final name");
        _scene.Server.Serve("/a.tar.gz", archive, new ServeOptions { ETag = "\"v1\"" });
        await FetchesAsync();
    }

    [TestMethod]
    public async Task An_archive_of_two_versions_with_one_entity_tag_is_fetched_once_more_in_one_piece()
    {
        var old = Archive();
        RandomNumberGenerator.Fill(_content);
        var archive = Archive();
        var options = new ServeOptions { ETag = "\"v1\"" };
        _scene.Server.On("/a.tar.gz", LoopbackServer.Static(old, options with { CutAfter = old.Length / 2 }), LoopbackServer.Static(archive, options));
        await FetchesAsync();
        CollectionAssert.AreEqual(new[] { 200, 206, 200 }, _scene.Server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    public async Task An_archive_that_is_cut_by_its_source_publishes_nothing()
    {
        var archive = Archive();
        _scene.Server.Serve("/a.tar.gz", archive[..(archive.Length / 2)]);
        await FailsAsync("DM0512", Manifest());
    }

    [TestMethod]
    public async Task A_folder_with_another_digest_is_not_published()
    {
        _scene.Server.Serve("/a.tar.gz", Archive());
        await FailsAsync("DM0501", Manifest() + $"checksum = \"sha256:{new string('0', 64)}\"\n");
    }

    [TestMethod]
    public async Task An_unsafe_entry_ends_the_transfer_before_the_rest_is_there()
    {
        var archive = Archive(writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "../../evil") { DataStream = new MemoryStream(new byte[1]) }));
        _scene.Server.Serve("/a.tar.gz", archive, new ServeOptions { StallAfter = archive.Length - 1000 });
        await FailsAsync("DM0511", Manifest(), new FetchRequest { StallTimeout = Timeout.InfiniteTimeSpan }).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.IsFalse(_scene.Folder.Entries().Any(entry => entry.EndsWith("evil", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task An_archive_that_seems_too_large_until_all_of_it_is_there_is_unpacked()
    {
        var archive = Archive(writer => writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new MemoryStream(new byte[270 << 20]) }));
        _scene.Server.Serve("/a.tar.gz", archive, new ServeOptions { ChunkSize = 100_000, ChunkDelay = TimeSpan.FromMilliseconds(60) });
        await FetchesAsync(new FetchRequest { ArchiveLimits = new() { Ratio = 100 }, RecordFileDigests = false });
        Assert.IsTrue(_scene.Progress.Any(report => report.Phase == FetchPhase.Extracting), "the second try, from the file");
        await FailsAsync("DM0513", Manifest().Replace("[a]", "[b]\nkey = \"b.tar.gz\"", StringComparison.Ordinal), new FetchRequest { ArchiveLimits = new() { Ratio = 10 } });
    }

    [TestMethod]
    public async Task A_compressed_file_becomes_a_folder_with_that_file()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write("year,ppm\n"u8);
        }

        _scene.Server.Serve("/co2.csv.gz", bytes.ToArray());
        var result = (await _scene.FetchAsync($"[co2]\nuri = \"{_scene.Server.Url("/co2.csv.gz")}\"\nextract = true\n", cancellationToken: Cancellation)).Results[0];
        Assert.IsNull(result.Error, result.Error?.Message);
        Assert.AreEqual(_scene.Stored("/co2.csv.gz.d"), result.Path);
        Assert.AreEqual("year,ppm\n", File.ReadAllText(Path.Combine(result.Path, "co2.csv")));
        Assert.AreEqual(FetchScene.Sha256("year,ppm\n"), result.ComputedChecksum);
    }

    private async Task FetchesAsync(FetchRequest? request = null)
    {
        var result = (await _scene.FetchAsync(Manifest(), request, Cancellation)).Results[0];
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.Message);
        CollectionAssert.AreEqual(_content, File.ReadAllBytes(Path.Combine(result.Path, "d/random")));
        CollectionAssert.AreEquivalent(
            new[] { "a", "a.tar.gz", "a.tar.gz.complete" }, Directory.EnumerateFileSystemEntries(_scene.Stored("")).Select(path => Path.GetFileName(path)).ToArray());
    }

    private async Task FailsAsync(string code, string manifest, FetchRequest? request = null)
    {
        var result = (await _scene.FetchAsync(manifest, request, Cancellation)).Results[0];
        Assert.AreEqual(FetchOutcome.Failed, result.Outcome);
        Assert.AreEqual(code, result.Error!.Code, result.Error.Message);
        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.Contains(".tmp", StringComparison.Ordinal) || entry.EndsWith(".lock", StringComparison.Ordinal)), string.Join(", ", _scene.StoreEntries()));
        Assert.IsFalse(Directory.Exists(result.Dataset.Name == "a" ? _scene.Stored("/a") : Path.Combine(_scene.Store, result.Dataset.Name)));
    }

    private string Manifest() => $"[a]\nuri = \"{_scene.Server.Url("/a.tar.gz")}\"\nextract = true\n";

    private byte[] Archive(Action<TarWriter>? more = null)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "first") { DataStream = new MemoryStream(new byte[3]) });
            more?.Invoke(tar);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "d/random") { DataStream = new MemoryStream(_content) });
        }

        return bytes.ToArray();
    }
}
