using System.IO.Compression;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Http;

namespace DataManifest.Fetching;

/// <summary>Header fields that contradict each other or mean nothing.</summary>
[TestClass]
public sealed class HttpHeadTests : HttpTestBase
{
    private HttpOptions Twice => new() { Attempts = 2, Time = Time };

    [TestMethod]
    [DataRow("5", "7")]
    [DataRow("7", "5")]
    public async Task FetchAsync_of_two_lengths_believes_neither(string first, string second)
    {
        Server.On("/data.bin", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [("Content-Length", first), ("Content-Length", second)], cancellationToken: token);
            await response.WriteAsync("hello"u8.ToArray(), token);
            response.Close();
        });
        await FailsAsync("/data.bin", DiagnosticRules.DownloadFailed, Twice);
        Assert.IsEmpty(Folder.Entries());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_length_and_chunks_goes_by_the_chunks()
    {
        Server.On("/data.bin", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [("Content-Length", "3"), ("Transfer-Encoding", "chunked")], cancellationToken: token);
            await response.WriteAsync("5\r\nhello\r\n0\r\n\r\n"u8.ToArray(), token);
        });
        await FetchAsync("/data.bin");
        Assert.AreEqual("hello", await File.ReadAllTextAsync(Target, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task FetchAsync_of_two_parts_in_one_head_believes_neither()
    {
        LeavePartial("/data.bin", Body[..1_000_000], "\"v1\"", Body.Length);
        Server.On(
            "/data.bin",
            (request, response, token) => request.Header("Range") is null
                ? LoopbackServer.Static(Body)(request, response, token)
                : response.SendAsync(206, Body[..2_000_000], [("Content-Range", "bytes 1000000-2999999/3000000"), ("Content-Range", "bytes 0-1999999/3000000")], token));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(Body, await File.ReadAllBytesAsync(Target, TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("none", false)]
    [DataRow("binary", false)]
    [DataRow("UTF-8", false)]
    [DataRow("aws-chunked", false)]
    [DataRow("gzip, identity", true)]
    [DataRow("aws-chunked,gzip", true)]
    public async Task FetchAsync_undoes_no_coding_that_is_none(string coding, bool isCoded)
    {
        using var coded = new MemoryStream();
        using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Body);
        }

        Server.On("/data.csv", (_, response, token) => response.SendAsync(200, isCoded ? coded.ToArray() : Body, [("Content-Encoding", coding)], token));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.csv", format: "csv")).Checksum);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 404 \u001b[31mred\u0007\r\nContent-Length: 0\r\n\r\n")]
    public async Task FetchAsync_shows_no_control_characters_of_a_server(string head)
    {
        Server.On("/data.bin", (_, response, token) => response.WriteAsync(Encoding.Latin1.GetBytes(head), token));
        Assert.IsFalse((await FailsAsync("/data.bin", DiagnosticRules.DownloadRefused)).Message.Any(char.IsControl));
    }
}
