using System.Text.Json;

namespace DataManifest.Packages;

/// <summary>The targets for people.</summary>
[TestClass]
public sealed class TargetTests
{
    [TestMethod]
    public async Task DataStatus_says_how_things_stand_and_is_a_gate_where_the_manifest_is_locked_or_nothing_may_be_fetched()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a") + Text.Dataset("b", work.Server.Url("/b.txt")));
        work.WriteProgram("App", "Console.WriteLine(Datasets.A.Path);", "net10.0;net8.0", items: "<DatasetReference Include=\"a\" />");
        work.Build("App", "-p:TargetFramework=net10.0").MustSucceed();

        var reported = work.Build("App", "-t:DataStatus").MustSucceed();
        Assert.Contains("1 of 2 present (5 B), 1 missing, 0 incomplete, 1 without a checksum", reported.Output);
        Assert.Contains("Dataset 'b' is not on this machine", reported.Output);
        Assert.IsEmpty(reported.Warnings, reported.Output);

        File.WriteAllText(Path.Combine(work.Store, "127.0.0.1", "a.txt"), "cut");
        var locked = work.Build("App", "--no-restore", "-t:DataStatus", "-p:DataManifestLocked=true").MustFail();
        Assert.HasCount(3, locked.Errors, locked.Output);
        Assert.HasCount(2, locked.Errors.Where(error => error.Contains("error DM0610", StringComparison.Ordinal)).ToArray(), locked.Output);
        Assert.Contains($"{work.At("datasets.toml")}(4,2", locked.Errors.Single(error => error.Contains("DM0603", StringComparison.Ordinal)));
        var offline = work.Build("App", "--no-restore", "-t:DataStatus", "-p:DataManifestOffline=true", "-p:DataSet=a").MustFail();
        Assert.HasCount(1, offline.Errors, offline.Output);
        Assert.Contains("Dataset 'a' is on this machine, but not wholly", offline.Errors[0]);
        Assert.HasCount(1, work.Server.Requests, "Looking asks nobody.");
    }

    [TestMethod]
    public async Task DataClean_deletes_what_is_named_and_DataRefresh_forgets_what_is_gone()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        work.Server.Serve("/c.txt", "the c");
        work.Write("datasets.toml", string.Concat("abc".Select(name => Text.Dataset($"{name}", work.Server.Url($"/{name}.txt"), $"the {name}"))));
        work.Write("Data/Data.csproj", $"""<Project Sdk="DataManifest.Sdk/{PackageFeed.Instance.Version}" />""");
        work.Write("More/More.csproj", $"""<Project Sdk="DataManifest.Sdk/{PackageFeed.Instance.Version}" />""");
        work.Write("All.slnx", """<Solution><Project Path="Data/Data.csproj" /><Project Path="More/More.csproj" /></Solution>""");
        work.Build(".").MustSucceed();

        var unnamed = work.Build("Data", "--no-restore", "-t:DataClean").MustFail();
        Assert.HasCount(1, unnamed.Errors, unnamed.Output);
        Assert.Contains("error DM0611", unnamed.Errors[0]);
        Assert.HasCount(3, Data());

        work.Build(".", "--no-restore", "-t:DataClean", "-p:DataSet=b").MustSucceed();
        Assert.AreSequenceEqual(["127.0.0.1/a.txt", "127.0.0.1/c.txt"], Data());
        Assert.IsNotEmpty(work.BuildLogged("Data").Tasks);
        Assert.AreEqual(2, work.Server.Count("/b.txt"));

        File.Delete(Path.Combine(work.Store, "127.0.0.1", "c.txt"));
        File.Delete(Path.Combine(work.Store, "127.0.0.1", "c.txt.complete"));
        Assert.Contains("c: the record is gone", work.Build("Data", "--no-restore", "-t:DataRefresh").MustSucceed().Output);
        Assert.Contains("0 records changed", work.Build("Data", "--no-restore", "-t:DataRefresh").MustSucceed().Output);

        Assert.Contains("2 deleted", work.Build("Data", "--no-restore", "-t:DataClean", "-p:DataSet=*").MustSucceed().Output);
        Assert.IsEmpty(Data());
        Assert.HasCount(4, work.Server.Requests);

        string[] Data() => [.. work.StoredFiles().Where(file => file.EndsWith(".txt", StringComparison.Ordinal))];
    }

    [TestMethod]
    public async Task Targets_give_their_datasets_to_scripts()
    {
        await using var work = new Workspace();
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a"));
        work.Write("Data/Data.csproj", $"""<Project Sdk="DataManifest.Sdk/{PackageFeed.Instance.Version}" />""");

        using var status = JsonDocument.Parse(work.Build("Data", "-getTargetResult:DataStatus").MustSucceed().Output);
        var item = status.RootElement.GetProperty("TargetResults").GetProperty("DataStatus").GetProperty("Items")[0];
        Assert.AreEqual("a Missing true", string.Join(' ', new[] { "Name", "State", "Pinned" }.Select(name => item.GetProperty(name).GetString())));
        Assert.AreEqual(work.At("datasets.toml"), item.GetProperty("Manifest").GetString());
        Assert.IsEmpty(item.EnumerateObject().Where(field => field.Name is "Part" or "Run" or "Use" or "AdditionalProperties"), "What the targets tell each other is nobody else's.");
    }

    [TestMethod]
    public async Task Task_without_a_manifest_says_so()
    {
        await using var work = new Workspace();
        var tasks = Path.Combine(PackageFeed.Instance.Root, "tasks");
        System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(PackageFeed.Instance.Folder, $"DataManifest.Build.{PackageFeed.Instance.Version}.nupkg"), tasks);
        work.Write("own.proj", $"""
            <Project>
              <UsingTask TaskName="DataManifest.Build.ListDatasets" AssemblyFile="{tasks}/tasks/net10.0/DataManifest.Build.dll" />
              <Target Name="List"><DataManifest.Build.ListDatasets Manifest="$(Nothing)" /></Target>
            </Project>
            """);
        Assert.Contains("error : The task ListDatasets was not given a value for the parameter \"Manifest\".", work.Dotnet(".", "msbuild", "-nologo", "own.proj").MustFail().Output);
    }

    [TestMethod]
    public async Task Store_folders_of_the_project_hold_for_the_build_and_for_the_program_and_a_variable_counts_more()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        work.Write("pool two/127.0.0.1/b.txt", "the b");
        work.Write("pool two/127.0.0.1/b.txt.complete", "");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a") + Text.Dataset("b", work.Server.Url("/b.txt"), "the b"));
        work.WriteProgram(
            "App", "Console.WriteLine(Datasets.A.Path); Console.WriteLine(Datasets.B.Path);",
            properties: $"<DataManifestDatasetsDir>s%3bt (x)'é</DataManifestDatasetsDir><DataManifestDatasetsPools>{work.At("pool one")};{work.At("pool two")}</DataManifestDatasetsPools><DataManifestDatacacheDir>cache</DataManifestDatacacheDir>");

        work.Build("App").MustSucceed();
        Assert.AreEqual("the a", File.ReadAllText(work.At("s;t (x)'é/127.0.0.1/a.txt")), "A relative folder hangs on the manifest's.");
        Assert.AreSequenceEqual([work.At("s;t (x)'é/127.0.0.1/a.txt"), work.At("pool two/127.0.0.1/b.txt")], work.Run("App").Trim().Split('\n'));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
        Assert.AreEqual(0, work.Server.Count("/b.txt"));

        Directory.Delete(work.At("s;t (x)'é"), recursive: true);
        work.SetEnvironment("DATAMANIFEST_DATASETS_DIR", work.At("of the machine"));
        Assert.IsNotEmpty(work.BuildLogged("App").Tasks);
        Assert.IsTrue(File.Exists(work.At("of the machine/127.0.0.1/a.txt")));
        Assert.Contains(work.At("of the machine"), work.Run("App"));
    }
}
