using System.Globalization;

namespace DataManifest.Benchmarks;

/// <summary>A solution of 60 trivial projects that share one manifest, with nothing to do, against the same solution without the package.</summary>
internal static class SolutionBenchmark
{
    private const int Projects = 60;

    /// <summary>Builds both solutions in turn.</summary>
    public static Task Run()
    {
        using var scene = new BuildScene();
        Rounds.Compare($"No-op `dotnet build --no-restore` of {Projects} projects, whole processes", 5, [.. new[] { false, true }.Select(isUser =>
        {
            var folder = MakeSolution(scene, isUser);
            Command.Run(folder, "dotnet", "build", "--nologo");
            return (isUser ? "with the package, one manifest of 20 datasets" : "without the package", (Action)(static () => { }), (Action)(() => Command.Run(folder, "dotnet", "build", "--no-restore", "--nologo")));
        })]);
        return Task.CompletedTask;
    }

    private static string MakeSolution(BuildScene scene, bool isUser)
    {
        var name = isUser ? "With" : "Without";
        string[] projects = [.. Enumerable.Range(1, Projects).Select(number => string.Create(CultureInfo.InvariantCulture, $"P{number}"))];
        var folder = Path.GetDirectoryName(projects.Select(project => scene.MakeProject(Path.Combine(name, project), isUser)).ToArray()[0])!;
        File.WriteAllText(Path.Combine(folder, "All.slnx"), $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"{project}/{project}.csproj\" />"))}</Solution>");
        if (isUser)
        {
            BuildScene.WriteManifest(folder, 20);
        }

        return folder;
    }
}
