namespace DataManifest.Packages;

[TestClass]
public sealed class FetchOnBuildTests
{
    private const string PrintCo2 = "Console.WriteLine(File.ReadAllText(Datasets.Co2.Path));";

    [TestMethod]
    public async Task Build_fetches_before_compiling_and_the_second_build_runs_no_task_and_asks_nobody()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "year,ppm\n2025,427.35\n");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "year,ppm\n2025,427.35\n"));
        work.WriteProgram("App", PrintCo2);

        var first = work.Build("App").MustSucceed();
        Assert.IsEmpty(first.Warnings, first.Output);
        Assert.Contains("year,ppm", work.Run("App"));
        Assert.AreEqual(1, work.Server.Count("/co2.csv"));

        var (second, tasks) = work.BuildLogged("App");
        Assert.IsEmpty(tasks, string.Join('\n', tasks));
        Assert.HasCount(1, work.Server.Requests, second.Output);
    }

    [TestMethod]
    public async Task Build_after_one_checksum_changed_fetches_that_dataset_only()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "first a");
        work.Server.Serve("/b.txt", "the b");
        var b = Text.Dataset("b", work.Server.Url("/b.txt"), "the b");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "first a") + b);
        work.WriteProgram("App", "Console.WriteLine(Datasets.A.ReadAllText() + Datasets.B.ReadAllText());");
        work.Build("App").MustSucceed();

        work.Server.Serve("/a.txt", "second a");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "second a") + b);
        work.Build("App", "--no-restore").MustSucceed();

        Assert.Contains("second athe b", work.Run("App"));
        Assert.AreEqual(2, work.Server.Count("/a.txt"));
        Assert.AreEqual(1, work.Server.Count("/b.txt"));
    }

    [TestMethod]
    public async Task Build_after_the_data_or_their_marker_were_deleted_puts_them_back()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", PrintCo2);
        work.Build("App").MustSucceed();
        var before = work.StoredFiles();

        foreach (var file in before.Where(file => file.EndsWith("co2.csv", StringComparison.Ordinal) || file.EndsWith("co2.csv.complete", StringComparison.Ordinal)))
        {
            File.Delete(Path.Combine(work.Store, file));
            Assert.IsNotEmpty(work.BuildLogged("App").Tasks, $"{file} was deleted and nothing ran.");
            Assert.AreSequenceEqual(before, work.StoredFiles());
        }

        Assert.AreEqual(2, work.Server.Count("/co2.csv"));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
    }

    [TestMethod]
    public async Task Build_after_the_store_was_configured_elsewhere_uses_what_is_recorded_until_it_is_gone()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", PrintCo2);

        work.SetEnvironment("DATAMANIFEST_DATASETS_DIR", work.At("by variable"));
        work.Build("App").MustSucceed();
        Assert.IsTrue(Directory.Exists(work.At("by variable")));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);

        work.SetEnvironment("DATAMANIFEST_DATASETS_DIR", null);
        work.Write(".datamanifest/config.toml", "datasets_dir = \"by checkout\"\n");
        Assert.IsNotEmpty(work.BuildLogged("App", "--no-restore").Tasks, "Nothing has looked at the new configuration.");
        Assert.AreEqual(1, work.Server.Count("/co2.csv"), "The data are still where they are recorded.");
        Assert.Contains("data", work.Run("App"));

        Directory.Delete(work.At("by variable"), recursive: true);
        work.Build("App", "--no-restore").MustSucceed();
        Assert.IsTrue(Directory.Exists(work.At("by checkout")));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
        Assert.Contains("data", work.Run("App"));

        Directory.Delete(work.At("by checkout"), recursive: true);
        File.Delete(work.At(".datamanifest/config.toml"));
        work.Build("App", "--no-restore").MustSucceed();
        Assert.IsNotEmpty(work.StoredFiles());
        Assert.AreEqual(3, work.Server.Count("/co2.csv"));
    }

    [TestMethod]
    public async Task DesignTimeBuild_generates_and_asks_nobody()
    {
        await using var work = new Workspace();
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", PrintCo2);
        work.Dotnet("App", "restore").MustSucceed();

        var design = work.Dotnet(
            "App", "msbuild", "-nologo", "-t:Compile", "-p:TargetFramework=net10.0", "-p:DesignTimeBuild=true", "-p:BuildingProject=false", "-p:ProvideCommandLineArgs=true",
            "-p:SkipCompilerExecution=true", "-getItem:CscCommandLineArgs").MustSucceed();
        Assert.Contains("datasets.toml", design.Output, "The manifest is not handed to the generator.");
        Assert.Contains("DataManifest.Generator.dll", design.Output);

        work.Dotnet("App", "msbuild", "-nologo", "-t:Compile", "-p:TargetFramework=net10.0", "-p:DesignTimeBuild=true", "-p:BuildingProject=false").MustSucceed();
        Assert.IsEmpty(work.Server.Requests);
        Assert.IsEmpty(work.StoredFiles());
    }

    [TestMethod]
    public async Task Build_of_two_projects_with_two_frameworks_at_once_downloads_once()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data", new() { ChunkDelay = TimeSpan.FromMilliseconds(500) });
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("One", PrintCo2, "net10.0;net8.0");
        work.WriteProgram("Two", PrintCo2, "net10.0;net8.0");
        work.Write("All.slnx", """<Solution><Project Path="One/One.csproj" /><Project Path="Two/Two.csproj" /></Solution>""");

        var built = work.Build(".", "-m").MustSucceed();
        Assert.HasCount(1, work.Server.Requests, built.Output);
        Assert.HasCount(1, built.Output.Split('\n').Where(line => line.Contains("fetching co2", StringComparison.Ordinal)).ToArray(), built.Output);
        Assert.Contains("data", work.Run("Two", "net8.0"));

        var (again, tasks) = work.BuildLogged(".", "-m");
        Assert.IsEmpty(tasks, string.Join('\n', tasks));
        Assert.HasCount(1, work.Server.Requests, again.Output);

        // Once in every way to build a solution: as a graph whose projects may not ask each other, with all nodes in one process, and anew.
        foreach (var way in (string[][])[["-graph", "-isolate"], ["-mt", "-m"], ["-t:Rebuild", "-m"]])
        {
            File.Delete(Path.Combine(work.Store, "127.0.0.1", "co2.csv.complete"));
            File.Delete(Path.Combine(work.Store, "127.0.0.1", "co2.csv"));
            var count = work.Server.Requests.Count;
            var output = work.Build(".", ["--no-restore", .. way]).MustSucceed().Output;
            Assert.AreEqual(count + 1, work.Server.Requests.Count, $"{string.Join(' ', way)}: {output}");
        }
    }

    [TestMethod]
    public async Task Build_with_fetching_turned_off_compiles_and_asks_nobody()
    {
        await using var work = new Workspace();
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", PrintCo2);

        work.Build("App", "-p:DataManifestFetchOnBuild=false").MustSucceed();
        Assert.IsEmpty(work.Server.Requests);
        work.Dotnet("App", "exec", Path.Combine("bin", "Debug", "net10.0", "App.dll")).MustFail();
    }
}
