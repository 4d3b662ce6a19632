namespace DataManifest.Packages;

[TestClass]
public sealed class ManyProjectsTests
{
    private const int Projects = 20;

    [TestMethod]
    public async Task Twenty_projects_of_three_frameworks_built_at_once_download_once_and_the_second_build_asks_nobody()
    {
        await using var work = new Workspace();
        work.Server.Serve("/co2.csv", "data", new() { ChunkDelay = TimeSpan.FromMilliseconds(500) });
        work.Write("datasets.toml", Text.Dataset("co2", work.Server.Url("/co2.csv"), "data"));
        var names = Enumerable.Range(1, Projects).Select(number => $"P{number}").ToArray();
        foreach (var name in names)
        {
            // Any number of frameworks will do for what is asked here; these need no reference packages of their own.
            work.WriteProgram(name, "Console.WriteLine(Datasets.Co2.Path);", "net10.0;net9.0;net8.0", "<OutputType>Library</OutputType><UseAppHost>false</UseAppHost>");
            work.Write($"{name}/Program.cs", $"public static class Use {{ public static string Path => {name}.Datasets.Co2.Path; }}");
        }

        work.Write("All.slnx", $"<Solution>{string.Concat(names.Select(name => $"<Project Path=\"{name}/{name}.csproj\" />"))}</Solution>");

        var built = work.Build(".", "-m").MustSucceed();
        Assert.HasCount(1, work.Server.Requests, built.Output);
        Assert.IsTrue(names.All(name => Directory.GetFiles(work.At(name), $"{name}.dll", SearchOption.AllDirectories).Count(path => path.Contains("bin", StringComparison.Ordinal)) == 3));

        var (again, tasks) = work.BuildLogged(".", "-m");
        Assert.IsEmpty(tasks, string.Join('\n', tasks));
        Assert.HasCount(1, work.Server.Requests, again.Output);
    }
}
