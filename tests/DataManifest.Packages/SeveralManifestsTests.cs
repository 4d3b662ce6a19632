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

        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("<DatasetReference", "<DatasetReference Include=\"a\" FirstRun=\"true\" /><DatasetReference", StringComparison.Ordinal));
        work.Build("App", "--no-restore").MustSucceed();
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

    [TestMethod]
    public async Task Documents_cache_key_licences_and_contents_are_those_of_all()
    {
        await using var work = new Workspace();
        WriteTwo(work);
        work.Server.Serve("/rows.csv", "site,n\nA,1\n");
        work.Write("one/datasets.toml", work.Read("one/datasets.toml") + "[a._DOTNET]\nlicense = \"CC0-1.0\"\n");
        work.Write("two/more.toml", work.Read("two/more.toml") + "[b._DOTNET]\nlicense = \"CC-BY-4.0\"\n" + Text.Dataset("\"climate/rows\"", work.Server.Url("/rows.csv")) + "[\"climate/rows\"._DOTNET]\nlicense = \"MIT\"\n");
        work.WriteProgram(
            "App", "foreach (var row in Datasets.Climate.Rows.ReadRows()) Console.WriteLine(row.Site + row.N);",
            properties: "<DataManifestProvenance>sbom;bibtex</DataManifestProvenance><DataManifestProvenanceFolder>about</DataManifestProvenanceFolder><DataManifestCommitContents>true</DataManifestCommitContents>");
        const string Both = "-p:DataManifestFile=../one/datasets.toml%3B../two/more.toml";

        var unpinned = Key();
        Assert.Contains("more.toml: pinned climate/rows to", work.Build("App", Both, "-t:DataSync", "-p:DataSet=climate/*").MustSucceed().Output);
        Assert.IsTrue(File.Exists(work.At("two/more.contents.toml")), "The second manifest's contents lie beside it.");
        var pinned = Key();
        Assert.AreNotEqual(unpinned, pinned);
        Assert.AreNotEqual(pinned, work.Dotnet("App", "build", "-t:DataCacheKey", "-getProperty:DataManifestCacheKey", "-p:DataManifestFile=../one/datasets.toml").MustSucceed().Output.Trim());

        work.Build("App", "--no-restore", Both).MustSucceed();
        Assert.Contains("A1", work.Run("App"));
        foreach (var name in (string[])["a", "b", "climate/rows"])
        {
            Assert.Contains($"\"bom-ref\": \"data:{name}\"", work.Read("App/about/data.cdx.json"));
        }

        Assert.IsEmpty(work.BuildLogged("App", Both).Tasks);
        work.Write("two/more.toml", work.Read("two/more.toml").Replace("\"MIT\"", "\"ISC\"", StringComparison.Ordinal));
        work.Build("App", "--no-restore", Both).MustSucceed();
        Assert.Contains("\"ISC\"", work.Read("App/about/data.cdx.json"));

        var refused = work.Build("App", "--no-restore", Both, "-p:DataManifestAllowedLicenses=CC0-1.0%3BISC").MustFail();
        Assert.HasCount(1, refused.Errors, refused.Output);
        Assert.Contains($"{work.At("two/more.toml")}(7,", refused.Errors[0]);
        Assert.Contains("DM0640", refused.Errors[0]);

        work.Write("two/more.toml", work.Read("two/more.toml") + string.Concat("xy".Select(name => Text.Dataset($"{name}", work.Server.Url($"/{name}.txt")) + "aliases = [\"both\"]\n")));
        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace("</Project>", "<ItemGroup><DatasetReference Include=\"both\" /></ItemGroup></Project>", StringComparison.Ordinal));
        var ambiguous = work.Build("App", "--no-restore", Both, "-p:DataManifestFetchOnBuild=false").MustFail();
        Assert.HasCount(1, ambiguous.Errors, ambiguous.Output);
        Assert.Contains($"{work.At("two/more.toml")} : error DM0222", ambiguous.Errors[0]);

        string Key() => work.Dotnet("App", "build", "-t:DataCacheKey", "-getProperty:DataManifestCacheKey", Both).MustSucceed().Output.Trim();
    }

    [TestMethod]
    public async Task Patterns_select_from_all_and_one_that_matches_nothing_is_one_error()
    {
        await using var work = new Workspace();
        WriteTwo(work);
        work.Write("two/more.toml", work.Read("two/more.toml") + string.Concat("xy".Select(name => Text.Dataset($"\"climate/{name}\"", work.Server.Url($"/{name}.txt"), "x"))));

        // A file of the project that the pattern matches is none of its business.
        work.Write("App/climate/file.txt", "");
        work.WriteProgram("App", "Console.WriteLine(1);", properties: "<DataManifestFile>../one/datasets.toml;../two/more.toml</DataManifestFile>");

        var listed = work.Build("App", "-t:DataList", "-p:DataSet=climate/*%3Ba").MustSucceed().Output;
        Assert.AreSequenceEqual(["a", "climate/x", "climate/y"], [.. listed.Split('\n').Where(line => line.Contains(": Missing,", StringComparison.Ordinal)).Select(line => line.Trim().Split(':')[0])]);
        foreach (var manifests in (string[])["", "-p:DataManifestFile=../two/more.toml"])
        {
            var unknown = work.Build("App", ["--no-restore", "-t:DataStatus", "-p:DataSet=climate/*%3Bweather/*", .. manifests.Length > 0 ? [manifests] : Array.Empty<string>()]).MustFail();
            Assert.HasCount(1, unknown.Errors, unknown.Output);
            Assert.Contains("DM0221", unknown.Errors[0]);
            Assert.Contains("'weather/*'", unknown.Errors[0]);
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
