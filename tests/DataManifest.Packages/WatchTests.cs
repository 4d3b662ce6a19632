using System.Collections.Concurrent;
using System.Text.Json;

namespace DataManifest.Packages;

/// <summary>What watches files: <c>dotnet watch</c>, and Visual Studio's check of whether a project has to be built.</summary>
[TestClass]
public sealed class WatchTests
{
    [TestMethod]
    public async Task Edit_of_the_manifest_under_dotnet_watch_fetches_and_restarts_the_program_with_the_new_dataset()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a"));
        work.WriteProgram("App", """
            Console.WriteLine("has " + string.Join(" and ", Datasets.All.Select(data => data.ReadAllText())));
            Thread.Sleep(Timeout.Infinite);
            """);
        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("TargetFrameworks", "TargetFramework", StringComparison.Ordinal));
        work.Dotnet("App", "restore").MustSucceed();

        using var watch = work.Start("App", "watch", "--non-interactive");
        using var lines = new BlockingCollection<string>();
        watch.OutputDataReceived += (_, line) => lines.Add(line.Data ?? "");
        watch.BeginOutputReadLine();
        try
        {
            Assert.IsTrue(Says("has the a", TimeSpan.FromMinutes(3)));
            work.Write("datasets.toml", work.Read("datasets.toml") + Text.Dataset("b", work.Server.Url("/b.txt"), "the b"));

            // The program runs a moment before its files are watched: an edit may come too early, and then another one must do.
            for (var edits = 0; !Says("has the a and the b", TimeSpan.FromMinutes(1)); edits++)
            {
                Assert.IsLessThan(3, edits, "No edit was seen.");
                work.Write("datasets.toml", work.Read("datasets.toml") + "# edited\n");
            }

            Assert.HasCount(2, work.Server.Requests);
        }
        finally
        {
            watch.Kill(entireProcessTree: true);
            await watch.WaitForExitAsync(CancellationToken.None);
        }

        bool Says(string text, TimeSpan patience)
        {
            using var end = new CancellationTokenSource(patience);
            try
            {
                while (!lines.Take(end.Token).Contains(text, StringComparison.Ordinal))
                {
                }

                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    [TestMethod]
    public async Task Visual_Studio_sees_a_project_as_out_of_date_from_an_edit_of_a_manifest_to_the_next_build()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Write("one.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a"));
        work.Write("two.toml", "");
        work.WriteProgram("App", "Console.WriteLine(1);", properties: "<DataManifestFile>../one.toml;../two.toml</DataManifestFile>");
        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("TargetFrameworks", "TargetFramework", StringComparison.Ordinal));
        work.Dotnet("App", "restore").MustSucceed();

        string[] items = ["Watch", "UpToDateCheckInput", "UpToDateCheckOutput", "AdditionalFiles"];
        using var evaluated = JsonDocument.Parse(work.Dotnet("App", ["msbuild", "-nologo", .. items.Select(item => $"-getItem:{item}")]).MustSucceed().Output);
        string[] manifests = [work.At("one.toml"), work.At("two.toml")];
        Assert.AreSequenceEqual(manifests, Of("Watch"));
        Assert.AreSequenceEqual(manifests, Of("UpToDateCheckInput"));
        Assert.AreSequenceEqual(manifests, Of("AdditionalFiles"));
        var output = Of("UpToDateCheckOutput").Distinct().Single();

        // Its rule: every output is there, and none is older than any input of its set.
        Assert.IsFalse(IsUpToDate(), "Nothing was built.");
        work.Build("App", "--no-restore").MustSucceed();
        Assert.IsTrue(IsUpToDate());
        work.Build("App", "--no-restore").MustSucceed();
        Assert.IsTrue(IsUpToDate());

        File.SetLastWriteTimeUtc(manifests[1], File.GetLastWriteTimeUtc(output).AddMilliseconds(5));
        Assert.IsFalse(IsUpToDate());
        work.Build("App", "--no-restore").MustSucceed();
        Assert.IsTrue(IsUpToDate(), "A build that finds nothing to do must end this too, or there is no end of builds.");

        string[] Of(string item) => [.. evaluated.RootElement.GetProperty("Items").GetProperty(item).EnumerateArray().Select(found => found.GetProperty("Identity").GetString()!)
            .Where(path => path.StartsWith(work.Root, StringComparison.Ordinal))];
        bool IsUpToDate() => File.Exists(output) && manifests.All(manifest => File.GetLastWriteTimeUtc(manifest) <= File.GetLastWriteTimeUtc(output));
    }
}
