using System.Diagnostics;
using System.Globalization;
using System.Text;
using DataManifest.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DataManifest.Benchmarks;

/// <summary>What the generator costs: the first run of a compiler, a key pressed in a C# file, an edit of the manifest.</summary>
internal static class GeneratorBenchmark
{
    /// <summary>Runs for 10, 1,000 and 10,000 datasets, of which each tenth has a loader. The smallest goes first and bears the start-up of the runtime, as in a compiler.</summary>
    public static Task Run()
    {
        Console.WriteLine("| datasets | first run | unrelated edit in C# | comment in the manifest | one dataset changed | emitted code |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        foreach (var count in (int[])[10, 1_000, 10_000])
        {
            var text = Manifest(count);
            var project = GeneratorProject.Of(text, "namespace Climate { public static class Series { public static double[] Read(string path) => []; } }");
            Compilation compilation = project.CreateCompilation();
            GeneratorDriver driver = project.CreateDriver(tracksSteps: false);
            var first = Time(() => driver = driver.RunGenerators(compilation));
            var size = driver.GetRunResult().GeneratedTrees.Sum(tree => tree.Length);
            var keystroke = Median(i => driver = driver.RunGenerators(compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText($"class Added{i} {{ }}"))), rounds: 99);
            var current = project.Manifests[0];
            var comment = Median(i => Edit(text + $"# comment {i}\n"));
            var change = Median(i => Edit(text + $"[added]\nuri = \"https://example.org/{i}.csv\"\n"));
            Console.WriteLine($"| {count:N0} | {first:F1} ms | {keystroke:F2} ms | {comment:F1} ms | {change:F1} ms | {size / 1024.0:N0} KiB |");

            void Edit(string edited)
            {
                var next = new Generator.ManifestFile("/project/datasets.toml", edited);
                driver = driver.ReplaceAdditionalText(current, next).RunGenerators(compilation);
                current = next;
            }
        }

        return Task.CompletedTask;
    }

    internal static double Median(Action<int> run, int rounds = 9)
    {
        var times = Enumerable.Range(0, rounds).Select(i => Time(() => run(i))).Order().ToArray();
        return times[times.Length / 2];
    }

    private static double Time(Action run)
    {
        var watch = Stopwatch.StartNew();
        run();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>A manifest of so many datasets.</summary>
    internal static string Manifest(int count)
    {
        var manifest = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            manifest.Append(CultureInfo.InvariantCulture, $"""
                ["climate{i % 100}/series_{i}"]
                uri         = "https://example.org/climate/{i}/series.csv"
                checksum    = "sha256:{i:x64}"
                doi         = "10.5555/series.{i}"
                description = "Series number {i} of a long list"
                {(i % 10 == 0 ? "loader      = \"Climate.Series:Read\"\n" : "")}

                """);
        }

        return manifest.ToString();
    }
}
