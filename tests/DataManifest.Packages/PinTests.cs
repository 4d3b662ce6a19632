namespace DataManifest.Packages;

[TestClass]
public sealed class PinTests
{
    [TestMethod]
    public async Task DataSync_pins_what_is_unpinned_and_keeps_comments_and_layout()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        var before = $"# Our figures.\n\n[a]   # measured\nuri     = \"{work.Server.Url("/a.txt")}\"   # since 1959\n\n{Text.Dataset("b", work.Server.Url("/b.txt"), "the b")}";
        work.Write("datasets.toml", before);
        work.WriteProgram("App", "Console.WriteLine(Datasets.A.ReadAllText());", "net10.0;net8.0");

        var synced = work.Build("App", "-t:DataSync").MustSucceed();
        Assert.IsEmpty(synced.Warnings, synced.Output);
        var after = work.Read("datasets.toml");
        var added = after.Split('\n').Except(before.Split('\n')).ToArray();
        Assert.HasCount(1, added, after);
        Assert.Contains($"\"{Text.Sha256("the a")}\"", added[0]);
        Assert.AreEqual(before, after.Replace(added[0] + "\n", "", StringComparison.Ordinal));

        work.Build("App", "--no-restore").MustSucceed();
        Assert.Contains("nothing to fetch or to pin", work.Build("App", "--no-restore", "-t:DataSync").MustSucceed().Output);
        Assert.HasCount(2, work.Server.Requests);
    }

    [TestMethod]
    public async Task Build_warns_of_an_unpinned_dataset_with_its_digest_and_leaves_the_manifest_alone()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        var manifest = Text.Dataset("co2", work.Server.Url("/co2.csv"));
        work.Write("datasets.toml", manifest);
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.ReadAllText());", "net10.0;net8.0");

        var built = work.Build("App").MustSucceed();
        Assert.HasCount(1, built.Warnings, built.Output);
        Assert.Contains($"{work.At("datasets.toml")}(1,2", built.Warnings[0]);
        Assert.Contains("DM0603", built.Warnings[0]);
        Assert.Contains(Text.Sha256("data"), built.Warnings[0]);
        Assert.AreEqual(manifest, work.Read("datasets.toml"));

        work.Server.Serve("/ch4.csv", "data");
        work.Write("datasets.toml", manifest + Text.Dataset("ch4", work.Server.Url("/ch4.csv")));
        built = work.Build("App", "--no-restore", "-p:TargetFramework=net10.0").MustSucceed();
        Assert.HasCount(1, built.Warnings, built.Output);
        Assert.Contains($"{work.At("datasets.toml")}(1,2", built.Warnings[0]);
        Assert.Contains("DM0603: 2 datasets have no checksum: 'co2', 'ch4'. Run 'dotnet build -t:DataSync'", built.Warnings[0]);
    }

    [TestMethod]
    public async Task Build_of_a_project_that_does_not_want_the_warning_has_none()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv")));
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.ReadAllText());", "net10.0;net8.0", "<NoWarn>$(NoWarn);DM0603</NoWarn>");

        var built = work.Build("App").MustSucceed();
        Assert.IsEmpty(built.Warnings, built.Output);
        Assert.HasCount(1, work.Server.Requests);
    }

    [TestMethod]
    public async Task Build_with_a_locked_manifest_refuses_an_unpinned_dataset()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv")));
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.ReadAllText());");
        work.SetEnvironment("CI", "true");

        var built = work.Build("App").MustFail();
        Assert.HasCount(1, built.Errors, built.Output);
        Assert.Contains("error DM0603", built.Errors[0]);

        work.Build("App", "--no-restore", "-p:DataManifestLocked=false").MustSucceed();
    }
}
