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
public sealed class HttpSinkTests : HttpTestBase
{
    [TestMethod]
    public async Task FetchAsync_shows_a_sink_every_byte_once_also_those_of_an_earlier_run_and_after_a_cut()
    {
        LeavePartial("/data.bin", Body[..400_000], "\"v1\"", Body.Length);
        var healthy = new ServeOptions { ETag = "\"v1\"" };
        Serve("/data.bin", healthy with { CutAfter = 900_000 }, healthy);
        var sink = new CollectingSink();
        using var transport = new HttpTransport(new HttpOptions { Time = Time });
        var done = await transport.FetchAsync(NewTransfer(Server.Url("/data.bin"), BodyDigest, "bin") with { Sink = sink }, TestContext.CancellationToken);
        Assert.AreEqual(BodyDigest, done.Checksum);
        Assert.AreEqual(1, sink.Restarts);
        CollectionAssert.AreEqual(Body, sink.Bytes.ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_restarts_the_sink_when_what_it_saw_is_no_part_of_the_content()
    {
        Serve("/data.bin", new ServeOptions { ETag = "\"v0\"", CutAfter = 900_000 }, new ServeOptions { ETag = "\"v1\"" });
        var sink = new CollectingSink();
        using var transport = new HttpTransport(new HttpOptions { Time = Time });
        await transport.FetchAsync(NewTransfer(Server.Url("/data.bin"), BodyDigest, "bin") with { Sink = sink }, TestContext.CancellationToken);
        Assert.AreEqual(2, sink.Restarts);
        CollectionAssert.AreEqual(Body, sink.Bytes.ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_ends_with_what_its_sink_throws()
    {
        Serve("/data.bin", new ServeOptions { ETag = "\"v1\"" });
        using var transport = new HttpTransport(new HttpOptions { Time = Time });
        var fault = await Assert.ThrowsExactlyAsync<FetchFaultException>(() => transport.FetchAsync(
            NewTransfer(Server.Url("/data.bin"), BodyDigest, "bin") with { Sink = new CollectingSink { Limit = 1_000_000 } }, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticRules.DamagedArchive, fault.Rule);
        Assert.AreEqual(1, Server.Count("/data.bin"));
        Assert.IsEmpty(Folder.Entries());
    }
}
