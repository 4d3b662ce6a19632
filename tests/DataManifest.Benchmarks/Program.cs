using System.Globalization;
using DataManifest.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Each benchmark is a command of its own: they need different programs beside them, and their figures are for docs/performance.md, not for a gate.
var benchmarks = new SortedDictionary<string, Func<string[], Task>>(StringComparer.Ordinal)
{
    ["analyzers"] = _ => AnalyzerBenchmark.Run(),
    ["archives"] = ArchivesBenchmark.Run,
    ["cli"] = CliBenchmark.Run,
    ["evaluation"] = _ => EvaluationBenchmark.Run(),
    ["fetch"] = FetchBenchmark.Run,
    ["generator"] = _ => GeneratorBenchmark.Run(),
    ["hash-memory"] = _ => VerifyBenchmark.HashMemory(),
    ["no-op"] = _ => NoOpBuildBenchmark.Run(),
    ["open"] = _ => OpenBenchmark.Run(),
    ["open-one"] = OpenBenchmark.OpenOne,
    ["rows"] = _ => RowsBenchmark.Run(),
    ["solution"] = _ => SolutionBenchmark.Run(),
    ["verify"] = VerifyBenchmark.Run,
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.Error.WriteLine($"Name a benchmark: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

await benchmark(args[1..]);
return 0;
