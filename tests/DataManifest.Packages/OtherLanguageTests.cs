namespace DataManifest.Packages;

[TestClass]
public sealed class OtherLanguageTests
{
    [TestMethod]
    [DataRow("fsproj", "Program.fs", "let data = DataManifest.Database.Open(\"datasets.toml\").[\"co2\"]\nprintfn \"%s\" (data.ReadAllText())\n")]
    [DataRow("vbproj", "Program.vb", "Module Program\n  Sub Main()\n    System.Console.WriteLine(DataManifest.Database.Open(\"datasets.toml\")(\"co2\").ReadAllText())\n  End Sub\nEnd Module\n")]
    public async Task Project_in_another_language_has_the_items_the_copies_and_the_library(string kind, string file, string program)
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "year,ppm");
        work.Write("App/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "year,ppm") + "descripton = \"x\"\n");
        work.Write($"App/{file}", program);
        work.Write($"App/App.{kind}", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="DataManifest.Build" Version="{PackageFeed.Instance.Version}" />
                <DatasetReference Include="co2" CopyToOutputDirectory="true" />
                <Compile Include="{file}" Condition="'$(Language)' == 'F#'" />
              </ItemGroup>
              <Target Name="Say" AfterTargets="DataManifestFetch">
                <Message Importance="high" Text="%(DataManifestDataset.Name) has %(DataManifestDataset.Size) bytes" />
              </Target>
            </Project>
            """);

        var built = work.Build("App").MustSucceed();
        Assert.Contains("co2 has 8 bytes", built.Output);
        Assert.HasCount(1, built.Warnings, "Without an analyzer the build shows the manifest's warnings.");
        Assert.Contains("descripton", built.Warnings[0]);
        Assert.Contains("year,ppm", work.Dotnet("App", "run", "--no-build").MustSucceed().Output);
        Assert.IsTrue(File.Exists(work.At("App/bin/Debug/net10.0/datasets/127.0.0.1/co2.csv")));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
    }

    [TestMethod]
    [DataRow("fsproj", "Program.fs", "fsharp")]
    [DataRow("vbproj", "Program.vb", "vb")]
    public async Task What_the_page_shows_for_other_languages_works(string kind, string file, string program)
    {
        const string page = "docs/frameworks.md";
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "year,ppm");
        work.Write("App/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "year,ppm"));
        work.Write($"App/{file}", Readme.Marked(program, page));
        var project = Readme.Marked("fsproj", page).Replace("Version=\"0.1.0\"", $"Version=\"{PackageFeed.Instance.Version}\"", StringComparison.Ordinal)
            .Replace("</Project>", Readme.Marked("items", page) + "</Project>", StringComparison.Ordinal);
        work.Write($"App/App.{kind}", kind == "fsproj" ? project : project.Replace("<Compile Include=\"Program.fs\" />", "", StringComparison.Ordinal));

        var ran = work.Dotnet("App", "run").MustSucceed();
        Assert.Contains("year,ppm", ran.Output);
        Assert.AreEqual("year,ppm", work.Read("App/bin/Debug/net10.0/co2.csv"));
    }
}
