using System.Diagnostics;
using System.Security.Cryptography;
using DataManifest.Diagnostics;
using DataManifest.Fetching.Http;

namespace DataManifest.Fetching;

/// <summary>What may stand where a cut-off download waits, in a store that others can write to as well; and what a server may say to the request for the rest.</summary>
[TestClass]
public sealed class HttpLeftoverTests : HttpTestBase
{
    private string Sidecar => Partial + ".resume";

    private ServeOptions Whole { get; } = new() { ETag = "\"v1\"" };

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [Timeout(60_000, CooperativeCancellation = true)]
    [DataRow("a link in place of the partial")]
    [DataRow("a link to nothing in place of the partial")]
    [DataRow("a folder in place of the partial")]
    [DataRow("a pipe in place of the partial")]
    [DataRow("a link in place of the proof")]
    [DataRow("a folder in place of the proof")]
    [DataRow("a pipe in place of the proof")]
    [DataRow("a proof of 20 GB")]
    [DataRow("more than the whole")]
    [DataRow("a proof that would be a field of the request")]
    public async Task FetchAsync_takes_nothing_that_no_writer_left(string what)
    {
        var victim = Folder.Write("victim/file", Body[..1_000_000]);
        LeavePartial("/data.bin", Body[..1_000_000], "\"v1\"", Body.Length);
        var path = what.Contains("proof", StringComparison.Ordinal) ? Sidecar : Partial;
        switch (what.Split(' ')[1])
        {
            case "link":
                File.Move(path, victim, overwrite: true);
                File.CreateSymbolicLink(path, what.Contains("nothing", StringComparison.Ordinal) ? Folder["victim/none"] : victim);
                break;
            case "folder":
                File.Delete(path);
                Directory.CreateDirectory(path);
                break;
            case "pipe":
                File.Delete(path);
                using (var mkfifo = Process.Start("mkfifo", path))
                {
                    await mkfifo.WaitForExitAsync(TestContext.CancellationToken);
                }

                break;
            case "than":
                File.WriteAllBytes(Partial, RandomNumberGenerator.GetBytes(Body.Length + 1));
                break;
            case "proof" when what.EndsWith("GB", StringComparison.Ordinal):
                using (var huge = new FileStream(Sidecar, FileMode.Open))
                {
                    huge.SetLength(20_000_000_000);
                }

                break;
            default:
                File.WriteAllText(Sidecar, File.ReadAllText(Sidecar).Replace("\"v1\"", "\"v1\"\rX-Other: 1", StringComparison.Ordinal));
                break;
        }

        var before = File.ReadAllBytes(victim);
        Server.Serve("/data.bin", Body, Whole);
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.IsNull(new FileInfo(Target).LinkTarget);
        CollectionAssert.AreEqual(Body, File.ReadAllBytes(Target));
        CollectionAssert.AreEqual(before, File.ReadAllBytes(victim));
        CollectionAssert.AreEqual(new[] { "data", "victim", "victim/file" }, Folder.Entries().ToArray());
        Assert.IsNull(Server.Requests.Single().Header("Range"));
    }

    [TestMethod]
    [DataRow(400)]
    [DataRow(403)]
    [DataRow(412)]
    public async Task FetchAsync_of_a_server_that_refuses_the_rest_asks_for_all(int status)
    {
        LeavePartial("/data.bin", Body[..1_000_000], "\"v1\"", Body.Length);
        Server.On("/data.bin", (request, response, token) => request.Header("Range") is null
            ? LoopbackServer.Static(Body, Whole)(request, response, token)
            : response.SendAsync(status, cancellationToken: token));
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        CollectionAssert.AreEqual(new[] { status, 200 }, Server.Requests.Select(request => request.Status).ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_keeps_what_is_here_while_access_is_refused()
    {
        LeavePartial("/data.bin", Body[..2_000_000], "\"v1\"", Body.Length);
        var isAllowed = false;
        Server.On("/data.bin", (request, response, token) => isAllowed
            ? LoopbackServer.Static(Body, Whole)(request, response, token)
            : response.SendAsync(401, cancellationToken: token));
        await FailsAsync("/data.bin", DiagnosticRules.DownloadRefused);
        isAllowed = true;
        Assert.AreEqual(BodyDigest, (await FetchAsync("/data.bin")).Checksum);
        Assert.AreEqual("bytes=2000000-", Server.Requests[^1].Header("Range"));
    }
}
