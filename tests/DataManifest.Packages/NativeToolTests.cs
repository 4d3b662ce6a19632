using System.Runtime.InteropServices;

namespace DataManifest.Packages;

/// <summary>The tool as a release has it: a native program for each platform.</summary>
[TestClass]
public sealed class NativeToolTests
{
    [TestMethod]
    public async Task Tool_of_the_native_package_fetches_also_from_an_object_store_and_verifies()
    {
        RequireTimeAndLinker();
        await using var work = new Workspace();
        work.SetEnvironment("AWS_ENDPOINT_URL", work.Server.Url("").TrimEnd('/'));
        work.SetEnvironment("AWS_NO_SIGN_REQUEST", "1");
        work.Server.Serve("/co2.csv", "year,ppm\n");
        work.Server.Serve("/my-bucket/ch4.csv", "year,ppb\n");
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "year,ppm\n") + Text.Dataset("ch4", "s3://my-bucket/ch4.csv", "year,ppb\n"));
        var program = Install(work);

        work.ExecuteProgram(program, "download").MustSucceed();
        work.ExecuteProgram(program, "verify").MustSucceed();

        Assert.AreEqual("year,ppb\n", await File.ReadAllTextAsync(work.ExecuteProgram(program, "path", "ch4").MustSucceed().Output.Trim()));
        Assert.IsEmpty(Directory.GetFiles(Path.GetDirectoryName(program)!, "*.dll", SearchOption.AllDirectories), "The program has everything in it.");
    }

    /// <summary>Packs it as CONTRIBUTING.md says, and installs it with the package that names those of all platforms.</summary>
    private static string Install(Workspace work)
    {
        var feed = PackageFeed.Instance;
        work.Write("native/nuget.config", "<configuration><packageSources><clear /><add key=\"native\" value=\".\" /></packageSources><packageSourceMapping><clear /></packageSourceMapping></configuration>");
        var named = $"DataManifest.Tool.{feed.Version}.nupkg";
        File.Copy(Path.Combine(feed.Folder, named), work.At($"native/{named}"));
        feed.Dotnet("pack", "src/DataManifest.Tool", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-p:NativeTool=true", "-o", work.At("native")).MustSucceed();
        work.Dotnet("native", "tool", "install", "DataManifest.Tool", "--version", feed.Version, "--tool-path", work.At("tools")).MustSucceed();
        return work.At(OperatingSystem.IsWindows() ? "tools/datamanifest.exe" : "tools/datamanifest");
    }

    private static void RequireTimeAndLinker()
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_NIGHTLY") != "1")
        {
            Assert.Inconclusive("Takes a minute of two cores; runs where DATAMANIFEST_NIGHTLY is 1.");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux() || !folders.Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc"))))
        {
            Assert.Inconclusive("Needs a C linker, clang or gcc.");
        }
    }
}
