using System.Globalization;

namespace DataManifest.Benchmarks;

/// <summary>What the package's properties and items add to the evaluation of a project, which every build and every editor does first.</summary>
internal static class EvaluationBenchmark
{
    /// <summary>Evaluates the projects in turn, and shows what MSBuild's own profiler says of the package's files.</summary>
    public static Task Run()
    {
        using var scene = new BuildScene();
        var projects = scene.Build(1, 200, 10_000).ToArray();
        Rounds.Compare("`dotnet msbuild -getProperty:AssemblyName`, whole processes", 15, [.. projects.Select(project =>
            (project.Name, (Action)(static () => { }), (Action)(() => Command.Run(project.Folder, "dotnet", "msbuild", "-getProperty:AssemblyName"))))]);

        Console.WriteLine("\nMSBuild's profile of the evaluation, the package's files alone (one evaluation; milliseconds, each element without those inside it)\n");
        Console.WriteLine("| project | file | time |");
        Console.WriteLine("|---|---|--:|");
        foreach (var (name, folder) in projects.Skip(1))
        {
            foreach (var (file, time) in ProfileOf(folder))
            {
                Console.WriteLine($"| {name} | {file} | {time:F0} |");
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The time of each file of the package: the sum of its elements' own times.</summary>
    private static IEnumerable<(string File, double Milliseconds)> ProfileOf(string folder)
    {
        var report = Path.Combine(folder, "evaluation.md");
        Command.Run(folder, "dotnet", "msbuild", "-t:_NothingToDo", "-nologo", $"-profileEvaluation:{report}", $"-p:CustomAfterMicrosoftCommonTargets={WriteEmptyTarget(folder)}");
        return from line in File.ReadLines(report)
               let cells = line.Split('|')
               where cells.Length >= 13 && (cells[3].StartsWith("DataManifest.", StringComparison.Ordinal) || (cells[3].Length == "0123456789abcdef.props".Length && cells[3].EndsWith(".props", StringComparison.Ordinal)))
               group double.Parse(cells[^5], CultureInfo.InvariantCulture) by cells[3] into file
               select (file.Key, file.Sum());
    }

    private static string WriteEmptyTarget(string folder)
    {
        var path = Path.Combine(folder, "nothing.targets");
        File.WriteAllText(path, "<Project><Target Name=\"_NothingToDo\" /></Project>");
        return path;
    }
}
