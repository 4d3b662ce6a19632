using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DataManifest.Benchmarks;

/// <summary>
/// A manifest of 10,000 datasets is opened and every path resolved, each time in a new process, which is what a program or a command pays. The process
/// takes its own time, so the start of the runtime is not in it but all compilation of this library's code is.
/// </summary>
internal static class OpenBenchmark
{
    private const int Datasets = 10_000;
    private const int Rounds = 9;

    /// <summary>Runs all rounds. With <c>DATAMANIFEST_REFERENCE</c>, a checkout of the format's Python tool, that tool reads the same file for comparison.</summary>
    public static Task Run()
    {
        var scratch = Directory.CreateTempSubdirectory("datamanifest-open-");
        try
        {
            var store = Path.Combine(scratch.FullName, "store");
            File.WriteAllText(Path.Combine(scratch.FullName, "datasets.toml"), Manifest(store));
            Console.WriteLine($"{Datasets:N0} datasets, {Rounds} processes each; milliseconds, median (min to max)\n");
            Console.WriteLine("| the data | open | every storage path | every dataset looked up on disk | all three | bytes per dataset | diagnostics |");
            Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
            Report("absent", scratch.FullName);
            for (var i = 0; i < Datasets; i++)
            {
                var entry = Path.Combine(store, "example.org", "climate", i.ToString(CultureInfo.InvariantCulture), "series.csv");
                Directory.CreateDirectory(Path.GetDirectoryName(entry)!);
                File.WriteAllText(entry, "");
                File.WriteAllText(entry + ".complete", "");
            }

            Report("present", scratch.FullName);
            CompareWithReference(scratch.FullName);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <summary>One measured opening; prints its figures, separated by blanks.</summary>
    /// <param name="arguments">The project's folder, and optionally the name of the one dataset to find instead.</param>
    public static Task OpenOne(string[] arguments)
    {
        var path = Path.Combine(arguments[0], "datasets.toml");
        if (arguments is [_, var name])
        {
            Console.WriteLine(Database.Open(path)[name].Location.Path);
            return Task.CompletedTask;
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var database = Database.Open(path);
        var open = watch.Elapsed.TotalMilliseconds;
        var length = database.Manifest.Datasets.Sum(dataset => database.Locator.StoragePathOf(dataset).Length);
        var paths = watch.Elapsed.TotalMilliseconds;
        var usable = database.Datasets.Count(dataset => dataset.Exists);
        var located = watch.Elapsed.TotalMilliseconds;
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        watch.Restart();
        var findings = database.Manifest.Diagnostics.Count;
        var diagnostics = watch.Elapsed.TotalMilliseconds;
        if (database.Datasets.Count != Datasets || findings > 0 || usable is not (0 or Datasets) || length < Datasets)
        {
            throw new InvalidOperationException($"{database.Datasets.Count} datasets, {findings} findings, {usable} usable.");
        }

        double[] figures = [open, paths - open, located - paths, located, memory / (double)Datasets, diagnostics];
        Console.WriteLine(string.Join(' ', figures));
        return Task.CompletedTask;
    }

    private static void Report(string data, string folder)
    {
        var rounds = new List<double[]>();
        for (var round = -1; round < Rounds; round++)
        {
            var figures = Command.Run(folder, "dotnet", "exec", Self, "open-one", folder).Trim().Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
            if (round >= 0)
            {
                rounds.Add(figures);
            }
        }

        Console.WriteLine($"| {data} | {string.Join(" | ", Enumerable.Range(0, rounds[0].Length).Select(column => Column([.. rounds.Select(round => round[column]).Order()])))} |");
    }

    private static string Column(double[] sorted) => $"{sorted[sorted.Length / 2]:F0} ({sorted[0]:F0} to {sorted[^1]:F0})";

    private static void CompareWithReference(string folder)
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_REFERENCE") is not { Length: > 0 } reference)
        {
            return;
        }

        const string name = "climate7/series_4207";
        Benchmarks.Rounds.Compare(
            "The same file, whole processes",
            5,
            ("this library: one path", Nothing, () => Command.Run(folder, "dotnet", "exec", Self, "open-one", folder, name)),
            ("this library: every path", Nothing, () => Command.Run(folder, "dotnet", "exec", Self, "open-one", folder)),
            ("reference: path NAME", Nothing, () => Reference("path", name)),
            ("reference: list --bare", Nothing, () => Reference("list", "--bare")));

        void Reference(params string[] arguments) =>
            Command.Run(folder, "env", ["PYTHONPATH=" + reference, "PYTHONDONTWRITEBYTECODE=1", "/usr/bin/python3", "-m", "datamanifest.cli", .. arguments]);

        static void Nothing()
        {
        }
    }

    private static string Self => typeof(OpenBenchmark).Assembly.Location;

    private static string Manifest(string store)
    {
        var manifest = new StringBuilder();
        for (var i = 0; i < Datasets; i++)
        {
            manifest.Append(CultureInfo.InvariantCulture, $"""
                ["climate{i % 100}/series_{i}"]
                uri         = "https://example.org/climate/{i}/series.csv"
                checksum    = "sha256:{i:x64}"
                doi         = "10.5555/series.{i}"
                description = "Series number {i} of a long list"


                """);
        }

        return manifest.Append(CultureInfo.InvariantCulture, $"[_STORAGE]\ndatasets_dir = '{store}'\n").ToString();
    }
}
