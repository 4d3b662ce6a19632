using System.IO.Compression;

namespace DataManifest.Packages;

/// <summary>A library that is packed takes its manifest along, and its consumers' builds fetch the data.</summary>
[TestClass]
public sealed class PackedLibraryTests
{
    [TestMethod]
    public async Task Consumer_of_a_packed_library_fetches_its_data_and_its_program_finds_them()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "of the library");
        work.Write("Lib/datasets.toml", "[_STORAGE]\ndatasets_dir = \"data\"\n" + Text.Dataset("co2", work.Server.Url("/co2.csv"), "of the library"));
        work.WriteProgram("Lib", "public static class Co2 { public static string Text => Datasets.Co2.Path + Datasets.Co2.ReadAllText(); }", properties: "<PackageId>DataManifest.Test.Lib</PackageId><Version>1.0.0-test</Version>");
        work.Write("Lib/Lib.csproj", work.Read("Lib/Lib.csproj").Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal));
        work.Dotnet("Lib", "pack", "--nologo", "-o", work.At("packed")).MustSucceed();
        using (var package = ZipFile.OpenRead(work.At("packed/DataManifest.Test.Lib.1.0.0-test.nupkg")))
        {
            var files = package.Entries.Select(entry => entry.FullName).ToArray();
            Assert.Contains("datamanifest/datasets.toml", files);
            Assert.Contains("buildTransitive/DataManifest.Test.Lib.props", files);
        }

        // A project beside a manifest, which uses the library and not DataManifest.Build itself.
        work.Write("nuget.config", work.Read("nuget.config").Replace("<packageSources>", $"<packageSources><add key=\"lib\" value=\"{work.At("packed")}\" />", StringComparison.Ordinal)
            .Replace("<clear />", "<clear /><packageSource key=\"lib\"><package pattern=\"DataManifest.Test.*\" /></packageSource>", StringComparison.Ordinal));
        work.SetEnvironment("NUGET_PACKAGES", work.At("packages"));
        work.Write("App/datasets.toml", Text.Dataset("other", work.Server.Url("/other.csv"), "never asked for"));
        work.Write("App/Program.cs", "System.Console.WriteLine(Co2.Text);");
        work.Write("App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="DataManifest.Test.Lib" Version="1.0.0-test" /></ItemGroup>
            </Project>
            """);

        Assert.IsEmpty(work.Build("App").MustSucceed().Warnings);
        Assert.Contains(work.At("App/data/127.0.0.1/co2.csv") + "of the library", work.Run("App"));
        Assert.IsEmpty(work.BuildLogged("App").Tasks);
        Assert.IsEmpty(Directory.GetDirectories(work.At("packages/datamanifest.test.lib/1.0.0-test"), "data"), "Nothing is written into the package's folder.");
        Assert.AreSequenceEqual(["/co2.csv", "/co2.csv"], work.Server.Requests.Select(request => request.Path), "Once for the library, once for the consumer.");
    }

    [TestMethod]
    public async Task Library_that_packs_a_manifest_which_reaches_nobody_is_warned()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data");
        work.Write("Lib/datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        work.WriteProgram("Lib", "public static class Co2 { }", properties: "<Version>1.0.0-test</Version>");
        work.Write("Lib/Lib.csproj", work.Read("Lib/Lib.csproj").Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal).Replace("Include=\"DataManifest.Build\"", "Include=\"DataManifest.Build\" PrivateAssets=\"all\"", StringComparison.Ordinal));

        var warned = work.Dotnet("Lib", "pack", "--nologo", "-o", work.At("packed")).MustSucceed();
        Assert.HasCount(1, warned.Warnings, warned.Output);
        Assert.Contains("warning DM0613: The package Lib carries its manifest", warned.Warnings[0]);

        Assert.IsEmpty(work.Dotnet("Lib", "pack", "--nologo", "--no-build", "-o", work.At("without"), "-p:DataManifestPackManifest=false").MustSucceed().Warnings);
        using var package = ZipFile.OpenRead(work.At("without/Lib.1.0.0-test.nupkg"));
        Assert.IsFalse(package.Entries.Any(entry => entry.Name.EndsWith(".toml", StringComparison.Ordinal)));
    }
}
