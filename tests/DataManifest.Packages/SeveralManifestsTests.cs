namespace DataManifest.Packages;

/// <summary>A project with several manifests: one class, and every target works on all of them.</summary>
[TestClass]
public sealed class SeveralManifestsTests
{
    [TestMethod]
    public async Task Build_fetches_from_all_and_the_program_finds_all()
    {
        await using var work = new Workspace();
        WriteTwo(work);
        work.WriteProgram(
            "App", "Console.WriteLine(Datasets.A.ReadAllText() + Datasets.B.ReadAllText());", properties: "<DataManifestFile>../one/datasets.toml;../two/more.toml</DataManifestFile>");

        work.Build("App").MustSucceed();
        Assert.Contains("the athe b", work.Run("App"));
        Assert.IsTrue(File.Exists(work.At("two/local/127.0.0.1/b.txt")), "Each manifest's own folder is its root.");
        Assert.IsEmpty(work.BuildLogged("App").Tasks);

        work.Write("two/more.toml", work.Read("two/more.toml") + "# edited\n");
        Assert.IsNotEmpty(work.BuildLogged("App").Tasks, "An edit of the second one was not seen.");
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
        Directory.Delete(work.At("two/local"), recursive: true);
        Assert.IsNotEmpty(work.BuildLogged("App").Tasks);
        Assert.HasCount(3, work.Server.Requests);

        var listed = work.Build("App", "--no-restore", "-t:DataList").MustSucceed().Output;
        Assert.Contains("a: Complete", listed);
        Assert.Contains("b: Complete", listed);
        Assert.Contains("more.toml: 1 verified", work.Build("App", "--no-restore", "-t:DataVerify", "-p:DataSet=b").MustSucceed().Output);
        var unknown = work.Build("App", "--no-restore", "-t:DataVerify", "-p:DataSet=b%3Bx").MustFail();
        Assert.HasCount(1, unknown.Errors, unknown.Output);
        Assert.Contains("error DM0221: No dataset has the name, alias, DOI or key 'x'", unknown.Errors[0]);

        work.Dotnet("App", "clean", "--nologo").MustSucceed();
        Assert.IsEmpty(Directory.GetFiles(work.At("App/obj/Debug/net10.0/datamanifest")));
        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("more.toml", "absent.toml", StringComparison.Ordinal));
        var missing = work.Build("App", "--no-restore").MustFail();
        Assert.HasCount(1, missing.Errors, missing.Output);
        Assert.Contains($"DM0602: The manifest '{work.At("two/absent.toml")}'", missing.Errors[0]);
    }

    [TestMethod]
    public async Task References_choose_from_all_and_a_name_that_none_has_is_one_error()
    {
        await using var work = new Workspace();
        WriteTwo(work);
        work.Write("two/more.toml", work.Read("two/more.toml") + Text.Dataset("c", work.Server.Url("/c.txt"), "the c"));
        work.WriteProgram("App", "Console.WriteLine(1);", properties: "<DataManifestFile>../one/datasets.toml;../two/more.toml</DataManifestFile>", items: "<DatasetReference Include=\"b\" />");

        work.Build("App").MustSucceed();
        Assert.AreSequenceEqual(["/b.txt"], work.Server.Requests.Select(request => request.Path));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);

        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("Include=\"b\"", "Include=\"b;absent\"", StringComparison.Ordinal));
        foreach (var _ in "12")
        {
            var failed = work.Build("App", "--no-restore").MustFail();
            Assert.HasCount(1, failed.Errors, failed.Output);
            Assert.Contains("error DM0221: No dataset has the name, alias, DOI or key 'absent'", failed.Errors[0]);
        }
    }

    private static void WriteTwo(Workspace work)
    {
        work.Server.Serve("/a.txt", "the a");
        work.Server.Serve("/b.txt", "the b");
        work.Write("one/datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a"));
        work.Write("two/more.toml", "[_STORAGE]\ndatasets_dir = \"local\"\n" + Text.Dataset("b", work.Server.Url("/b.txt"), "the b"));
    }
}
