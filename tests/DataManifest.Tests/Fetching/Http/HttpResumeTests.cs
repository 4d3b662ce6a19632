using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Http;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Fetching;

[TestClass]
public sealed class HttpResumeTests : HttpTestBase
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(65_536)]
    [DataRow(1_800_000)]
    [DataRow(2_999_999)]
    public async Task FetchAsync_goes_on_where_the_body_was_cut(int cut)
    {
        var healthy = new ServeOptions { ETag = "\"v1\"" };
        Serve("/data.bin", healthy with { CutAfter = cut }, healthy);
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(Body, File.ReadAllBytes(Target));
        Assert.IsLessThanOrEqualTo(Body.Length + (1L << 20), Server.Requests.Sum(request => request.BytesSent));
        if (cut > 0)
        {
            Assert.AreEqual($"bytes={cut}-", Server.Requests[1].Header("Range"));
            Assert.AreEqual("\"v1\"", Server.Requests[1].Header("If-Range"));
        }

        Assert.HasCount(1, Folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_goes_on_with_what_an_earlier_run_left()
    {
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"", CutAfter = 1_000_000, Ranges = true });
        await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 1, Time = Time });
        Assert.AreEqual(1_000_000, new FileInfo(Partial).Length);
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.AreEqual("bytes=1000000-", Server.Requests[^1].Header("Range"));
        Assert.HasCount(1, Folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_goes_on_with_what_a_killed_process_left()
    {
        using (var gone = Process.Start(OperatingSystem.IsWindows() ? "hostname" : "true"))
        {
            await gone.WaitForExitAsync(TestContext.CancellationToken);
            var etag = new ServeOptions { ETag = "\"v1\"", CutAfter = 1_000_000 };
            Server.Serve("/data.bin", Body, etag);
            await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 1, Time = Time });
            var left = $"{Partial}.{gone.Id}-0123456789ab.part";
            File.Move(Partial, left);
            File.Move(Partial + ".resume", left + ".resume");
            Folder.Write($"data.tmp.download.{gone.Id}-0123456789ac.part", "cannot be resumed");
            Folder.Write($"data.tmp.download.{gone.Id}-0123456789ad.part.resume", "proof of nothing");
            Staging.Recover(new EntryPaths(Target));
        }

        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.AreEqual("bytes=1000000-", Server.Requests[^1].Header("Range"));
        Assert.HasCount(1, Folder.Entries());
    }

    [TestMethod]
    public async Task Recover_leaves_the_partial_of_a_living_writer_alone()
    {
        var others = Folder.Write($"data.tmp.download.{Environment.ProcessId}-0123456789ab.part", "not mine");
        Staging.Recover(new EntryPaths(Target));
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        await FetchAsync("/data.bin");
        Assert.AreEqual("not mine", File.ReadAllText(others));
    }

    [TestMethod]
    public async Task FetchAsync_of_two_writers_that_no_lock_keeps_apart_mixes_nothing()
    {
        var other = RandomNumberGenerator.GetBytes(Body.Length);
        var slow = new ServeOptions { ETag = "\"v1\"", ChunkDelay = TimeSpan.FromMilliseconds(5) };
        Server.On("/data.bin", LoopbackServer.Static(Body, slow), LoopbackServer.Static(other, slow with { ETag = "\"v2\"" }));
        using var transport = new HttpTransport(new HttpOptions());
        var transfer = NewTransfer(Server.Url("/data.bin"), null, "bin");
        var first = transport.FetchAsync(transfer with { Target = Folder["first"] }, TestContext.CancellationToken);
        var second = transport.FetchAsync(transfer with { Target = Folder["second"] }, TestContext.CancellationToken);
        foreach (var (done, file) in new[] { (await first, "first"), (await second, "second") })
        {
            Assert.AreEqual(DigestOf(File.ReadAllBytes(Folder[file])), done.Checksum);
            CollectionAssert.Contains(new[] { BodyDigest, DigestOf(other) }, done.Checksum);
        }
    }

    [TestMethod]
    public async Task FetchAsync_without_a_length_never_resumes()
    {
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"", Length = false, CutAfter = 1_000_000 });
        var done = await FetchAsync("/data.bin", expected: BodyDigest);
        Assert.AreNotEqual(BodyDigest, done.Checksum);
        Assert.IsFalse(File.Exists(Partial));
    }

    [TestMethod]
    public async Task FetchAsync_of_a_partial_that_is_complete_needs_no_body()
    {
        LeavePartial("/data.bin", Body, "\"v1\"", Body.Length);
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin", expected: BodyDigest)).Checksum);
        Assert.AreEqual(416, Server.Requests.Single().Status);
    }

    [TestMethod]
    public async Task FetchAsync_of_a_complete_but_wrong_partial_starts_once_again()
    {
        var wrong = (byte[])Body.Clone();
        wrong[17] ^= 1;
        LeavePartial("/data.bin", wrong, "\"v1\"", wrong.Length);
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin", expected: BodyDigest)).Checksum);
        CollectionAssert.AreEqual(new[] { 416, 200 }, Server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task FetchAsync_of_content_that_changed_starts_from_zero(bool ranges)
    {
        LeavePartial("/data.bin", RandomNumberGenerator.GetBytes(500_000), "\"v1\"", 4_000_000);
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v2\"", Ranges = ranges });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(Body, File.ReadAllBytes(Target));
    }

    [TestMethod]
    public async Task FetchAsync_drops_a_range_that_begins_elsewhere()
    {
        LeavePartial("/data.bin", Body[..500_000], "\"v1\"", Body.Length);
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"", RangeSkew = 1 });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(new[] { 206, 200 }, Server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_does_not_extend_what_another_source_left()
    {
        LeavePartial("/other.bin", RandomNumberGenerator.GetBytes(500_000), "\"v1\"", Body.Length);
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.IsNull(Server.Requests.Single().Header("Range"));
    }

    [TestMethod]
    public async Task FetchAsync_repeats_when_theServer_falls_silent()
    {
        var healthy = new ServeOptions { ETag = "\"v1\"" };
        Serve("/data.bin", healthy with { StallAfter = 1_500_000 }, healthy);
        var done = await FetchAsync("/data.bin", options: new HttpOptions { StallTimeout = TimeSpan.FromMilliseconds(300), Time = Time });
        Assert.AreEqual(BodyDigest, done.Checksum);
        Assert.AreEqual("bytes=1500000-", Server.Requests[1].Header("Range"));
    }

    [TestMethod]
    public async Task FetchAsync_that_is_cancelled_ends_within_two_seconds_and_can_be_resumed()
    {
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"", StallAfter = 1_500_000 });
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        using var transport = new HttpTransport(new HttpOptions());
        var transfer = NewTransfer(Server.Url("/data.bin"), null, "bin") with
        {
            Progress = (done, _) =>
            {
                if (done >= 1_500_000)
                {
                    begun.TrySetResult();
                }
            },
        };
        var running = transport.FetchAsync(transfer, stop.Token);
        await begun.Task;
        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.IsLessThan(TimeSpan.FromSeconds(2), watch.Elapsed);
        Assert.AreEqual(1_500_000, new FileInfo(Partial).Length);
        Assert.IsFalse(File.Exists(Target));
    }
}
