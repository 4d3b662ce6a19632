namespace DataManifest.Benchmarks;

/// <summary>A build with nothing to do: projects with 1, 200 and 10,000 present datasets against the same project without the package.</summary>
internal static class NoOpBuildBenchmark
{
    /// <summary>Builds the projects in turn.</summary>
    public static Task Run()
    {
        using var scene = new BuildScene();
        Rounds.Compare("No-op `dotnet build --no-restore`, whole processes", 20, [.. scene.Build(1, 200, 10_000).Select(project =>
            (project.Name, (Action)(static () => { }), (Action)(() => Command.Run(project.Folder, "dotnet", "build", "--no-restore", "--nologo"))))]);
        return Task.CompletedTask;
    }
}
