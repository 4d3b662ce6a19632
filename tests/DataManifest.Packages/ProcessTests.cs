using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace DataManifest.Packages;

/// <summary>Several builds in one process, and several processes at one time.</summary>
[TestClass]
public sealed partial class ProcessTests
{
    private const string Said = "already there";
    private const string SaidByNext = "ALREADY THERE";

    [TestMethod]
    public async Task Process_that_stays_after_a_build_keeps_no_file_of_the_package_and_runs_the_next_version_of_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("The test asks the shell for the process that started it.");
        }

        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a");
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a"));
        work.WriteProgram("App", "Console.WriteLine(1);");
        work.Write("App/App.csproj", work.Read("App/App.csproj").Replace(
            "</Project>", "<Target Name=\"Name\" AfterTargets=\"DataManifestFetch\"><Exec Command=\"echo process $PPID\" /></Target></Project>", StringComparison.Ordinal));
        WriteNextVersion(work, PackageFeed.Instance.Version + ".next");

        // Nobody else's processes answer to these builds, and what stays ends with the test.
        work.SetEnvironment("MSBUILDNODEHANDSHAKESALT", Guid.NewGuid().ToString("n"));
        work.SetEnvironment("MSBUILDDISABLENODEREUSE", null);
        work.SetEnvironment("DOTNET_CLI_USE_MSBUILD_SERVER", "1");
        work.SetEnvironment("NUGET_PACKAGES", work.At("packages"));
        try
        {
            var first = work.Build("App", "-nodeReuse:true").MustSucceed().Output;
            Assert.Contains(Said, first);

            work.Write("App/App.csproj", work.Read("App/App.csproj").Replace(PackageFeed.Instance.Version, PackageFeed.Instance.Version + ".next", StringComparison.Ordinal));
            Directory.Delete(work.At($"packages/datamanifest.build/{PackageFeed.Instance.Version}"), recursive: true);
            Directory.Delete(work.Store, recursive: true);
            var next = work.Build("App", "-nodeReuse:true").MustSucceed().Output;
            Assert.AreEqual(ProcessOf(first), ProcessOf(next), "The process did not stay.");
            Assert.Contains(SaidByNext, next);
        }
        finally
        {
            work.Dotnet(".", "build-server", "shutdown", "--msbuild");
        }

        static string ProcessOf(string output) => Processes().Match(output).Groups[1].Value;
    }

    [TestMethod]
    public async Task Test_runs_of_one_solution_at_once_download_once_and_all_see_whole_data()
    {
        await using var work = new Workspace();
        work.Server.Serve("/a.txt", "the a", new() { ChunkDelay = TimeSpan.FromSeconds(1) });
        work.Write("datasets.toml", Text.Dataset("a", work.Server.Url("/a.txt"), "the a"));
        string[] names = ["One", "Two"];
        foreach (var name in names)
        {
            work.WriteProgram(
                name, "[Microsoft.VisualStudio.TestTools.UnitTesting.TestClass] public class T { [Microsoft.VisualStudio.TestTools.UnitTesting.TestMethod] public void M() => Microsoft.VisualStudio.TestTools.UnitTesting.Assert.AreEqual(\"the a\", Datasets.A.ReadAllText()); }",
                items: string.Concat(TestPackages.Select(package => $"<PackageReference Include=\"{package.Key}\" Version=\"{package.Value}\" />")));
        }

        work.Write("All.slnx", $"<Solution>{string.Concat(names.Select(name => $"<Project Path=\"{name}/{name}.csproj\" />"))}</Solution>");
        work.Dotnet(".", "restore").MustSucceed();

        // Configurations have folders of their own; what they have in common is the manifest and the store.
        var runs = await Task.WhenAll(((string[])["Debug", "Release"]).Select(configuration => Task.Run(() => work.Dotnet(".", "test", "--no-restore", "--nologo", "-c", configuration))));
        foreach (var run in runs)
        {
            Assert.HasCount(2, Passes().Matches(run.MustSucceed().Output), run.Output);
        }

        Assert.HasCount(1, work.Server.Requests, string.Concat(runs.Select(run => run.Output)));
    }

    /// <summary>The versions that this repository's tests use, which are on the machine.</summary>
    private static IEnumerable<KeyValuePair<string, string>> TestPackages =>
        Versions().Matches(File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, "Directory.Packages.props"))).Select(version => KeyValuePair.Create(version.Groups[1].Value, version.Groups[2].Value));

    /// <summary>The package once more, under another version and with another word in its tasks.</summary>
    private static void WriteNextVersion(Workspace work, string version)
    {
        var feed = PackageFeed.Instance;
        Directory.CreateDirectory(work.At("next"));
        var file = work.At($"next/DataManifest.Build.{version}.nupkg");
        File.Copy(Path.Combine(feed.Folder, $"DataManifest.Build.{feed.Version}.nupkg"), file);
        using var package = ZipFile.Open(file, ZipArchiveMode.Update);
        Change("DataManifest.Build.nuspec", Encoding.UTF8, $"<version>{feed.Version}</version>", $"<version>{version}</version>");
        Change("tasks/net10.0/DataManifest.Build.dll", Encoding.Unicode, Said, SaidByNext);
        work.Write("nuget.config", work.Read("nuget.config").Replace("<packageSources>", $"<packageSources><add key=\"next\" value=\"{work.At("next")}\" />", StringComparison.Ordinal)
            .Replace("<clear />", "<clear /><packageSource key=\"next\"><package pattern=\"DataManifest.Build\" /></packageSource>", StringComparison.Ordinal)
            .Replace("pattern=\"DataManifest*\"", "pattern=\"DataManifest*\" /><package pattern=\"DataManifest.Build\"", StringComparison.Ordinal));

        void Change(string name, Encoding encoding, string from, string to)
        {
            var entry = package.GetEntry(name)!;
            using var content = new MemoryStream();
            using (var stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            var bytes = content.ToArray();
            var place = bytes.AsSpan().IndexOf(encoding.GetBytes(from));
            Assert.IsGreaterThan(0, place, $"{name} has no '{from}'.");
            byte[] changed = [.. bytes[..place], .. encoding.GetBytes(to), .. bytes[(place + encoding.GetByteCount(from))..]];
            entry.Delete();
            using var written = package.CreateEntry(name).Open();
            written.Write(changed);
        }
    }

    [GeneratedRegex(@"process (\d+)")]
    private static partial Regex Processes();

    [GeneratedRegex(@"Passed!  - Failed:     0, Passed:     1")]
    private static partial Regex Passes();

    [GeneratedRegex("<PackageVersion Include=\"(MSTest\\.[^\"]+|Microsoft\\.NET\\.Test\\.Sdk)\" Version=\"([^\"]+)\"")]
    private static partial Regex Versions();
}
