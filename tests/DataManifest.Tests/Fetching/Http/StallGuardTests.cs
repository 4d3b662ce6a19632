namespace DataManifest.Fetching.Http;

[TestClass]
public sealed class StallGuardTests
{
    /// <summary>A fault would be reported as the server's, or tried again at a mirror, although somebody wanted to stop.</summary>
    [TestMethod]
    public async Task RunAsync_whoseConnectionBreaksBecauseItIsStopped_isCancelled()
    {
        using var stop = new CancellationTokenSource();
        var run = StallGuard.RunAsync<int>(
            token =>
            {
                stop.Cancel();
                throw new IOException("the connection was closed");
            },
            TimeSpan.FromMinutes(1),
            stop.Token);
        var cancelled = await Assert.ThrowsExactlyAsync<OperationCanceledException>(async () => await run);
        Assert.AreEqual(stop.Token, cancelled.CancellationToken);
    }
}
