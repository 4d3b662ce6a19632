using System.Text.RegularExpressions;

namespace DataManifest.Packages;

/// <summary>What docs/ci.md shows, tried: every command as it stands there, in folders laid out like those of its recipes.</summary>
[TestClass]
public sealed partial class CiTests
{
    private static readonly MarkdownPage Page = new("docs/ci.md");

    [TestMethod]
    public async Task Key_names_the_pins_is_printed_alone_and_needs_no_data()
    {
        await using var work = new Workspace();
        var key = Readme.Arguments(Page.Marked("key"));
        Assert.AreSequenceEqual(key, Readme.Arguments(Page.Marked("key-file").Split('>')[0]));
        foreach (var recipe in Page.Blocks("yaml"))
        {
            Assert.Contains($"$({Page.Marked("key").Trim()})", recipe);
        }

        work.Server.Serve("/co2.csv", "data");
        work.WriteProgram("App", "Console.WriteLine(1);", "net10.0;net8.0");
        work.Write("App/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv")));

        var unpinned = Key();
        work.Dotnet("App", Readme.Arguments(Page.Marked("pin"))).MustSucceed();
        var pinned = Key();
        Assert.AreNotEqual(unpinned, pinned);
        work.Write("App/datasets.toml", "# a comment\n" + work.Read("App/datasets.toml"));
        Assert.AreEqual(pinned, Key());
        Assert.HasCount(1, work.Server.Requests);

        string Key()
        {
            var printed = work.Dotnet("App", key).MustSucceed().Output.Trim();
            Assert.MatchesRegex("^[0-9a-f]{64}$", printed);
            return printed;
        }
    }

    [TestMethod]
    public async Task Cache_that_comes_back_saves_the_transfer_and_is_looked_at()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.ReadAllText());");
        work.Write("App/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.SetEnvironment("DATAMANIFEST_DATASETS_DIR", work.At("App/.data"));
        work.SetEnvironment("CI", "true");
        work.Build("App").MustSucceed();

        // Another machine has the manifest and the cache, and nothing else.
        foreach (var folder in (string[])["App/obj", "App/bin", "App/.datamanifest", "../home/.cache"])
        {
            if (Directory.Exists(work.At(folder)))
            {
                Directory.Delete(work.At(folder), recursive: true);
            }
        }

        work.Dotnet("App", Readme.Arguments(Page.Marked("offline"))).MustSucceed();
        Assert.HasCount(1, work.Server.Requests);

        File.WriteAllText(work.At("App/.data/127.0.0.1/co2.csv"), "evil");
        Directory.Delete(work.At("App/obj"), recursive: true);
        Directory.Delete(work.At("../home/.cache"), recursive: true);
        Directory.Delete(work.At("App/.datamanifest"), recursive: true);
        Assert.Contains("DM0444", work.Dotnet("App", Readme.Arguments(Page.Marked("offline"))).MustFail().Output);
        work.Build("App").MustSucceed();
        Assert.AreEqual("data", File.ReadAllText(work.At("App/.data/127.0.0.1/co2.csv")));
    }

    [TestMethod]
    public async Task Gate_is_open_when_everything_is_pinned_and_here_and_says_what_is_not()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        work.WriteProgram("App", "Console.WriteLine(1);");
        work.Write("App/datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a") + Text.Dataset("b", work.Server.Url("/b.txt"), "the b"));
        var gate = Readme.Arguments(Page.Marked("gate"));
        work.SetEnvironment("CI", "true");
        work.SetEnvironment("DATAMANIFEST_OFFLINE", "1");
        Assert.HasCount(2, work.Dotnet("App", gate).MustFail().Errors.Where(error => error.Contains("error DM0610", StringComparison.Ordinal)).ToArray());

        work.SetEnvironment("DATAMANIFEST_OFFLINE", null);
        work.Build("App", "--no-restore").MustSucceed();
        work.SetEnvironment("DATAMANIFEST_OFFLINE", "1");
        Assert.Contains("2 of 2 present", work.Dotnet("App", gate).MustSucceed().Output);

        work.Write("App/datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a") + Text.Dataset("b", work.Server.Url("/b.txt")));
        Assert.Contains("error DM0603", work.Dotnet("App", gate).MustFail().Errors.Single());
        Assert.HasCount(2, work.Server.Requests);
    }

    [TestMethod]
    public async Task Continuous_integration_locks_the_manifest_unless_the_project_says_otherwise()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv")));
        work.WriteProgram("App", "Console.WriteLine(1);");
        work.SetEnvironment("CI", "true");

        var locked = work.Build("App").MustFail();
        Assert.HasCount(1, locked.Errors, locked.Output);
        Assert.Contains("error DM0603", locked.Errors[0]);
        Assert.IsEmpty(work.Server.Requests);
        Assert.Contains("warning DM0603", work.Build("App", "--no-restore", "-p:DataManifestLocked=false").MustSucceed().Output);
    }

    [TestMethod]
    public async Task Container_with_a_cache_mount_has_the_published_data()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("App/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.ReadAllText());", items: "<DatasetReference Include=\"co2\" CopyToPublishDirectory=\"true\" />");
        SingleFramework(work, "App/App.csproj");

        RunSteps(work, "container-mount", "App", expected: 1);
        Directory.Delete(work.At("data"), recursive: true);
        Assert.Contains("data", work.Dotnet(".", "exec", work.At("app/App.dll")).MustSucceed().Output);
    }

    [TestMethod]
    public async Task Container_with_a_data_layer_builds_the_program_without_a_network()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        var project = Inline().Match(Page.Text).Groups[1].Value;
        Assert.Contains("DataManifest.Sdk/", project);
        work.Write("src/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.Write("src/Data.csproj", Version().Replace(project, PackageFeed.Instance.Version));
        work.WriteProgram("src", "Console.WriteLine(Datasets.Co2.ReadAllText());");
        File.Move(work.At("src/src.csproj"), work.At("src/App.csproj"));
        SingleFramework(work, "src/App.csproj");

        RunSteps(work, "container-layer", "src", expected: 2);
        Assert.HasCount(1, work.Server.Requests);
        work.SetEnvironment("DATAMANIFEST_DATASETS_DIR", work.At("data"));
        Assert.Contains("data", work.Dotnet(".", "exec", work.At("app/App.dll")).MustSucceed().Output);
    }

    /// <summary>Runs the <c>dotnet</c> commands of a recipe with its variables; its folders at the root are folders of the work.</summary>
    private static void RunSteps(Workspace work, string recipe, string folder, int expected)
    {
        var steps = 0;
        foreach (var line in Page.Marked(recipe).Split('\n'))
        {
            foreach (Match variable in line.StartsWith("ENV ", StringComparison.Ordinal) ? Variables().Matches(line) : Enumerable.Empty<Match>())
            {
                work.SetEnvironment(variable.Groups[1].Value, InWork(variable.Groups[2].Value));
            }

            if (line.StartsWith("RUN ", StringComparison.Ordinal))
            {
                work.Dotnet(folder, Readme.Arguments(line[line.IndexOf("dotnet ", StringComparison.Ordinal)..]).Select(InWork)).MustSucceed();
                steps++;
            }
        }

        Assert.AreEqual(expected, steps);

        string InWork(string word) => word.StartsWith('/') ? work.At(word[1..]) : word;
    }

    private static void SingleFramework(Workspace work, string project) =>
        work.Write(project, work.Read(project).Replace("TargetFrameworks", "TargetFramework", StringComparison.Ordinal));

    [GeneratedRegex("`(<Project Sdk=[^`]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<=DataManifest\.Sdk/)[0-9.]+")]
    private static partial Regex Version();

    [GeneratedRegex(@"(\w+)=(\S+)")]
    private static partial Regex Variables();
}
