namespace DataManifest.Packages;

[TestClass]
public sealed class OutputTests
{
    [TestMethod]
    public async Task Clean_keeps_the_store_and_publish_and_pack_leave_the_sidecar_behind()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("App", "Console.WriteLine(Datasets.Co2.ReadAllText());");

        work.Build("App").MustSucceed();
        Assert.AreEqual($"manifest = \"{work.At("datasets.toml")}\"", work.Read("App/bin/Debug/net10.0/App.datamanifest.toml").Trim());

        work.Dotnet("App", "publish", "--nologo", "-f", "net10.0", "-c", "Debug", "-o", work.At("published")).MustSucceed();
        Assert.IsTrue(File.Exists(work.At("published/App.dll")));
        Assert.IsFalse(File.Exists(work.At("published/App.datamanifest.toml")));
        work.Dotnet("App", "pack", "--nologo", "-c", "Debug", "-o", work.At("packed")).MustSucceed();
        using (var package = System.IO.Compression.ZipFile.OpenRead(Directory.GetFiles(work.At("packed"), "*.nupkg").Single()))
        {
            Assert.IsFalse(package.Entries.Any(entry => entry.Name.EndsWith(".toml", StringComparison.Ordinal)));
        }

        var stored = work.StoredFiles();
        work.Dotnet("App", "clean", "--nologo").MustSucceed();
        Assert.AreSequenceEqual(stored, work.StoredFiles());
        Assert.IsFalse(File.Exists(work.At("App/bin/Debug/net10.0/App.datamanifest.toml")));
        Assert.IsEmpty(Directory.GetFiles(work.At("App/obj"), "*.stamp", SearchOption.AllDirectories));

        work.Build("App", "--no-restore").MustSucceed();
        Assert.HasCount(1, work.Server.Requests, "The build after the clean downloaded again.");
    }

    [TestMethod]
    public async Task Program_of_a_project_that_references_a_library_finds_the_librarys_data()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "of the library");
        work.Write("Lib/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "of the library") + "storage_path = \"local/co2.csv\"\n");
        work.WriteProgram("Lib", "public static class Co2 { public static string Text => Datasets.Co2.ReadAllText(); }");
        work.Write("Lib/Lib.csproj", work.Read("Lib/Lib.csproj").Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal));
        work.Write("App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>
            </Project>
            """);
        work.Write("App/Program.cs", "System.Console.WriteLine(Co2.Text);");

        work.Build("App").MustSucceed();
        Assert.IsTrue(File.Exists(work.At("Lib/local/co2.csv")));
        Assert.Contains("of the library", work.Run("App"));
    }
}
