using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

/// <summary>Two projects that share a store may declare different digests of one source.</summary>
[TestClass]
public sealed class SharedPlaceTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("new", "new", FetchOutcome.AlreadyPresent, 1)]
    [DataRow("old", "new", FetchOutcome.Fetched, 2)]
    [DataRow("old", "old", FetchOutcome.Failed, 2)]
    public async Task FetchAsync_that_waited_for_another_writer_takes_only_what_is_declared(string first, string second, FetchOutcome outcome, int requests)
    {
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _scene.Server.On(
            "/data.csv",
            async (request, response, token) =>
            {
                arrived.SetResult();
                await go.Task.WaitAsync(token);
                await LoopbackServer.Static(System.Text.Encoding.UTF8.GetBytes(first))(request, response, token);
            },
            LoopbackServer.Static(System.Text.Encoding.UTF8.GetBytes(second)));
        var other = _scene.FetchAsync($"[x]\nuri = \"{_scene.Server.Url("/data.csv")}\"\n", null, TestContext.CancellationToken);
        await arrived.Task.WaitAsync(TestContext.CancellationToken);
        var own = _scene.FetchAsync($"[x]\nuri = \"{_scene.Server.Url("/data.csv")}\"\nchecksum = \"{FetchScene.Sha256("new")}\"\n", null, TestContext.CancellationToken);
        await Task.Delay(500, TestContext.CancellationToken);
        Assert.IsFalse(own.IsCompleted, "waits for the other");
        go.SetResult();
        Assert.AreEqual(FetchOutcome.Fetched, (await other).Results.Single().Outcome);
        var result = (await own).Results.Single();
        Assert.AreEqual(outcome, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(outcome == FetchOutcome.Failed ? DiagnosticRules.ChecksumMismatch : null, result.Error?.Rule);
        Assert.AreEqual(second, File.ReadAllText(_scene.Stored("/data.csv")));
        Assert.AreEqual(requests, _scene.Server.Count("/data.csv"));
    }
}
