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
public sealed class HttpTransportTests : IDisposable
{
    private static readonly byte[] Body = RandomNumberGenerator.GetBytes(3_000_000);
    private static readonly Checksum BodyDigest = DigestOf(Body);

    private readonly ScratchFolder _folder = new();
    private readonly LoopbackServer _server = LoopbackServer.Start();
    private readonly InstantTime _time = new();

    public TestContext TestContext { get; set; } = null!;

    private string Target => _folder["data"];

    private string Partial => _folder["data.tmp.download"];

    public void Dispose()
    {
        _folder.Dispose();
        _server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    public async Task FetchAsync_stores_the_body_and_its_digest()
    {
        _server.Serve("/data.bin", Body);
        var done = await FetchAsync("/data.bin");
        Assert.AreEqual(BodyDigest, done.Checksum);
        Assert.AreEqual(Body.Length, done.Bytes);
        CollectionAssert.AreEqual(Body, File.ReadAllBytes(Target));
        Assert.AreEqual("identity", _server.Requests[0].Header("Accept-Encoding"));
        StringAssert.StartsWith(_server.Requests[0].Header("User-Agent"), "DataManifest.Build/");
        Assert.HasCount(1, _folder.Entries());
    }

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
        Assert.IsLessThanOrEqualTo(Body.Length + (1L << 20), _server.Requests.Sum(request => request.BytesSent));
        if (cut > 0)
        {
            Assert.AreEqual($"bytes={cut}-", _server.Requests[1].Header("Range"));
            Assert.AreEqual("\"v1\"", _server.Requests[1].Header("If-Range"));
        }

        Assert.HasCount(1, _folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_goes_on_with_what_an_earlier_run_left()
    {
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"", CutAfter = 1_000_000, Ranges = true });
        await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 1, Time = _time });
        Assert.AreEqual(1_000_000, new FileInfo(Partial).Length);
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.AreEqual("bytes=1000000-", _server.Requests[^1].Header("Range"));
        Assert.HasCount(1, _folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_goes_on_with_what_a_killed_process_left()
    {
        using (var gone = Process.Start(OperatingSystem.IsWindows() ? "hostname" : "true"))
        {
            await gone.WaitForExitAsync(TestContext.CancellationToken);
            var etag = new ServeOptions { ETag = "\"v1\"", CutAfter = 1_000_000 };
            _server.Serve("/data.bin", Body, etag);
            await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 1, Time = _time });
            var left = $"{Partial}.{gone.Id}-0123456789ab.part";
            File.Move(Partial, left);
            File.Move(Partial + ".resume", left + ".resume");
            _folder.Write($"data.tmp.download.{gone.Id}-0123456789ac.part", "cannot be resumed");
            _folder.Write($"data.tmp.download.{gone.Id}-0123456789ad.part.resume", "proof of nothing");
            Staging.Recover(new EntryPaths(Target));
        }

        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.AreEqual("bytes=1000000-", _server.Requests[^1].Header("Range"));
        Assert.HasCount(1, _folder.Entries());
    }

    [TestMethod]
    public async Task Recover_leaves_the_partial_of_a_living_writer_alone()
    {
        var others = _folder.Write($"data.tmp.download.{Environment.ProcessId}-0123456789ab.part", "not mine");
        Staging.Recover(new EntryPaths(Target));
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        await FetchAsync("/data.bin");
        Assert.AreEqual("not mine", File.ReadAllText(others));
    }

    [TestMethod]
    public async Task FetchAsync_of_two_writers_that_no_lock_keeps_apart_mixes_nothing()
    {
        var other = RandomNumberGenerator.GetBytes(Body.Length);
        var slow = new ServeOptions { ETag = "\"v1\"", ChunkDelay = TimeSpan.FromMilliseconds(5) };
        _server.On("/data.bin", LoopbackServer.Static(Body, slow), LoopbackServer.Static(other, slow with { ETag = "\"v2\"" }));
        using var transport = new HttpTransport(new HttpOptions());
        var transfer = NewTransfer(_server.Url("/data.bin"), null, "bin");
        var first = transport.FetchAsync(transfer with { Target = _folder["first"] }, TestContext.CancellationToken);
        var second = transport.FetchAsync(transfer with { Target = _folder["second"] }, TestContext.CancellationToken);
        foreach (var (done, file) in new[] { (await first, "first"), (await second, "second") })
        {
            Assert.AreEqual(DigestOf(File.ReadAllBytes(_folder[file])), done.Checksum);
            CollectionAssert.Contains(new[] { BodyDigest, DigestOf(other) }, done.Checksum);
        }
    }

    [TestMethod]
    public async Task FetchAsync_without_a_length_never_resumes()
    {
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"", Length = false, CutAfter = 1_000_000 });
        var done = await FetchAsync("/data.bin", expected: BodyDigest);
        Assert.AreNotEqual(BodyDigest, done.Checksum);
        Assert.IsFalse(File.Exists(Partial));
    }

    [TestMethod]
    public async Task FetchAsync_of_a_partial_that_is_complete_needs_no_body()
    {
        LeavePartial("/data.bin", Body, "\"v1\"", Body.Length);
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin", expected: BodyDigest)).Checksum);
        Assert.AreEqual(416, _server.Requests.Single().Status);
    }

    [TestMethod]
    public async Task FetchAsync_of_a_complete_but_wrong_partial_starts_once_again()
    {
        var wrong = (byte[])Body.Clone();
        wrong[17] ^= 1;
        LeavePartial("/data.bin", wrong, "\"v1\"", wrong.Length);
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin", expected: BodyDigest)).Checksum);
        CollectionAssert.AreEqual(new[] { 416, 200 }, _server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task FetchAsync_of_content_that_changed_starts_from_zero(bool ranges)
    {
        LeavePartial("/data.bin", RandomNumberGenerator.GetBytes(500_000), "\"v1\"", 4_000_000);
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v2\"", Ranges = ranges });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(Body, File.ReadAllBytes(Target));
    }

    [TestMethod]
    public async Task FetchAsync_drops_a_range_that_begins_elsewhere()
    {
        LeavePartial("/data.bin", Body[..500_000], "\"v1\"", Body.Length);
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"", RangeSkew = 1 });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(new[] { 206, 200 }, _server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_does_not_extend_what_another_source_left()
    {
        LeavePartial("/other.bin", RandomNumberGenerator.GetBytes(500_000), "\"v1\"", Body.Length);
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.IsNull(_server.Requests.Single().Header("Range"));
    }

    [TestMethod]
    [DataRow("gzip")]
    [DataRow("deflate")]
    [DataRow("br")]
    public async Task FetchAsync_decodes_a_coding_exactly_once(string coding)
    {
        var coded = new ServeOptions { Encoding = coding, ETag = "\"v1\"" };
        Serve("/data.csv", coded with { CutAfter = 1_000_000 }, coded);
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.csv", format: "csv")).Checksum);
        Assert.IsNull(_server.Requests[1].Header("Range"));
    }

    [TestMethod]
    [DataRow("gzip")]
    [DataRow("deflate")]
    [DataRow("br")]
    public async Task FetchAsync_refuses_a_coded_body_whose_end_is_missing(string coding)
    {
        _server.Serve("/whole.csv", Body, new ServeOptions { Encoding = coding });
        await FetchAsync("/whole.csv", format: "csv");
        var length = (int)_server.Requests[0].BytesSent;
        File.Delete(Target);
        foreach (var missing in new[] { 1, 2, 4, 7, 8, 9, 1000 })
        {
            _server.Serve("/data.csv", Body, new ServeOptions { Encoding = coding, Length = false, CutAfter = length - missing });
            await FailsAsync("/data.csv", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 1, Time = _time }, "csv");
        }
    }

    [TestMethod]
    public async Task FetchAsync_shows_a_sink_every_byte_once_also_those_of_an_earlier_run_and_after_a_cut()
    {
        LeavePartial("/data.bin", Body[..400_000], "\"v1\"", Body.Length);
        var healthy = new ServeOptions { ETag = "\"v1\"" };
        Serve("/data.bin", healthy with { CutAfter = 900_000 }, healthy);
        var sink = new CollectingSink();
        using var transport = new HttpTransport(new HttpOptions { Time = _time });
        var done = await transport.FetchAsync(NewTransfer(_server.Url("/data.bin"), BodyDigest, "bin") with { Sink = sink }, TestContext.CancellationToken);
        Assert.AreEqual(BodyDigest, done.Checksum);
        Assert.AreEqual(1, sink.Restarts);
        CollectionAssert.AreEqual(Body, sink.Bytes.ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_restarts_the_sink_when_what_it_saw_is_no_part_of_the_content()
    {
        Serve("/data.bin", new ServeOptions { ETag = "\"v0\"", CutAfter = 900_000 }, new ServeOptions { ETag = "\"v1\"" });
        var sink = new CollectingSink();
        using var transport = new HttpTransport(new HttpOptions { Time = _time });
        await transport.FetchAsync(NewTransfer(_server.Url("/data.bin"), BodyDigest, "bin") with { Sink = sink }, TestContext.CancellationToken);
        Assert.AreEqual(2, sink.Restarts);
        CollectionAssert.AreEqual(Body, sink.Bytes.ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_ends_with_what_its_sink_throws()
    {
        Serve("/data.bin", new ServeOptions { ETag = "\"v1\"" });
        using var transport = new HttpTransport(new HttpOptions { Time = _time });
        var fault = await Assert.ThrowsExactlyAsync<FetchFaultException>(() => transport.FetchAsync(
            NewTransfer(_server.Url("/data.bin"), BodyDigest, "bin") with { Sink = new CollectingSink { Limit = 1_000_000 } }, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticRules.DamagedArchive, fault.Rule);
        Assert.AreEqual(1, _server.Count("/data.bin"));
        Assert.IsEmpty(_folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_of_nothing_is_an_empty_file()
    {
        _server.Serve("/empty", []);
        var done = await FetchAsync("/empty");
        Assert.AreEqual("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", done.Checksum!.Hex);
        Assert.AreEqual(0, new FileInfo(Target).Length);
    }

    [TestMethod]
    [DataRow("text/html", "<p>please sign in</p>")]
    [DataRow("application/octet-stream", "\n<!DOCTYPE html><p>please sign in</p>")]
    public async Task FetchAsync_refuses_a_web_page_unless_it_is_wanted(string type, string page)
    {
        _server.Serve("/data.zip", page, new ServeOptions { ContentType = type });
        var fault = await FailsAsync("/data.zip", DiagnosticRules.WebPageInsteadOfData, format: "zip");
        StringAssert.Contains(fault.Message, "looks like a web page");
        Assert.IsEmpty(_folder.Entries());
        await FetchAsync("/data.zip", expected: DigestOf(Encoding.UTF8.GetBytes(page)), format: "zip");
        await FetchAsync("/data.zip", format: "HTML");
    }

    [TestMethod]
    public async Task FetchAsync_repeats_a_busy_server_after_growing_waits()
    {
        LoopbackHandler busy = (_, response, token) => response.SendAsync(502, cancellationToken: token);
        _server.On("/data.bin", busy, busy, (_, response, token) => response.SendAsync(200, Body, cancellationToken: token));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.HasCount(2, _time.Waits);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromMilliseconds(250), _time.Waits[0]);
        Assert.IsLessThanOrEqualTo(TimeSpan.FromMilliseconds(500), _time.Waits[1]);
    }

    [TestMethod]
    [DataRow(1, 0.0, 0)]
    [DataRow(1, 1.0, 250)]
    [DataRow(2, 1.0, 500)]
    [DataRow(5, 0.5, 2000)]
    [DataRow(1000, 1.0, 60_000)]
    public void After_doubles_the_ceiling_up_to_a_minute(int failures, double random, int milliseconds) =>
        Assert.AreEqual(TimeSpan.FromMilliseconds(milliseconds), RetryDelay.After(new TransientFault("fails"), failures, random));

    [TestMethod]
    public async Task FetchAsync_waits_at_least_as_long_as_the_server_asks()
    {
        _server.On(
            "/data.bin", (_, response, token) => response.SendAsync(429, headers: [("Retry-After", "2")], cancellationToken: token),
            (_, response, token) => response.SendAsync(200, Body, cancellationToken: token));
        await FetchAsync("/data.bin");
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(2), _time.Waits.Single());
    }

    [TestMethod]
    public async Task FetchAsync_gives_up_a_server_that_wants_to_be_left_alone_for_long()
    {
        _server.On("/data.bin", (_, response, token) => response.SendAsync(503, headers: [("Retry-After", "3600")], cancellationToken: token));
        var fault = await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed);
        StringAssert.Contains(fault.Message, "60 minutes");
        Assert.AreEqual(1, _server.Count("/data.bin"));
    }

    [TestMethod]
    public async Task FetchAsync_gives_up_after_five_attempts_without_progress()
    {
        _server.On("/data.bin", (_, response, token) => response.SendAsync(500, cancellationToken: token));
        var fault = await FailsAsync("/data.bin?token=abc123", DiagnosticRules.DownloadFailed);
        Assert.AreEqual(5, _server.Count("/data.bin"));
        StringAssert.Contains(fault.Message, "500");
        Assert.IsFalse(fault.Message.Contains("abc123", StringComparison.Ordinal), fault.Message);
    }

    [TestMethod]
    [DataRow(400)]
    [DataRow(401)]
    [DataRow(403)]
    [DataRow(404)]
    [DataRow(202)]
    public async Task FetchAsync_asks_once_when_the_answer_is_final(int status)
    {
        _server.On("/data.bin", (_, response, token) => response.SendAsync(status, Body, cancellationToken: token));
        var fault = await FailsAsync("/data.bin", DiagnosticRules.DownloadRefused);
        StringAssert.Contains(fault.Message, status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.AreEqual(1, _server.Count("/data.bin"));
        Assert.IsEmpty(_folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_ends_a_redirect_loop_and_shows_it()
    {
        Redirect("/a", _server.Url("/b?token=hush"));
        Redirect("/b", "/a");
        var fault = await FailsAsync("/a", DiagnosticRules.BadRedirect);
        StringAssert.Contains(fault.Message, "/a -> ");
        Assert.IsFalse(fault.Message.Contains("hush", StringComparison.Ordinal), fault.Message);
        Assert.HasCount(21, _server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_sends_credentials_only_where_they_belong()
    {
        _server.Serve("/data.bin", Body);
        Redirect("/here", "/data.bin");
        Redirect("/there", _server.Url("/data.bin", "localhost"));
        await FetchUrlAsync(_server.Url("/here").Replace("//", "//me:p%40ss@", StringComparison.Ordinal));
        await FetchUrlAsync(_server.Url("/there").Replace("//", "//me:p%40ss@", StringComparison.Ordinal));
        var basic = "Basic " + Convert.ToBase64String("me:p@ss"u8);
        CollectionAssert.AreEqual(new[] { basic, basic, basic, null }, _server.Requests.Select(request => request.Header("Authorization")).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_of_sources_that_lead_to_one_host_takes_no_wait_for_a_stall()
    {
        _server.Serve("/data.bin", Body, new ServeOptions { ChunkSize = 200_000, ChunkDelay = TimeSpan.FromMilliseconds(120) });
        Redirect("/one", _server.Url("/data.bin"));
        Redirect("/two", _server.Url("/data.bin"));
        using var transport = new HttpTransport(new HttpOptions { Parallel = 2, ParallelPerHost = 1, StallTimeout = TimeSpan.FromMilliseconds(700), Time = _time });
        await Task.WhenAll(
            transport.FetchAsync(NewTransfer(_server.Url("/one"), null, "bin"), TestContext.CancellationToken),
            transport.FetchAsync(NewTransfer(_server.Url("/two", "localhost"), null, "bin") with { Target = _folder["two"], Partial = _folder["two.tmp.download"] }, TestContext.CancellationToken));
        Assert.HasCount(4, _server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_sends_further_fields_anew_at_each_attempt_and_to_no_other_server()
    {
        Redirect("/data.bin", _server.Url("/moved", "localhost"));
        _server.On("/moved", (_, response, token) => response.SendAsync(502, cancellationToken: token), LoopbackServer.Static(Body));
        var asked = 0;
        using var transport = new HttpTransport(new HttpOptions { Time = _time });
        await transport.FetchAsync(
            NewTransfer(_server.Url("/data.bin").Replace("//", "//me:pw@", StringComparison.Ordinal), null, "bin") with
            {
                Headers = _ => new([new("Authorization", $"Bearer {++asked}"), new("X-Kind", "a")]),
            }, TestContext.CancellationToken);
        CollectionAssert.AreEqual(new[] { "Bearer 1", null, "Bearer 2", null }, _server.Requests.Select(request => request.Header("Authorization")).ToArray());
        CollectionAssert.AreEqual(new[] { "a", null, "a", null }, _server.Requests.Select(request => request.Header("X-Kind")).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_never_shows_user_names_and_passwords()
    {
        var fault = await FailsUrlAsync(_server.Url("/none").Replace("//", "//me:secret@", StringComparison.Ordinal), DiagnosticRules.DownloadRefused);
        Assert.IsFalse(fault.ToString().Contains("secret", StringComparison.Ordinal), fault.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_trusts_no_self_signed_certificate()
    {
        using var key = ECDsa.Create();
        using var bare = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pkcs12), null);
        await using var secure = LoopbackServer.Start(certificate);
        secure.Serve("/data.bin", Body);
        var fault = await FailsUrlAsync(secure.Url("/data.bin"), DiagnosticRules.UntrustedServer);
        StringAssert.Contains(fault.Message, "127.0.0.1");
        Assert.IsEmpty(_time.Waits);
        Assert.IsEmpty(secure.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_repeats_when_the_server_falls_silent()
    {
        var healthy = new ServeOptions { ETag = "\"v1\"" };
        Serve("/data.bin", healthy with { StallAfter = 1_500_000 }, healthy);
        var done = await FetchAsync("/data.bin", options: new HttpOptions { StallTimeout = TimeSpan.FromMilliseconds(300), Time = _time });
        Assert.AreEqual(BodyDigest, done.Checksum);
        Assert.AreEqual("bytes=1500000-", _server.Requests[1].Header("Range"));
    }

    [TestMethod]
    public async Task FetchAsync_lets_a_slow_steady_server_take_longer_than_the_stall_limit()
    {
        _server.Serve("/data.bin", Body, new ServeOptions { ChunkSize = 200_000, ChunkDelay = TimeSpan.FromMilliseconds(100) });
        var watch = Stopwatch.StartNew();
        await FetchAsync("/data.bin", options: new HttpOptions { StallTimeout = TimeSpan.FromMilliseconds(700), Time = _time });
        Assert.IsGreaterThan(TimeSpan.FromMilliseconds(1000), watch.Elapsed);
        Assert.AreEqual(1, _server.Count("/data.bin"));
    }

    [TestMethod]
    public async Task FetchAsync_that_is_cancelled_ends_within_two_seconds_and_can_be_resumed()
    {
        _server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"", StallAfter = 1_500_000 });
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        using var transport = new HttpTransport(new HttpOptions());
        var transfer = NewTransfer(_server.Url("/data.bin"), null, "bin") with
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

    [TestMethod]
    public void From_a_full_disk_tells_needed_and_free_bytes_and_the_volume()
    {
        var fault = StoreFault.From(new IOException("full", 28), _folder["data"], 123_456);
        Assert.AreEqual(DiagnosticRules.DiskFull, fault.Rule);
        StringAssert.Matches(fault.Message, new System.Text.RegularExpressions.Regex(@"123456 bytes are needed, \d+ bytes are free on /"));
    }

    [TestMethod]
    [DataRow("https://me:pw@host/x?a=1", "https://host/x?a=1")]
    [DataRow("https://host/x?X-Amz-Signature=abc&b=2", "https://host/x?X-Amz-Signature=***&b=2")]
    [DataRow("https://host/x?access_token=abc#t", "https://host/x?access_token=***#t")]
    public void Of_hides_secrets(string url, string shown) => Assert.AreEqual(shown, SafeUrl.Of(url));

    private static Checksum DigestOf(byte[] bytes) => new("sha256", Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant());

    private void Serve(string path, params ServeOptions[] answers) =>
        _server.On(path, [.. answers.Select(options => LoopbackServer.Static(Body, options))]);

    private void Redirect(string path, string location) =>
        _server.On(path, (_, response, token) => response.SendAsync(302, headers: [("Location", location)], cancellationToken: token));

    private void LeavePartial(string path, byte[] content, string validator, long total)
    {
        File.WriteAllBytes(Partial, content);
        var source = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(_server.Url(path))));
        File.WriteAllText(Partial + ".resume", $"{source}\n{validator}\n{total}\n");
    }

    private Transfer NewTransfer(string url, Checksum? expected, string format) => new(url, Target, Partial, "sha256", expected, format);

    private Task<Transferred> FetchAsync(string path, Checksum? expected = null, string format = "bin", HttpOptions? options = null) =>
        FetchUrlAsync(_server.Url(path), expected, format, options);

    private async Task<Transferred> FetchUrlAsync(string url, Checksum? expected = null, string format = "bin", HttpOptions? options = null)
    {
        using var transport = new HttpTransport(options ?? new HttpOptions { Time = _time });
        return await transport.FetchAsync(NewTransfer(url, expected, format), TestContext.CancellationToken);
    }

    private Task<FetchFaultException> FailsAsync(string path, DiagnosticRule rule, HttpOptions? options = null, string format = "bin") =>
        FailsUrlAsync(_server.Url(path), rule, options, format);

    private async Task<FetchFaultException> FailsUrlAsync(string url, DiagnosticRule rule, HttpOptions? options = null, string format = "bin")
    {
        var fault = await Assert.ThrowsExactlyAsync<FetchFaultException>(() => FetchUrlAsync(url, null, format, options));
        Assert.AreEqual(rule, fault.Rule, fault.Message);
        Assert.IsFalse(File.Exists(Target));
        return fault;
    }

    private sealed class CollectingSink : IContentSink
    {
        public MemoryStream Bytes { get; } = new();

        public int Restarts { get; private set; }

        public int Limit { get; init; } = int.MaxValue;

        public ValueTask RestartAsync(CancellationToken cancellationToken)
        {
            Restarts++;
            Bytes.SetLength(0);
            return default;
        }

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            await Bytes.WriteAsync(bytes, cancellationToken);
            if (Bytes.Length > Limit)
            {
                throw new FetchFaultException(DiagnosticRules.DamagedArchive, "damaged");
            }
        }
    }
}
