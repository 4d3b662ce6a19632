using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataManifest.Packages;

/// <summary>Every command, file and name that README.md shows is tried, so that the page stays true.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    private static readonly string Samples = Path.Combine(PackageFeed.RepositoryRoot, "samples");

    [TestMethod]
    public async Task Sample_command_runs_on_a_copy_of_the_repository_and_prints_what_the_data_say()
    {
        await using var work = new Workspace();
        var environment = new Dictionary<string, string?>(ProcessEnvironment.Clean)
        {
            ["NUGET_PACKAGES"] = null,
            ["DATAMANIFEST_DATASETS_DIR"] = work.At("store"),

            // Whoever has run the sample before has its data in a read pool, where they would be used instead.
            ["DATAMANIFEST_DATASETS_POOLS"] = work.At("no-pool"),
        };

        var sample = Command.Dotnet(Path.Combine(PackageFeed.Instance.Root, "repository"), environment, Readme.Arguments(Readme.Marked("sample"))).MustSucceed();

        Assert.Contains("correlation with temperature r = 0.967", sample.Output);
        Assert.IsTrue(File.Exists(work.At("store/upstream/co2_annmean_mlo.csv")), sample.Output);
        Assert.IsTrue(File.Exists(work.At("store/upstream/gistemp/gistemp/annual.csv")), sample.Output);

        // An SDK is looked for before its project can say anything; NuGet's error then names what to run, which the page shows.
        Copy(Path.Combine(PackageFeed.Instance.Root, "repository", "samples", "DataOnly"), work.At("samples/DataOnly"));
        File.Copy(Path.Combine(PackageFeed.Instance.Root, "repository", "samples", "nuget.config"), work.At("samples/nuget.config"));
        var commands = OneLine().Match(Readme.Page).Groups[1].Value.Split(" && ");
        Assert.Contains($"run '{commands[0]}' first", Command.Dotnet(work.Root, environment, Readme.Arguments(commands[1])).MustFail().Output);
        foreach (var command in commands)
        {
            Command.Dotnet(Path.Combine(PackageFeed.Instance.Root, "repository"), environment, Readme.Arguments(command)).MustSucceed();
        }

        Assert.IsTrue(File.Exists(work.At("store/upstream/atomic_weights.csv")));
    }

    [TestMethod]
    public void Tests_command_names_a_solution_that_has_every_test_project()
    {
        var solution = Readme.Arguments(Readme.Marked("tests"))[^1];
        var text = File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, solution));
        var projects = Directory.GetFiles(Path.Combine(PackageFeed.RepositoryRoot, "tests"), "*.csproj", SearchOption.AllDirectories);
        Assert.IsGreaterThan(3, projects.Length);
        foreach (var project in projects)
        {
            Assert.Contains(Path.GetFileName(project), text);
        }
    }

    [TestMethod]
    public async Task Steps_of_the_readme_lead_from_an_empty_console_project_to_a_pinned_program()
    {
        await using var work = new Workspace();
        var csv = await File.ReadAllTextAsync(Path.Combine(Samples, "Quickstart", "upstream", "co2_annmean_mlo.csv"));
        work.WriteProgram("App", "");
        work.Write("App/App.csproj", PackageReference().Replace(work.Read("App/App.csproj"), "").Replace("TargetFrameworks", "TargetFramework", StringComparison.Ordinal));
        var manifest = AtServer(Readme.Marked("manifest"), work.Server.Url(""));
        work.Server.Serve(new Uri(Uris().Match(manifest).Value).AbsolutePath, csv);

        // What is under test is a prerelease; the page is about the published one.
        work.Dotnet("App", [.. Readme.Arguments(Readme.Fenced("bash", "add package")), "--prerelease"]).MustSucceed();
        work.Write("App/datasets.toml", manifest);
        work.Write("App/Program.cs", Readme.Marked("program"));

        var shown = Readme.Fenced("text", "$ dotnet build").TrimEnd().Split('\n');
        var built = work.Dotnet("App", Readme.Arguments(shown[0][1..])).MustSucceed();
        foreach (var line in shown[1..])
        {
            Assert.MatchesRegex(Readme.Pattern(line, "127.0.0.1"), built.Output);
        }

        work.Dotnet("App", Readme.Arguments(Readme.Marked("sync"))).MustSucceed();
        Assert.AreEqual($"{manifest}checksum    = \"{Text.Sha256(csv)}\"\n", work.Read("App/datasets.toml"));

        Assert.Contains(csv.ReplaceLineEndings(), work.Dotnet("App", "run").MustSucceed().Output);
        Assert.HasCount(1, work.Server.Requests);
    }

    [TestMethod]
    public async Task Project_of_one_line_fetches_the_archive_and_the_batch_that_the_readme_shows()
    {
        await using var work = new Workspace();
        var manifest = AtServer(Readme.Fenced("toml", "[_STORAGE]"), work.Server.Url(""));
        foreach (var path in Uris().Matches(manifest).Select(uri => new Uri(uri.Value).AbsolutePath))
        {
            work.Server.Serve(path, path.EndsWith(".zip", StringComparison.Ordinal) ? await File.ReadAllBytesAsync(Path.Combine(Samples, "Quickstart", "upstream", path[1..])) : [1, 2, 3]);
        }

        var project = Readme.Fenced("xml", "<Project");
        Assert.Contains($"/{PackageFeed.Instance.Version.Split('-')[0]}\"", project);
        work.Write("datasets.toml", manifest);
        work.Write("Data/Data.csproj", project.Replace(PackageFeed.Instance.Version.Split('-')[0], PackageFeed.Instance.Version, StringComparison.Ordinal));

        var built = work.Build("Data").MustSucceed();
        Assert.IsFalse(built.Warnings.Any(warning => !warning.Contains("DM0603", StringComparison.Ordinal)), built.Output);
        Assert.IsTrue(File.Exists(work.At("data/127.0.0.1/gistemp/gistemp/annual.csv")), built.Output);
        Assert.IsTrue(File.Exists(work.At("data/127.0.0.1/tiles/n50e010.tif")), built.Output);

        foreach (var target in Readme.Table("target"))
        {
            work.Dotnet("Data", "build", "--no-restore", $"-t:{target}", "-p:DataSet=*").MustSucceed();
        }

        using var listed = JsonDocument.Parse(work.Dotnet("Data", "build", "--no-restore", "-getTargetResult:DataList").MustSucceed().Output);
        Assert.AreEqual(2, listed.RootElement.GetProperty("TargetResults").GetProperty("DataList").GetProperty("Items").GetArrayLength());
    }

    [TestMethod]
    public void Tables_have_the_targets_and_the_properties_that_the_package_has()
    {
        var files = Directory.GetFiles(Path.Combine(PackageFeed.RepositoryRoot, "src", "DataManifest.Build", "build")).Select(File.ReadAllText).ToArray();
        Assert.IsNotEmpty(files);
        Assert.AreSequenceEqual(Names(files, PublicTargets()), Readme.Table("target").Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(Names(files, PublicProperties()), Readme.Table("property").Order(StringComparer.Ordinal));

        var reference = File.ReadAllText(Path.Combine(PackageFeed.RepositoryRoot, "docs", "reference-msbuild.md"));
        foreach (var name in Readme.Table("target").Concat(Readme.Table("property")))
        {
            Assert.Contains($"\n| `{name}` | ", reference);
        }
    }

    [TestMethod]
    public void Links_between_pages_lead_to_files_that_are_there()
    {
        var pages = Directory.GetFiles(PackageFeed.RepositoryRoot, "*.md").Concat(Directory.GetFiles(Path.Combine(PackageFeed.RepositoryRoot, "docs"), "*.md", SearchOption.AllDirectories));
        var broken = from page in pages
                     from Match link in Links().Matches(File.ReadAllText(page))
                     let target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value)
                     where !File.Exists(target) && !Directory.Exists(target)
                     select $"{page}: {link.Groups[1].Value}";
        Assert.IsEmpty(broken);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private static string AtServer(string text, string server) => text.Replace("https://example.org", server, StringComparison.Ordinal);

    private static IEnumerable<string> Names(IEnumerable<string> files, Regex pattern) =>
        files.SelectMany(file => pattern.Matches(file)).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("`(dotnet build build/Packages.proj && [^`]+)`")]
    private static partial Regex OneLine();

    [GeneratedRegex("<PackageReference [^>]*/>")]
    private static partial Regex PackageReference();

    [GeneratedRegex("http://[^\"]+")]
    private static partial Regex Uris();

    [GeneratedRegex("<Target Name=\"(Data(?!Manifest)\\w+)\"")]
    private static partial Regex PublicTargets();

    [GeneratedRegex("(?:\\$\\(|CompilerVisibleProperty Include=\")(DataManifest\\w+)")]
    private static partial Regex PublicProperties();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)[^)]*\)")]
    private static partial Regex Links();
}
