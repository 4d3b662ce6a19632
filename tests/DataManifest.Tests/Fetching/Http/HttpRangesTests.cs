using System.Diagnostics;
using System.Security.Cryptography;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Http;
using DataManifest.Hashing;

namespace DataManifest.Fetching;

[TestClass]
public sealed class HttpRangesTests : HttpTestBase
{
    private static readonly byte[] Large = RandomNumberGenerator.GetBytes(12_000_000);
    private static readonly Checksum LargeDigest = DigestOf(Large);

    // 4 MB/s per connection.
    private static readonly ServeOptions Slow = new() { ETag = "\"v1\"", ChunkSize = 40_000, ChunkDelay = TimeSpan.FromMilliseconds(10) };

    private HttpOptions Splitting => new() { Time = Time, SmallestSplit = 1_000_000 };

    [TestMethod]
    public async Task FetchAsync_from_a_slow_server_fetches_parts_at_once()
    {
        Server.Serve("/data.bin", Large, Slow);
        var watch = Stopwatch.StartNew();
        var done = await FetchAsync("/data.bin", LargeDigest, options: Splitting);
        TestContext.WriteLine($"{watch.ElapsedMilliseconds} ms, {Server.Requests.Count} requests");
        Assert.AreEqual(LargeDigest, done.Checksum);
        Assert.AreEqual(Large.Length, done.Bytes);
        CollectionAssert.AreEqual(Large, File.ReadAllBytes(Target));
        Assert.HasCount(1, Folder.Entries());
        foreach (var part in Server.Requests.Skip(1))
        {
            Assert.AreEqual(206, part.Status);
            Assert.AreEqual("\"v1\"", part.Header("If-Range"));
        }

        Assert.IsGreaterThan(4, Server.Requests.Count);
    }

    [TestMethod]
    public async Task FetchAsync_reports_growing_progress_and_shows_the_sink_every_byte_once_from_parts_too()
    {
        Server.Serve("/data.bin", Large, Slow);
        var reports = new List<long>();
        var sink = new CollectingSink();
        using var transport = new HttpTransport(Splitting);
        await transport.FetchAsync(
            NewTransfer(Server.Url("/data.bin"), LargeDigest, "bin") with { Sink = sink, Progress = (done, _) => reports.Add(done) }, TestContext.CancellationToken);
        CollectionAssert.AreEqual(Large, sink.Bytes.ToArray());
        Assert.AreEqual(1, sink.Restarts);
        CollectionAssert.AreEqual(reports.Order().ToArray(), reports.ToArray());
        Assert.IsGreaterThan(4, Server.Requests.Count);
    }

    [TestMethod]
    public async Task FetchAsync_of_content_whose_coding_is_its_own_fetches_parts_at_once_too()
    {
        Server.Serve("/data.bin", Large, Slow with { Headers = [("Content-Encoding", "gzip")] });
        using var transport = new HttpTransport(Splitting);
        var done = await transport.FetchAsync(NewTransfer(Server.Url("/data.bin"), LargeDigest, "bin") with { IgnoresContentCoding = true }, TestContext.CancellationToken);
        Assert.AreEqual(LargeDigest, done.Checksum);
        Assert.IsTrue(Server.Requests.All(request => request.Status is 200 or 206));
        Assert.IsGreaterThan(4, Server.Requests.Count);
    }

    [TestMethod]
    [DataRow(false, null)]
    [DataRow(true, null)]
    [DataRow(true, "W/\"v1\"")]
    public async Task FetchAsync_asks_for_no_parts_without_proof_that_they_belong_together(bool ranges, string? tag)
    {
        Server.Serve("/data.bin", Large[..4_000_000], Slow with { Ranges = ranges, ETag = tag });
        Assert.AreEqual(DigestOf(Large[..4_000_000]), (await FetchAsync("/data.bin", options: Splitting)).Checksum);
        Assert.HasCount(1, Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_of_a_fast_server_asks_once()
    {
        Server.Serve("/data.bin", Large, Slow with { ChunkDelay = TimeSpan.Zero });
        await FetchAsync("/data.bin", LargeDigest, options: Splitting with { SplitBelow = 1 });
        Assert.HasCount(1, Server.Requests);
    }

    [TestMethod]
    [DataRow(200)]
    [DataRow(403)]
    [DataRow(416)]
    [DataRow(429)]
    [DataRow(503)]
    public async Task FetchAsync_stays_with_one_connection_when_further_ones_are_refused(int status)
    {
        Server.On(
            "/data.bin", LoopbackServer.Static(Large[..4_000_000], Slow),
            (_, response, token) => response.SendAsync(status, status == 200 ? Large[..4_000_000] : null, [("ETag", "\"v1\"")], token));
        Assert.AreEqual(DigestOf(Large[..4_000_000]), (await FetchAsync("/data.bin", options: Splitting)).Checksum);
        Assert.HasCount(2, Server.Requests);
        Assert.AreEqual(4_000_000, Server.Requests[0].BytesSent);
        Assert.IsEmpty(Time.Waits);
    }

    [TestMethod]
    public async Task FetchAsync_goes_on_alone_when_parts_are_refused_in_the_middle()
    {
        var refuse = false;
        var parts = 0;
        Server.On("/data.bin", async (request, response, token) =>
        {
            if (request.Header("Range") is not null && Interlocked.Increment(ref parts) == 5)
            {
                refuse = true;
            }

            if (refuse && request.Header("Range")!.EndsWith('-') is false)
            {
                await response.SendAsync(429, cancellationToken: token);
                return;
            }

            await LoopbackServer.Static(Large, Slow)(request, response, token);
        });
        Assert.AreEqual(LargeDigest, (await FetchAsync("/data.bin", LargeDigest, options: Splitting)).Checksum);
        CollectionAssert.AreEqual(Large, File.ReadAllBytes(Target));
        Assert.IsTrue(Server.Requests.Any(request => request.Status == 429));
        StringAssert.EndsWith(Server.Requests[^1].Header("Range"), "-");
    }

    [TestMethod]
    public async Task FetchAsync_splices_no_two_versions_when_the_content_changes_among_the_parts()
    {
        var other = RandomNumberGenerator.GetBytes(Large.Length);
        var parts = 0;
        Server.On("/data.bin", (request, response, token) =>
            LoopbackServer.Static(parts >= 3 ? other : Large, Slow with { ETag = request.Header("Range") is not null && Interlocked.Increment(ref parts) > 3 ? "\"v2\"" : parts >= 3 ? "\"v2\"" : "\"v1\"" })(
                request, response, token));
        var done = await FetchAsync("/data.bin", options: Splitting);
        Assert.AreEqual(DigestOf(other), done.Checksum);
        CollectionAssert.AreEqual(other, File.ReadAllBytes(Target));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task FetchAsync_trusts_no_part_of_another_content(bool tells)
    {
        // A server behind a load balancer that ignores If-Range: the parts come from another version, which its tag tells or does not.
        var other = RandomNumberGenerator.GetBytes(Large.Length);
        Server.On("/data.bin", (request, response, token) => request.Header("Range") is null
            ? LoopbackServer.Static(Large, Slow)(request, response, token)
            : LoopbackServer.Static(other, Slow with { ETag = tells ? "\"v2\"" : null, IgnoresIfRange = true })(request, response, token));
        Assert.AreEqual(LargeDigest, (await FetchAsync("/data.bin", LargeDigest, options: Splitting)).Checksum);
        CollectionAssert.AreEqual(Large, File.ReadAllBytes(Target));
    }

    [TestMethod]
    public async Task FetchAsync_gives_the_digest_of_what_it_stored_even_if_the_parts_lie()
    {
        var other = RandomNumberGenerator.GetBytes(Large.Length);
        Server.On("/data.bin", (request, response, token) => request.Header("Range") is null
            ? LoopbackServer.Static(Large, Slow)(request, response, token)
            : LoopbackServer.Static(other, Slow with { ETag = null, IgnoresIfRange = true })(request, response, token));
        var done = await FetchAsync("/data.bin", options: Splitting);
        Assert.AreEqual(DigestOf(File.ReadAllBytes(Target)), done.Checksum);
    }

    [TestMethod]
    public async Task FetchAsync_that_comes_to_the_part_of_another_before_it_is_proven_goes_on_alone()
    {
        var body = Large[..4_000_000];
        Server.On("/data.bin", async (request, response, token) =>
        {
            if (request.Header("Range") is not null)
            {
                await Task.Delay(TimeSpan.FromSeconds(1.5), token);
            }

            await LoopbackServer.Static(body, Slow)(request, response, token);
        });
        Assert.AreEqual(DigestOf(body), (await FetchAsync("/data.bin", options: Splitting)).Checksum);
        CollectionAssert.AreEqual(body, File.ReadAllBytes(Target));
        Assert.AreEqual(body.Length, Server.Requests[0].BytesSent);
        Assert.HasCount(1, Folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_goes_on_without_the_gaps_that_a_killed_writer_left()
    {
        // Bytes behind a gap: the file is longer than what is noted as contiguous.
        var left = Large[..8_000_000];
        Array.Clear(left, 2_000_000, 3_000_000);
        LeavePartial("/data.bin", left, "\"v1\"", Large.Length);
        File.AppendAllText(Partial + ".resume", "1500000\n2000000\n25");
        Server.Serve("/data.bin", Large, Slow with { ChunkDelay = TimeSpan.Zero });
        Assert.AreEqual(LargeDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.AreEqual("bytes=2000000-", Server.Requests[0].Header("Range"));
    }

    [TestMethod]
    public async Task FetchAsync_of_parts_that_is_cancelled_leaves_only_what_has_no_gaps()
    {
        Server.Serve("/data.bin", Large, Slow);
        using var stop = new CancellationTokenSource();
        using var transport = new HttpTransport(Splitting);
        var transfer = NewTransfer(Server.Url("/data.bin"), null, "bin") with
        {
            Progress = (done, _) =>
            {
                if (done > 6_000_000)
                {
                    stop.CancelAfter(0);
                }
            },
        };
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<OperationCanceledException>(() => transport.FetchAsync(transfer, stop.Token));
        var left = File.ReadAllBytes(Partial);
        TestContext.WriteLine($"{left.Length} bytes after {watch.ElapsedMilliseconds} ms");
        CollectionAssert.AreEqual(Large[..left.Length], left);
        Assert.HasCount(3, File.ReadAllLines(Partial + ".resume"));
        Assert.AreEqual(LargeDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.IsTrue(Server.Requests.Any(request => request.Header("Range") == $"bytes={left.Length}-"));
    }

    [TestMethod]
    public async Task FetchAsync_of_parts_goes_on_when_connections_break()
    {
        var requests = 0;
        Server.On("/data.bin", (request, response, token) => LoopbackServer.Static(
            Large, Interlocked.Increment(ref requests) is 3 or 5 or 6 ? Slow with { CutAfter = 100_000 } : Slow)(request, response, token));
        Assert.AreEqual(LargeDigest, (await FetchAsync("/data.bin", LargeDigest, options: Splitting)).Checksum);
        CollectionAssert.AreEqual(Large, File.ReadAllBytes(Target));
    }

    [TestMethod]
    public async Task FetchAsync_of_parts_stays_within_the_limit_of_the_host()
    {
        var (now, most) = (0, 0);
        Server.On("/data.bin", async (request, response, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await LoopbackServer.Static(Large, Slow)(request, response, token);
            Interlocked.Decrement(ref now);
        });
        await FetchAsync("/data.bin", LargeDigest, options: Splitting with { ParallelPerHost = 3 });

        // The first connection is given up with part of its answer on the way, which the server may not have noticed yet.
        Assert.IsLessThanOrEqualTo(4, most);
        Assert.IsGreaterThan(1, most);
    }

    [TestMethod]
    public async Task FetchAsync_onto_a_full_disk_says_so_from_parts_too()
    {
        Server.Serve("/data.bin", Large, Slow);
        using var volume = SmallVolume.Mount(Folder["small"], 8);
        using var transport = new HttpTransport(Splitting);
        var fault = await Assert.ThrowsExactlyAsync<FetchFaultException>(() => transport.FetchAsync(
            NewTransfer(Server.Url("/data.bin"), null, "bin") with { Target = Folder["small/data"], Partial = Folder["small/data.tmp.download"] }, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticRules.DiskFull, fault.Rule);
    }
}
