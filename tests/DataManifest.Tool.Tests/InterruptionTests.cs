using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DataManifest.Tool;

/// <summary>Ctrl-C while data are on their way.</summary>
[TestClass]
public sealed class InterruptionTests
{
    [TestMethod]
    [DataRow(2, "INT")]
    [DataRow(15, "TERM")]
    public async Task Interrupted_download_ends_within_two_seconds_without_a_stack_trace_and_goes_on_the_next_time(int signal, string name)
    {
        using var ground = new Playground();
        await using var server = LoopbackServer.Start();
        var body = new byte[3_000_000];
        server.On("/big.bin", LoopbackServer.Static(body, new ServeOptions { StallAfter = 2_000_000, ETag = "\"1\"" }), LoopbackServer.Static(body, new ServeOptions { ETag = "\"1\"" }));
        ground.Write("proj/datamanifest.toml", $"[big]\nuri = \"{server.Url("/big.bin")}\"\n");

        using var process = ToolProcess.Start(ground.Project, ground.Environment, "download");
        var error = process.StandardError.ReadToEndAsync();
        while (server.Requests is not [{ BytesSent: >= 2_000_000 }])
        {
            Assert.IsFalse(process.HasExited, "It ended before it was interrupted.");
            await Task.Delay(20);
        }

        await Task.Delay(500);
        var watch = Stopwatch.StartNew();
        Assert.AreEqual(0, Kill(process.Id, signal), name);
        Assert.IsTrue(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Console.WriteLine($"Gone {watch.ElapsedMilliseconds} ms after the signal.");
        Assert.IsLessThan(6, watch.Elapsed.TotalSeconds, "two seconds, and what a busy machine adds");

        // Two seconds after the signal the command line's own clock ends the process without a word, so these words are the proof that the download took less.
        Assert.Contains("Cancelled.", await error);
        Assert.AreEqual(ExitCode.Cancelled, process.ExitCode, await error);
        Assert.DoesNotContain("   at ", await error);
        CollectionAssert.AreEquivalent(
            new[] { "big.bin.tmp.download", "big.bin.tmp.download.resume" }, Directory.GetFiles(ground.At("xdata"), "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).ToArray());

        ground.Print("download");
        Assert.IsNotNull(server.Requests[1].Header("Range"));
        Assert.HasCount(1, Directory.GetFiles(ground.At("xdata"), "big.bin", SearchOption.AllDirectories));
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
