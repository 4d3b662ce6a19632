using DataManifest.Fetching;
using DataManifest.Tool.Output;

namespace DataManifest.Tool;

/// <summary>What a log without a terminal says of a long command.</summary>
[TestClass]
public sealed class ProgressLineTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    [TestMethod]
    public async Task What_goes_on_is_told_of_again_and_again_until_it_ends()
    {
        using var writer = new StringWriter();
        using (var lines = new ProgressLines(new TextOutput(TextWriter.Synchronized(writer), isForPeople: true), Beat))
        {
            lines.Report(new FetchProgress("model", FetchPhase.Transferring, 0, 2048, "example.org"));
            lines.Report(new FetchProgress("model", FetchPhase.Transferring, 512, 2048, "example.org"));
            lines.Report(new FetchProgress("grid", FetchPhase.Waiting, 0, null, "process 7 on vm"));
            await Task.Delay(Beat * 4);
            lines.Report(new FetchProgress("model", FetchPhase.Finished, 2048, 2048, ""));
            lines.Report(new FetchProgress("grid", FetchPhase.Finished, 0, null, ""));
        }

        var text = writer.ToString();
        Assert.Contains("fetching model (2.0 KiB) from example.org", text);
        Assert.Contains("model: 25 % of 2.0 KiB, 2.0 KiB/s", text);
        Assert.Contains("model: 25 % of 2.0 KiB, nothing since the last line", text);
        Assert.Contains("still waiting for process 7 on vm, which works on grid", text);
        await Task.Delay(Beat * 2);
        Assert.AreEqual(text, writer.ToString());
    }
}
