using System.Diagnostics;

namespace DataManifest.Benchmarks;

/// <summary>
/// Times several contestants in turn, A B C A B C …, so that a machine whose speed drifts slows them all alike; the medians and their
/// ratio to the first contestant are what to quote.
/// </summary>
internal static class Rounds
{
    /// <summary>Runs every contestant once unmeasured and then <paramref name="count"/> times, and prints a table row for each.</summary>
    /// <param name="title">What is being compared.</param>
    /// <param name="count">How many measured rounds.</param>
    /// <param name="contestants">Name, what runs before each time unmeasured, and what is measured.</param>
    public static void Compare(string title, int count, params (string Name, Action Prepare, Action Run)[] contestants)
    {
        var times = contestants.ToDictionary(contestant => contestant.Name, _ => new List<double>());
        for (var round = -1; round < count; round++)
        {
            foreach (var (name, prepare, run) in contestants)
            {
                prepare();
                var watch = Stopwatch.StartNew();
                run();
                if (round >= 0)
                {
                    times[name].Add(watch.Elapsed.TotalMilliseconds);
                }
            }
        }

        Console.WriteLine($"\n{title} ({count} interleaved rounds; milliseconds)\n");
        Console.WriteLine("| what | min | median | max | median against the first |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        var first = Median(times[contestants[0].Name]);
        foreach (var (name, _, _) in contestants)
        {
            var row = times[name];
            Console.WriteLine($"| {name} | {row.Min():F1} | {Median(row):F1} | {row.Max():F1} | {Median(row) / first:F2}x, {Median(row) - first:+0.0;-0.0} |");
        }
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
