using System.Text.Json;

namespace DataManifest.Packages;

[TestClass]
public sealed class DatasetReferenceTests
{
    [TestMethod]
    public async Task Build_offers_its_datasets_as_items_also_when_it_had_nothing_to_do()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        var a = Text.Dataset("a", work.Server.Url("/a.txt"), "the a") + "description = \"100 % <of> \\\"it\\\"; a & b\"\n";
        work.Write("datasets.toml", a + Text.Dataset("b", work.Server.Url("/b.txt"), "the b"));
        work.WriteProgram("App", "Console.WriteLine(Datasets.A.Path);");

        var first = Items(work.Build("App", "-t:Build", "-p:TargetFramework=net10.0", "-getItem:DataManifestDataset").MustSucceed());
        Assert.HasCount(2, first);
        Assert.AreEqual("the a", File.ReadAllText(first[0].GetProperty("Identity").GetString()!));
        Assert.AreEqual("5", first[0].GetProperty("Size").GetString());
        Assert.AreEqual("100 % <of> \"it\"; a & b", first[0].GetProperty("Description").GetString());
        Assert.IsEmpty(work.BuildLogged("App", "-p:TargetFramework=net10.0").Tasks);

        var again = Items(work.Build("App", "--no-restore", "-t:Build", "-p:TargetFramework=net10.0", "-getItem:DataManifestDataset").MustSucceed());
        foreach (var name in (string[])["Identity", "Name", "Key", "Uri", "Checksum", "Format", "State", "Size", "StoredName", "Marker"])
        {
            Assert.AreSequenceEqual(first.Select(item => item.GetProperty(name).GetString()), again.Select(item => item.GetProperty(name).GetString()), name);
        }

        work.Write("datasets.toml", a);
        Assert.HasCount(1, Items(work.Build("App", "--no-restore", "-t:Build", "-p:TargetFramework=net10.0", "-getItem:DataManifestDataset").MustSucceed()));
        Assert.HasCount(2, work.Server.Requests);
    }

    [TestMethod]
    public async Task Build_fetches_only_what_the_project_references()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        work.Server.Serve("/c.txt", "the c");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a") + "requires = [\"c\"]\n"
            + Text.Dataset("b", work.Server.Url("/b.txt"), "the b") + "aliases = [\"bee\"]\n" + Text.Dataset("c", work.Server.Url("/c.txt"), "the c"));
        work.WriteProgram("One", "Console.WriteLine(Datasets.A.ReadAllText());", items: "<DatasetReference Include=\"a\" />");
        work.WriteProgram("Two", "Console.WriteLine(Datasets.B.ReadAllText());", items: "<DatasetReference Include=\"bee\" />");

        work.Build("One").MustSucceed();
        Assert.AreSequenceEqual(["/a.txt", "/c.txt"], work.Server.Requests.Select(request => request.Path).Order());
        work.Build("Two").MustSucceed();
        Assert.HasCount(3, work.Server.Requests);
        Assert.IsEmpty(work.BuildLogged("One").Tasks);
        Assert.IsEmpty(work.BuildLogged("Two").Tasks);

        work.WriteProgram("One", "", items: "<DatasetReference Include=\"absent\" CopyToOutputDirectry=\"true\" Purpose=\"its own\" />");
        var failed = work.Build("One").MustFail();
        Assert.HasCount(1, failed.Errors, failed.Output);
        Assert.Contains("'absent'", failed.Errors[0]);
        Assert.HasCount(1, failed.Warnings, failed.Output);
        Assert.Contains("One.csproj : warning DM0614: The DatasetReference 'absent' has the metadata 'CopyToOutputDirectry', which has no effect; did you mean 'CopyToOutputDirectory'?", failed.Warnings[0]);
    }

    [TestMethod]
    public async Task Program_uses_the_copy_beside_it_when_there_is_one()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "first");
        work.Server.Serve("/p/n.txt", "north");
        work.Server.Serve("/p/s.txt", "south");
        var poles = $"[poles]\nuris = [\"{work.Server.Url("/p/n.txt")}\", \"{work.Server.Url("/p/s.txt")}\"]\nskip_checksum = true\n";
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "first") + poles);
        work.WriteProgram(
            "App", "Console.WriteLine($\"{Datasets.Co2.Path} {Datasets.Co2.ReadAllText()} {File.ReadAllText(Path.Combine(Datasets.Poles.Path, \"s.txt\"))}\");",
            items: "<DatasetReference Include=\"co2\" CopyToOutputDirectory=\"true\" /><DatasetReference Include=\"poles\" CopyToPublishDirectory=\"true\" />");

        work.Build("App").MustSucceed();
        Assert.Contains(work.At("App/bin/Debug/net10.0/datasets/"), work.Run("App"));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);

        work.Server.Serve("/co2.csv", "other");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "other") + poles);
        work.Dotnet("App", "publish", "--nologo", "-f", "net10.0", "-c", "Debug", "-o", work.At("published")).MustSucceed();
        Assert.Contains("other", work.Run("App"));

        Directory.Delete(work.Store, recursive: true);
        var published = work.Dotnet(".", "exec", work.At("published/App.dll")).MustSucceed().Output;
        Assert.Contains(work.At("published/datasets/"), published);
        Assert.Contains("other south", published);

        work.Dotnet("App", "clean", "--nologo").MustSucceed();
        Assert.IsFalse(File.Exists(work.At("App/bin/Debug/net10.0/datasets/127.0.0.1/co2.csv")));
    }

    [TestMethod]
    public async Task Program_published_as_one_file_finds_the_data_published_with_it()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "alone");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "alone"));
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.Path + Datasets.Co2.ReadAllText());", items: "<DatasetReference Include=\"co2\" CopyToPublishDirectory=\"true\" />");

        work.Dotnet("App", "publish", "--nologo", "-f", "net10.0", "--use-current-runtime", "--no-self-contained", "-p:PublishSingleFile=true", "-o", work.At("published")).MustSucceed();
        Directory.Delete(work.Store, recursive: true);
        Assert.IsFalse(File.Exists(work.At("published/App.dll")));
        Assert.Contains($"{work.At("published/datasets/127.0.0.1/co2.csv")}alone", work.Execute("published/App"));
    }

    [TestMethod]
    public async Task Data_are_embedded_linked_or_left_for_the_first_run()
    {
        await using var work = new Workspace();
        work.Server.Serve("/in.txt", "inside");
        work.Server.Serve("/big.txt", "linked");
        work.Server.Serve("/late.txt", "late");
        work.Write("datasets.toml", Text.Dataset("\"deep/in\"", work.Server.Url("/in.txt"), "inside") + Text.Dataset("big", work.Server.Url("/big.txt"), "linked") + Text.Dataset("late", work.Server.Url("/late.txt"), "late"));
        work.WriteProgram(
            "App", """
            using var inside = new StreamReader(typeof(Datasets).Assembly.GetManifestResourceStream("datasets/deep%2Fin")!);
            Console.WriteLine($"{inside.ReadToEnd()} {Datasets.Big.ReadAllText()} {Datasets.Late.Exists}");
            Console.WriteLine(File.ReadAllText(await Datasets.Late.FetchAsync()));
            """,
            items: "<DatasetReference Include=\"deep/in\" EmbedAsResource=\"true\" /><DatasetReference Include=\"big\" CopyToOutputDirectory=\"true\" LinkKind=\"hardlink\" /><DatasetReference Include=\"late\" FirstRun=\"true\" />");

        work.Build("App").MustSucceed();
        Assert.AreEqual(0, work.Server.Count("/late.txt"));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("\"late\"", "\"lte\"", StringComparison.Ordinal));
        var misspelt = work.Build("App", "--no-restore").MustFail();
        Assert.HasCount(1, misspelt.Errors, misspelt.Output);
        Assert.Contains("error DM0221: No dataset is called 'lte'; did you mean 'late'? A DatasetReference of the project names it.", misspelt.Errors[0]);
        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("\"lte\"", "\"late\"", StringComparison.Ordinal));
        work.Build("App", "--no-restore").MustSucceed();

        var copy = work.At("App/bin/Debug/net10.0/datasets/127.0.0.1/big.txt");
        if (OperatingSystem.IsLinux())
        {
            Assert.AreEqual("2", Command.Run("stat", work.Root, new Dictionary<string, string?>(), "-c", "%h", copy).MustSucceed().Output.Trim());
        }

        Assert.AreEqual("inside linked False\nlate\n", work.Run("App").ReplaceLineEndings("\n"));

        // Data that are newer by content and older by their time are embedded too; a link does not lead new data into the old ones.
        work.Server.Serve("/in.txt", "other");
        work.Write("datasets.toml", work.Read("datasets.toml").Replace(Text.Sha256("inside"), Text.Sha256("other"), StringComparison.Ordinal));
        work.Build("App", "--no-restore").MustSucceed();
        Assert.Contains("other linked True", work.Run("App"));

        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("\"hardlink\"", "\"symlink\"", StringComparison.Ordinal));
        var wrong = work.Build("App", "--no-restore").MustFail();
        Assert.HasCount(1, wrong.Errors, wrong.Output);
        Assert.Contains("error DM0612", wrong.Errors[0]);
    }

    [TestMethod]
    public async Task Targets_for_people_work_on_the_named_datasets_alone()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt")) + Text.Dataset("b", work.Server.Url("/b.txt")));
        work.WriteProgram("App", "Console.WriteLine(Datasets.A.Path);", "net10.0;net8.0");

        work.Build("App", "-t:DataSync", "-p:DataSet=b").MustSucceed();
        Assert.AreEqual(1, work.Server.Count("/b.txt"));
        Assert.HasCount(1, work.Server.Requests);
        Assert.Contains(Text.Sha256("the b"), work.Read("datasets.toml"));
        Assert.Contains("1 verified, 0 wrong, 0 missing", work.Build("App", "--no-restore", "-t:DataVerify", "-p:DataSet=b").MustSucceed().Output);

        var listed = work.Build("App", "--no-restore", "-t:DataList", "-p:DataSet=b%3Ba").MustSucceed().Output;
        Assert.Contains("a: Missing", listed);
        Assert.Contains("b: Complete", listed);
        Assert.Contains("'x'", work.Build("App", "--no-restore", "-t:DataList", "-p:DataSet=x").MustFail().Errors[0]);
    }

    private static JsonElement[] Items(CommandResult built) =>
        [.. JsonDocument.Parse(built.Output).RootElement.GetProperty("Items").GetProperty("DataManifestDataset").EnumerateArray()];
}
