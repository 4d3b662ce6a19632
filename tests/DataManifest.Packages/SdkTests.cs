namespace DataManifest.Packages;

[TestClass]
public sealed class SdkTests
{
    private static string Version => PackageFeed.Instance.Version;

    [TestMethod]
    public async Task DataOnly_project_builds_by_fetching_and_can_be_cleaned_published_packed_and_referenced()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("Data/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.Write("Data/Data.csproj", $"""<Project Sdk="DataManifest.Sdk/{Version}" />""");
        work.Write("App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Data/Data.csproj" /></ItemGroup>
            </Project>
            """);
        work.Write("App/Program.cs", "System.Console.WriteLine(1);");
        work.Write("All.slnx", """<Solution><Project Path="Data/Data.csproj" /><Project Path="App/App.csproj" /></Solution>""");

        var built = work.Build(".").MustSucceed();
        Assert.IsEmpty(built.Warnings, built.Output);
        Assert.AreEqual(1, work.Server.Count("/co2.csv"));
        Assert.IsTrue(work.StoredFiles().Any(file => file.EndsWith("/co2.csv", StringComparison.Ordinal)), string.Join('\n', work.StoredFiles()));
        Assert.IsFalse(Directory.Exists(work.At("Data/bin")) && Directory.EnumerateFiles(work.At("Data/bin"), "*", SearchOption.AllDirectories).Any());
        Assert.IsEmpty(work.BuildLogged("Data").Tasks);

        foreach (var verb in new[] { "clean", "publish", "pack" })
        {
            work.Dotnet("Data", verb, "--nologo").MustSucceed();
        }

        Assert.HasCount(1, work.Server.Requests);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Sdk_beside_the_ordinary_one_adds_the_package(bool centralVersions)
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.Write("App/Program.cs", "System.Console.WriteLine(Datasets.Co2.ReadAllText());");
        work.Write("App/App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Sdk Name="DataManifest.Sdk" Version="{Version}" />
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        if (centralVersions)
        {
            work.Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        }

        Assert.IsEmpty(work.Build("App").MustSucceed().Warnings);
        Assert.Contains("data", work.Run("App"));
        Assert.HasCount(1, work.Server.Requests);
    }
}
