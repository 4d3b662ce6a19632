namespace DataManifest.Packages;

[TestClass]
public sealed class FetcherTests
{
    [TestMethod]
    public async Task Fetcher_in_a_referenced_project_is_built_first_called_and_not_locked()
    {
        await using var work = new Workspace();
        work.Write("Fetchers/Fetchers.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
            </Project>
            """);
        work.Write("Fetchers/Maker.cs", """
            namespace My.Data;
            public static class Maker
            {
                public static Task Make(string path, string key, CancellationToken cancellationToken) => File.WriteAllTextAsync(path, "first " + key, cancellationToken);
            }
            """);
        work.Write("datasets.toml", "[made]\nkey = \"made.txt\"\nskip_checksum = true\nfetcher = \"My.Data.Maker:Make\"\n");
        work.WriteProgram("App", "Console.WriteLine(Datasets.Made.ReadAllText());", properties: "<DataManifestFetcherAssembly>../Fetchers/bin/Debug/net10.0/Fetchers.dll</DataManifestFetcherAssembly>");
        work.Write("App/Directory.Build.targets", """
            <Project>
              <ItemGroup><ProjectReference Include="../Fetchers/Fetchers.csproj" ReferenceOutputAssembly="false" SkipGetTargetFrameworkProperties="true" /></ItemGroup>
            </Project>
            """);

        work.Build("App").MustSucceed();
        Assert.AreEqual("first made.txt", work.Run("App").Trim());

        // With the tasks' process still there, the fetcher is built anew and takes effect.
        File.Delete(Path.Combine(work.Store, "made.txt"));
        work.Write("Fetchers/Maker.cs", work.Read("Fetchers/Maker.cs").Replace("first ", "second ", StringComparison.Ordinal));
        work.Build("App", "--no-restore").MustSucceed();
        Assert.AreEqual("second made.txt", work.Run("App").Trim());

        work.Write("datasets.toml", "[made]\nkey = \"other.txt\"\nfetcher = \"My.Data.Maker:Mke\"\n");
        var error = work.Build("App", "--no-restore").MustFail().Errors.Single();
        Assert.Contains($"{work.At("datasets.toml")}(3,11", error);
        Assert.Contains("DM0440", error);
        Assert.Contains("did you mean 'My.Data.Maker:Make'?", error);
    }

    [TestMethod]
    public async Task Fetcher_in_the_project_itself_is_left_to_the_program()
    {
        await using var work = new Workspace();
        work.Write("datasets.toml", "[made]\nkey = \"made.txt\"\n[made._LANG.csharp]\nfetcher = \"App.Maker:Make\"\n");
        work.WriteProgram("App", "Console.WriteLine(File.ReadAllText(await Datasets.Made.FetchAsync())); Console.WriteLine(Datasets.Made.Exists);");
        work.Write("App/Maker.cs", "namespace App; internal static class Maker { static void Make(DataManifest.FetchTarget target) => File.WriteAllText(target.Path, target.Dataset.Name); }");

        var built = work.Build("App").MustSucceed();
        Assert.Contains($"{work.At("datasets.toml")}(4,11", built.Warnings.Single(warning => warning.Contains("DM0443", StringComparison.Ordinal)));
        Assert.AreEqual("made\nTrue", work.Run("App").Trim());
    }

    [TestMethod]
    public async Task Properties_reach_the_engine()
    {
        await using var work = new Workspace();
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", "Console.WriteLine(1);");
        var offline = work.Build("App", "-p:DataManifestOffline=true").MustFail().Errors.Single();
        Assert.Contains($"{work.At("datasets.toml")}(2,7", offline);
        Assert.Contains("DM0444", offline);
        Assert.Contains("'co2'", offline);
        Assert.IsEmpty(work.Server.Requests);

        work.Write("datasets.toml", "[slow]\nkey = \"slow\"\nshell = \"sleep 60\"\n");
        var slow = work.Build("App", "--no-restore", "-p:DataManifestCommandTimeout=0.5").MustFail().Errors.Single();
        Assert.Contains($"{work.At("datasets.toml")}(3,9", slow);
        Assert.Contains("DM0417", slow);

        work.Write("two/a.txt", "a");
        work.Write("two/b.txt", "b");
        work.Write("datasets.toml", "[archive]\nkey = \"archive.tar\"\nextract = true\nshell = \"tar -cf $download_path two\"\n");
        Assert.Contains("DM0513", work.Build("App", "--no-restore", "-p:DataManifestArchiveMaxEntries=2").MustFail().Errors.Single());
        Assert.Contains("DM0513", work.Build("App", "--no-restore", "-p:DataManifestArchiveMaxBytes=1").MustFail().Errors.Single());
        work.Build("App", "--no-restore", "-p:DataManifestArchiveMaxEntries=3").MustSucceed();
    }
}
