using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using DataManifest.Archives;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Http;

namespace DataManifest.Fetching;

[TestClass]
public sealed class HttpHostileTests : HttpTestBase
{
    private HttpOptions Impatient => new() { Time = Time, StallTimeout = TimeSpan.FromMilliseconds(500) };

    [TestMethod]
    public async Task FetchAsync_takes_no_more_than_the_length_that_was_told()
    {
        Server.On("/data.bin", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [("Content-Length", "1000")], cancellationToken: token);
            await response.WriteAsync(Body.AsMemory(0, 1500), token);
        });
        using var transport = new HttpTransport(Impatient);
        foreach (var attempt in new[] { 1, 2 })
        {
            var done = await transport.FetchAsync(NewTransfer(Server.Url("/data.bin"), null, "bin"), TestContext.CancellationToken);
            Assert.AreEqual(DigestOf(Body[..1000]), done.Checksum, $"attempt {attempt}");
        }
    }

    [TestMethod]
    [DataRow("Content-Length", "nonsense")]
    [DataRow("Content-Length", "-5")]
    [DataRow("Content-Length", "99999999999999999999")]
    public async Task FetchAsync_of_a_senseless_length_fails_with_a_code(string name, string value)
    {
        Server.On("/data.bin", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [(name, value)], cancellationToken: token);
            response.Close();
        });
        await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 2, Time = Time });
    }

    [TestMethod]
    public async Task FetchAsync_drops_a_part_that_nobody_asked_for()
    {
        Server.On("/data.bin", (_, response, token) => response.SendAsync(206, Body[..1000], [("Content-Range", "bytes 0-999/3000000")], token));
        await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed);
        Assert.IsEmpty(Folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_drops_several_parts_in_one_answer()
    {
        LeavePartial("/data.bin", Body[..1_000_000], "\"v1\"", Body.Length);
        var multipart = Encoding.ASCII.GetBytes("--x\r\nContent-Range: bytes 1000000-2999999/3000000\r\n\r\nwhatever\r\n--x--\r\n");
        Server.On(
            "/data.bin", (_, response, token) => response.SendAsync(206, multipart, [("Content-Type", "multipart/byteranges; boundary=x")], token), LoopbackServer.Static(Body));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
    }

    [TestMethod]
    [DataRow("bytes 1000000-2999999/4000000")]
    [DataRow("bytes 1000000-1999999/3000000")]
    [DataRow("bytes 1000000-2999998/*")]
    [DataRow("bytes */3000000")]
    [DataRow("items 1000000-2999999/3000000")]
    [DataRow("nonsense")]
    public async Task FetchAsync_drops_a_rest_of_another_content(string range)
    {
        LeavePartial("/data.bin", Body[..1_000_000], "\"v1\"", Body.Length);
        Server.On("/data.bin", (_, response, token) => response.SendAsync(206, Body[1_000_000..], [("Content-Range", range)], token), LoopbackServer.Static(Body));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(new[] { 206, 200 }, Server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    [DataRow("\"v2\"")]
    [DataRow("W/\"v1\"")]
    public async Task FetchAsync_drops_the_rest_of_a_server_that_ignores_the_condition(string tag)
    {
        LeavePartial("/data.bin", RandomNumberGenerator.GetBytes(1_000_000), "\"v1\"", Body.Length);
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = tag, IgnoresIfRange = true });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(new[] { 206, 200 }, Server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    [DataRow("Mon, 01 Jun 2026 10:00:00 GMT", false)]
    [DataRow("Mon, 01 Jun 2020 10:00:00 GMT", true)]
    public async Task FetchAsync_drops_the_rest_of_content_with_another_date(string modified, bool isSame)
    {
        LeavePartial("/data.bin", isSame ? Body[..1_000_000] : new byte[1_000_000], "Mon, 01 Jun 2020 10:00:00 GMT", Body.Length);
        Server.Serve("/data.bin", Body, new ServeOptions { LastModified = modified, IgnoresIfRange = true });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.HasCount(isSame ? 1 : 2, Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_trusts_no_weak_tag()
    {
        var weak = new ServeOptions { ETag = "W/\"v1\"" };
        Serve("/data.bin", weak with { CutAfter = 2_000_000 }, weak);
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.IsNull(Server.Requests[1].Header("Range"));
    }

    [TestMethod]
    public async Task FetchAsync_of_a_condition_that_lied_starts_once_again_when_the_digest_says_so()
    {
        LeavePartial("/data.bin", RandomNumberGenerator.GetBytes(1_000_000), "\"v1\"", Body.Length);
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin", expected: BodyDigest)).Checksum);
        CollectionAssert.AreEqual(new[] { 206, 200 }, Server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task FetchAsync_takes_chunks_with_trailers_and_refuses_those_without_end(bool isWhole)
    {
        Server.On("/data.bin", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [("Transfer-Encoding", "chunked"), ("Trailer", "X-Digest")], cancellationToken: token);
            for (var at = 0; at < Body.Length; at += 1_000_000)
            {
                await response.WriteAsync(Encoding.ASCII.GetBytes("F4240; extension=1\r\n"), token);
                await response.WriteAsync(Body.AsMemory(at, 1_000_000), token);
                await response.WriteAsync("\r\n"u8.ToArray(), token);
            }

            await response.WriteAsync(isWhole ? "0\r\nX-Digest: abc\r\n\r\n"u8.ToArray() : [], token);
            response.Close();
        });
        if (isWhole)
        {
            Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        }
        else
        {
            await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 2, Time = Time });
            Assert.IsEmpty(Folder.Entries());
        }
    }

    [TestMethod]
    [DataRow("5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n", 5)]
    [DataRow("a\r\n0123456789\r\n0\r\n\r\n", 5)]
    [DataRow("a\r\n0123456789\r\n0\r\n\r\n", 10)]
    [DataRow("a\r\n0123456789\r\n0\r\n\r\n", 20)]
    public async Task FetchAsync_of_chunks_with_a_length_beside_them_takes_all_chunks(string body, int told)
    {
        Server.On("/data.bin", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [("Transfer-Encoding", "chunked"), ("Content-Length", $"{told}")], cancellationToken: token);
            await response.WriteAsync(Encoding.ASCII.GetBytes(body), token);
        });
        Assert.AreEqual("sha256:" + Convert.ToHexString(SHA256.HashData("0123456789"u8)).ToLowerInvariant(), (await FetchAsync("/data.bin")).Checksum?.ToString());
    }

    [TestMethod]
    [DataRow(9, "sent 9 of 10 bytes")]
    [DataRow(11, "sent more than the 10 bytes that it told")]
    public async Task SmallBody_of_another_length_than_was_told_is_none(int length, string message)
    {
        using var body = new MemoryStream(new byte[length]);
        var fault = await Assert.ThrowsExactlyAsync<TransientFault>(() => SmallBody.ReadAsync(body, 10, TimeSpan.FromSeconds(10), _ => { }, TestContext.CancellationToken).AsTask());
        Assert.AreEqual(message, fault.Message);
    }

    [TestMethod]
    public async Task FetchAsync_ends_a_coded_body_that_becomes_out_of_proportion()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 300; i++)
            {
                gzip.Write(zeros);
            }
        }

        Server.On("/data.csv", (_, response, token) => response.SendAsync(200, bomb.ToArray(), [("Content-Encoding", "gzip")], token));
        var fault = await FailsAsync("/data.csv", DiagnosticRules.ArchiveTooLarge, new HttpOptions { Time = Time, Limits = new ArchiveLimits { TotalBytes = 20_000_000 } }, "csv");
        StringAssert.Contains(fault.Message, "20000000");
        Assert.IsEmpty(Folder.Entries());
        Assert.AreEqual(1, Server.Count("/data.csv"));
        await FailsAsync("/data.csv", DiagnosticRules.ArchiveTooLarge, format: "csv");
    }

    [TestMethod]
    [DataRow("zstd")]
    [DataRow("gzip, br")]
    public async Task FetchAsync_refuses_a_coding_that_it_does_not_know(string coding)
    {
        Server.On("/data.csv", (_, response, token) => response.SendAsync(200, Body, [("Content-Encoding", coding)], token));
        await FailsAsync("/data.csv", DiagnosticRules.DownloadRefused, format: "csv");
    }

    [TestMethod]
    [DataRow("gzip, chunked")]
    [DataRow("deflate, chunked")]
    public async Task FetchAsync_refuses_a_coding_of_the_transfer_that_nobody_undoes(string coding)
    {
        Server.On("/data.csv", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [("Transfer-Encoding", coding)], cancellationToken: token);
            await response.WriteAsync("5\r\ncoded\r\n0\r\n\r\n"u8.ToArray(), token);
        });
        await FailsAsync("/data.csv", DiagnosticRules.DownloadRefused, format: "csv");
    }

    [TestMethod]
    [DataRow(206)]
    [DataRow(200)]
    public async Task FetchAsync_puts_no_coded_rest_behind_a_plain_beginning(int status)
    {
        LeavePartial("/data.csv", Body[..1_000_000], "\"v1\"", Body.Length);
        using var coded = new MemoryStream();
        using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(status == 206 ? Body[1_000_000..] : Body);
        }

        Server.On(
            "/data.csv",
            (_, response, token) => response.SendAsync(
                status, coded.ToArray(), [("ETag", "\"v1\""), ("Content-Encoding", "gzip"), .. status == 206 ? [("Content-Range", "bytes 1000000-2999999/3000000")] : Array.Empty<(string, string)>()], token),
            LoopbackServer.Static(Body));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.csv", format: "csv")).Checksum);
        CollectionAssert.AreEqual(Body, File.ReadAllBytes(Target));
    }

    [TestMethod]
    [DataRow("bytes */100")]
    [DataRow("bytes */1000000")]
    [DataRow("bytes */*")]
    [DataRow("")]
    public async Task FetchAsync_whose_rest_cannot_be_had_starts_from_zero(string range)
    {
        LeavePartial("/data.bin", Body[..1_000_000], "\"v1\"", Body.Length);
        Server.On("/data.bin", (_, response, token) => response.SendAsync(416, null, range.Length > 0 ? [("Content-Range", range)] : [], token), LoopbackServer.Static(Body));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(new[] { 416, 200 }, Server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    [DataRow("\"v1\"\n3000000\n-5\n", DisplayName = "noted a place before the beginning")]
    [DataRow("\"v1\"\n3000000\n5000000\n", DisplayName = "noted a place behind the end")]
    [DataRow("\"v1\"\n-3000000\n", DisplayName = "a size below zero")]
    [DataRow("\"v1\"\n100\n", DisplayName = "less in all than is here")]
    [DataRow("\n3000000\n", DisplayName = "no validator")]
    [DataRow("\"v\u00e9\"\n3000000\n", DisplayName = "a validator that no request can have")]
    [DataRow("\"v1\"\0\n3000000\n", DisplayName = "a zero byte")]
    [DataRow("", DisplayName = "nothing")]
    public async Task FetchAsync_of_a_partial_with_a_garbled_proof_takes_the_content_all_the_same(string proof)
    {
        LeavePartial("/data.bin", Body[..1_000_000], "\"v1\"", Body.Length);
        var source = File.ReadAllLines(Partial + ".resume")[0];
        File.WriteAllText(Partial + ".resume", $"{source}\n{proof}");
        Server.Serve("/data.bin", Body, new ServeOptions { ETag = "\"v1\"" });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(new[] { "data" }, Folder.Entries().ToArray());
    }

    [TestMethod]
    [DataRow("\"v\u00e9\"")]
    [DataRow("\"two words, and \\ more\"")]
    [DataRow("without-quotes")]
    public async Task FetchAsync_of_a_tag_with_odd_characters_goes_on_or_begins_again(string tag)
    {
        var odd = new ServeOptions { ETag = tag };
        Serve("/data.bin", odd with { CutAfter = 2_000_000 }, odd);
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.HasCount(2, Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_goes_on_when_the_connection_is_reset_in_the_middle()
    {
        Server.On(
            "/data.bin",
            async (_, response, token) =>
            {
                await response.WriteHeadAsync(200, [("Content-Length", $"{Body.Length}"), ("ETag", "\"v1\"")], cancellationToken: token);
                await response.WriteAsync(Body.AsMemory(0, 2_000_000), token);
                await Task.Delay(100, token);
                response.Reset();
            },
            LoopbackServer.Static(Body, new ServeOptions { ETag = "\"v1\"" }));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
    }

    [TestMethod]
    [DataRow("4611686018427387904")]
    [DataRow("9223372036854775807")]
    public async Task FetchAsync_of_an_impossible_length_finds_no_room_for_it(string length)
    {
        Server.On("/data.bin", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [("Content-Length", length)], cancellationToken: token);
            response.Close();
        });
        StringAssert.Contains((await FailsAsync("/data.bin", DiagnosticRules.DiskFull)).Message, length);
        Assert.IsEmpty(Folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_takes_the_name_from_nobody_but_the_manifest()
    {
        Server.On("/data.bin", (_, response, token) => response.SendAsync(200, Body, [("Content-Disposition", "attachment; filename=\"../../evil\"")], token));
        await FetchAsync("/data.bin");
        CollectionAssert.AreEqual(new[] { "data" }, Folder.Entries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_waits_through_interim_answers()
    {
        Server.On("/data.bin", async (_, response, token) =>
        {
            await response.WriteHeadAsync(103, [("Link", "</style.css>; rel=preload")], cancellationToken: token);
            await response.SendAsync(200, Body, cancellationToken: token);
        });
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
    }

    [TestMethod]
    public async Task FetchAsync_ends_a_head_that_drips_without_end()
    {
        Server.On(
            "/data.bin", async (_, response, token) =>
            {
                while (true)
                {
                    await response.WriteAsync("H"u8.ToArray(), token);
                    await Task.Delay(50, token);
                }
            },
            LoopbackServer.Static(Body));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin", options: Impatient)).Checksum);
    }

    [TestMethod]
    public async Task FetchAsync_ends_a_head_of_endless_size()
    {
        Server.On("/data.bin", (_, response, token) => response.SendAsync(200, Body, [("X-Large", new string('x', 2_000_000))], token));
        await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed, new HttpOptions { Attempts = 2, Time = Time });
    }

    [TestMethod]
    public async Task FetchAsync_repeats_when_the_connection_is_reset()
    {
        Server.On("/data.bin", (_, response, _) =>
        {
            response.Reset();
            return Task.CompletedTask;
        }, LoopbackServer.Static(Body));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
    }

    [TestMethod]
    public async Task FetchAsync_from_an_address_of_version_six()
    {
        await using var server = LoopbackServer.Start(address: IPAddress.IPv6Loopback);
        server.Serve("/data.bin", Body);
        Assert.AreEqual(BodyDigest, (await FetchUrlAsync(server.Url("/data.bin", "[::1]"))).Checksum);
    }

    [TestMethod]
    public async Task FetchAsync_waits_until_the_date_that_the_server_names()
    {
        var now = DateTimeOffset.UtcNow;
        Server.On(
            "/data.bin", (_, response, token) => response.SendAsync(
                503, null, [("Date", now.ToString("r", CultureInfo.InvariantCulture)), ("Retry-After", now.AddSeconds(90).ToString("r", CultureInfo.InvariantCulture))], token),
            LoopbackServer.Static(Body));
        await FetchAsync("/data.bin");
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(90), Time.Waits.Single());
    }

    [TestMethod]
    [DataRow("-5")]
    [DataRow("soon")]
    [DataRow("Mon, 01 Jun 2020 10:00:00 GMT")]
    public async Task FetchAsync_of_a_senseless_wish_to_be_left_alone_waits_as_usual(string wish)
    {
        Server.On("/data.bin", (_, response, token) => response.SendAsync(502, null, [("Retry-After", wish)], token), LoopbackServer.Static(Body));
        await FetchAsync("/data.bin");
        Assert.IsLessThanOrEqualTo(TimeSpan.FromMilliseconds(250), Time.Waits.Single());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_chain_of_redirects_within_the_limit_arrives()
    {
        for (var i = 0; i < 20; i++)
        {
            Redirect($"/{i}", $"/{i + 1}");
        }

        Server.Serve("/20", Body);
        Assert.AreEqual(BodyDigest, (await FetchAsync("/0")).Checksum);
    }
}
