using System.IO.Compression;
using System.Runtime.InteropServices;

namespace DataManifest.Packages;

/// <summary>The tool as its users have it: installed from its packages.</summary>
[TestClass]
public sealed class ToolTests
{
    [TestMethod]
    public async Task Tool_that_is_installed_as_the_readme_says_fetches_verifies_and_lists()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "year,ppm\n");
        work.Write("App/datasets.toml", $"[co2]\nuri = \"{work.Server.Url("/co2.csv")}\"\n");
        foreach (var line in Readme.Marked("tool").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var arguments = Readme.Arguments(line);

            // What is under test is a prerelease; the page is about the published one.
            work.Dotnet("App", arguments.Contains("install") ? [.. arguments, "--version", PackageFeed.Instance.Version] : arguments).MustSucceed();
        }

        work.Dotnet("App", "datamanifest", "download").MustSucceed();
        Assert.AreEqual("co2", work.Dotnet("App", "datamanifest", "list", "--present", "--bare").MustSucceed().Output.Trim());
        var path = work.Dotnet("App", "datamanifest", "path", "co2").MustSucceed().Output.Trim();
        Assert.AreEqual("year,ppm\n", await File.ReadAllTextAsync(path));
        Assert.AreEqual(2, work.Dotnet("App", "datamanifest", "dowload").ExitCode);
    }

    [TestMethod]
    public async Task New_project_that_init_gives_the_package_fetches_when_it_is_built()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "year,ppm\n");
        Directory.CreateDirectory(work.At("App"));
        work.Dotnet("App", "new", "console").MustSucceed();
        work.Dotnet("App", "new", "tool-manifest").MustSucceed();
        work.Dotnet("App", "tool", "install", "DataManifest.Tool", "--version", PackageFeed.Instance.Version).MustSucceed();

        work.Dotnet("App", "datamanifest", "init", "--csproj").MustSucceed();
        work.Dotnet("App", "datamanifest", "add", work.Server.Url("/co2.csv"), "--name", "co2", "--no-download").MustSucceed();
        work.Write("App/Program.cs", "Console.Write(File.ReadAllText(Datasets.Co2.Path));");
        work.Build("App").MustSucceed();

        Assert.AreEqual("year,ppm\n", work.Run("App"));
    }

    [TestMethod]
    public void Package_for_this_machine_is_compiled_ahead_of_time()
    {
        var runtime = RuntimeInformation.RuntimeIdentifier;
        using var package = ZipFile.OpenRead(Path.Combine(PackageFeed.Instance.Folder, $"DataManifest.Tool.{runtime}.{PackageFeed.Instance.Version}.nupkg"));
        using var agnostic = ZipFile.OpenRead(Path.Combine(PackageFeed.Instance.Folder, $"DataManifest.Tool.any.{PackageFeed.Instance.Version}.nupkg"));
        foreach (var assembly in new[] { "DataManifest.Tool.dll", "DataManifest.dll", "DataManifest.Core.dll", "System.CommandLine.dll", "Spectre.Console.dll" })
        {
            Assert.IsGreaterThan(SizeOf(agnostic, assembly) * 3 / 2, SizeOf(package, assembly), assembly);
        }
    }

    private static long SizeOf(ZipArchive package, string file) => package.Entries.Single(entry => entry.Name == file).Length;
}
