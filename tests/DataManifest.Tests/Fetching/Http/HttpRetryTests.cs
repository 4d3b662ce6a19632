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
public sealed class HttpRetryTests : HttpTestBase
{
    [TestMethod]
    public async Task FetchAsync_repeats_a_busyServer_after_growing_waits()
    {
        LoopbackHandler busy = (_, response, token) => response.SendAsync(502, cancellationToken: token);
        Server.On("/data.bin", busy, busy, (_, response, token) => response.SendAsync(200, Body, cancellationToken: token));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.HasCount(2, Time.Waits);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromMilliseconds(250), Time.Waits[0]);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromMilliseconds(500), Time.Waits[1]);
    }

    [TestMethod]
    [DataRow(1, 0.0, 0)]
    [DataRow(1, 1.0, 250)]
    [DataRow(2, 1.0, 500)]
    [DataRow(5, 0.5, 2000)]
    [DataRow(1000, 1.0, 60_000)]
    public void After_doubles_the_ceiling_up_to_a_minute(int failures, double random, int milliseconds)
    {
        var fault = new TransientFault("fails");
        fault.Judge(new HttpOptions(), failures);
        Assert.AreEqual(TimeSpan.FromMilliseconds(milliseconds), RetryDelay.After(fault, random));
    }

    [TestMethod]
    [DataRow(false, 500)]
    [DataRow(true, 10_000)]
    public void After_waits_longer_for_a_server_that_has_answered_and_is_gone(bool hasAnswered, int milliseconds)
    {
        var fault = new TransientFault("could not be reached") { IsUnreachable = true };
        fault.Judge(new HttpOptions(), 2, hasAnswered);
        Assert.AreEqual(TimeSpan.FromMilliseconds(milliseconds), RetryDelay.After(fault, 1));
    }

    [TestMethod]
    public async Task FetchAsync_gives_a_server_that_is_restarted_in_the_middle_time_to_come_back()
    {
        // Three times, since the waits are random parts of their ceilings: 2 s at most for a server that never answered.
        for (var i = 0; i < 3; i++)
        {
            var server = LoopbackServer.Start();
            var cut = LoopbackServer.Static(Body, new ServeOptions { CutAfter = 2_000_000, ETag = "\"1\"" });
            var stopped = Task.CompletedTask;
            server.On("/data.bin", async (request, response, token) =>
            {
                stopped = Task.Run(async () => await server.DisposeAsync(), CancellationToken.None);
                await cut(request, response, token);
            });
            await Assert.ThrowsExactlyAsync<FetchFaultException>(() => FetchUrlAsync(server.Url("/data.bin")));
            await stopped;
        }

        Assert.IsGreaterThan(TimeSpan.FromSeconds(2), Time.Waits.Max());
    }

    [TestMethod]
    public async Task FetchAsync_repeats_an_overloaded_server_after_longer_waits()
    {
        LoopbackHandler overloaded = (_, response, token) => response.SendAsync(503, cancellationToken: token);
        Server.On("/data.bin", overloaded, overloaded, LoopbackServer.Static(Body));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.HasCount(3, Server.Requests);
        Assert.HasCount(2, Time.Waits);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromSeconds(5), Time.Waits[0]);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromSeconds(10), Time.Waits[1]);
    }

    [TestMethod]
    public async Task FetchAsync_waits_at_least_as_long_as_theServer_asks()
    {
        Server.On(
            "/data.bin", (_, response, token) => response.SendAsync(429, headers: [("Retry-After", "2")], cancellationToken: token),
            (_, response, token) => response.SendAsync(200, Body, cancellationToken: token));
        await FetchAsync("/data.bin");
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(2), Time.Waits.Single());
    }

    [TestMethod]
    public async Task FetchAsync_gives_up_aServer_that_wants_to_be_left_alone_for_long()
    {
        Server.On("/data.bin", (_, response, token) => response.SendAsync(503, headers: [("Retry-After", "3600")], cancellationToken: token));
        var fault = await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed);
        StringAssert.Contains(fault.Message, "60 minutes");
        Assert.AreEqual(1, Server.Count("/data.bin"));
    }

    [TestMethod]
    public async Task FetchAsync_gives_up_after_five_attempts_without_progress()
    {
        Server.On("/data.bin", (_, response, token) => response.SendAsync(500, cancellationToken: token));
        var fault = await FailsAsync("/data.bin?token=abc123", DiagnosticRules.DownloadFailed);
        Assert.AreEqual(5, Server.Count("/data.bin"));
        StringAssert.Contains(fault.Message, "500");
        Assert.IsFalse(fault.Message.Contains("abc123", StringComparison.Ordinal), fault.Message);
    }

    [TestMethod]
    [DataRow(400)]
    [DataRow(401)]
    [DataRow(403)]
    [DataRow(404)]
    [DataRow(202)]
    [DataRow(204)]
    [DataRow(304)]
    public async Task FetchAsync_asks_once_when_the_answer_is_final(int status)
    {
        Server.On("/data.bin", (_, response, token) => response.SendAsync(status, Body, cancellationToken: token));
        var fault = await FailsAsync("/data.bin", DiagnosticRules.DownloadRefused);
        StringAssert.Contains(fault.Message, status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(1, Server.Count("/data.bin"));
        Assert.IsEmpty(Folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_of_sources_that_lead_to_one_host_takes_no_wait_for_a_stall()
    {
        Server.Serve("/data.bin", Body, new ServeOptions { ChunkSize = 200_000, ChunkDelay = TimeSpan.FromMilliseconds(120) });
        Redirect("/one", Server.Url("/data.bin"));
        Redirect("/two", Server.Url("/data.bin"));
        using var transport = new HttpTransport(new HttpOptions { Parallel = 2, ParallelPerHost = 1, StallTimeout = TimeSpan.FromMilliseconds(700), Time = Time });
        await Task.WhenAll(
            transport.FetchAsync(NewTransfer(Server.Url("/one"), null, "bin"), TestContext.CancellationToken),
            transport.FetchAsync(NewTransfer(Server.Url("/two", "localhost"), null, "bin") with { Target = Folder["two"], Partial = Folder["two.tmp.download"] }, TestContext.CancellationToken));
        Assert.HasCount(4, Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_lets_a_slow_steadyServer_take_longer_than_the_stall_limit()
    {
        Server.Serve("/data.bin", Body, new ServeOptions { ChunkSize = 200_000, ChunkDelay = TimeSpan.FromMilliseconds(100) });
        var watch = Stopwatch.StartNew();
        await FetchAsync("/data.bin", options: new HttpOptions { StallTimeout = TimeSpan.FromMilliseconds(700), Time = Time });
        Assert.IsGreaterThan(TimeSpan.FromMilliseconds(1000), watch.Elapsed);
        Assert.AreEqual(1, Server.Count("/data.bin"));
    }
}
