using System.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>What may stand where the whole members of a batch wait, in a store that others can write to as well.</summary>
[TestClass]
public sealed class KeptMembersTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("a.csv", 0)]
    [DataRow("proofs", 0)]
    [DataRow("files", 1)]
    [DataRow("members", 2)]
    public async Task FetchAsync_takes_no_link_and_waits_for_no_pipe(string name, int left)
    {
        var manifest = $"[x]\nuris = [\"{_scene.Server.Url("/runs/a.csv")}\", \"{_scene.Server.Url("/runs/b.csv")}\"]\nchecksum = \"{FetchScene.Sha256("AB")}\"\n";
        _scene.Server.Serve("/runs/a.csv", "A");
        _scene.Server.On("/runs/b.csv", async (_, response, token) =>
        {
            await Task.Delay(500, token);
            await response.SendAsync(404, cancellationToken: token);
        });
        Assert.IsTrue((await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).HasFailures);
        var path = Directory.EnumerateFileSystemEntries(_scene.Store, name == "members" ? "*.members" : name, SearchOption.AllDirectories).Single();
        if (name == "proofs")
        {
            File.Delete(path);
            using var mkfifo = Process.Start("mkfifo", path);
            await mkfifo.WaitForExitAsync(TestContext.CancellationToken);
        }
        else
        {
            Directory.Move(path, _scene.Folder["victim"]);
            File.CreateSymbolicLink(path, _scene.Folder["victim"]);
        }

        _scene.Server.Serve("/runs/b.csv", "B");
        var result = (await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).Results.Single();
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.IsTrue(Directory.EnumerateFiles(result.Path).All(file => new FileInfo(file).LinkTarget is null));
        Assert.AreEqual(2, _scene.Server.Count("/runs/a.csv"));
        Assert.AreEqual(name != "proofs", Path.Exists(_scene.Folder["victim"]));
        Assert.AreEqual(left, Directory.Exists(_scene.Folder["victim"]) ? Directory.GetFiles(_scene.Folder["victim"], "*", SearchOption.AllDirectories).Length : 0);
    }
}
