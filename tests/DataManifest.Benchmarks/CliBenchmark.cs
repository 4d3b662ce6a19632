using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DataManifest.Benchmarks;

/// <summary>
/// The commands <c>path</c>, <c>list</c> and <c>status</c> on manifests of 10, 1,000 and 10,000 datasets of which nothing is there, each in a new process. Beside it,
/// with <c>DATAMANIFEST_REFERENCE</c> set to a checkout of it, the family's Python tool; it has no <c>status</c>, so that is compared with its <c>list</c>.
/// </summary>
internal static class CliBenchmark
{
    private const int Rounds = 7;

    /// <summary>Runs all rounds.</summary>
    /// <param name="arguments">The tool: the program <c>datamanifest</c> of an installed package; without it, the tool is published ahead of time compiled first.</param>
    public static Task Run(string[] arguments)
    {
        var scratch = Directory.CreateTempSubdirectory("datamanifest-cli-");
        try
        {
            var tool = arguments.Length > 0 ? Path.GetFullPath(arguments[0]) : PublishedTool.In(Path.Combine(scratch.FullName, "tool"));
            var reference = Environment.GetEnvironmentVariable("DATAMANIFEST_REFERENCE") is { Length: > 0 } checkout ? checkout : null;
            Console.WriteLine("| command | datasets | this tool: CPU, best (ms) | elapsed, best | reference: CPU, best | elapsed, best | CPU ratio | elapsed ratio |");
            Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
            foreach (var count in new[] { 10, 1_000, 10_000 })
            {
                var folder = Path.Combine(scratch.FullName, count.ToString(CultureInfo.InvariantCulture));
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, "datasets.toml"), Manifest(count, Path.Combine(folder, "store")));
                var name = $"climate{count / 2 % 100}/series_{count / 2}";
                _ = Compare("path NAME", count, folder, tool, reference, ["path", name]);
                _ = Compare("list --bare", count, folder, tool, reference, ["list", "--bare"]);
                var list = Compare("list", count, folder, tool, reference, ["list"]);
                _ = Compare("status", count, folder, tool, reference, ["status"], list);
            }
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <summary>Measures a command in both tools by turns and prints a row; with the other tool's times given, this one alone.</summary>
    private static List<(double Cpu, double Elapsed)> Compare(
        string title, int count, string folder, string tool, string? reference, string[] arguments, List<(double Cpu, double Elapsed)>? measured = null)
    {
        var (own, other) = (new List<(double Cpu, double Elapsed)>(), new List<(double Cpu, double Elapsed)>(measured ?? []));
        var rounds = count > 1_000 ? Rounds / 3 : Rounds;
        for (var round = -1; round < rounds; round++)
        {
            var one = Measure(folder, tool, arguments, reference: null);
            if (measured is null)
            {
                var two = reference is null ? (0, 0) : Measure(folder, "/usr/bin/python3", ["-m", "datamanifest.cli", .. arguments], reference);
                other.AddRange(round >= 0 ? [two] : []);
            }

            own.AddRange(round >= 0 ? [one] : []);
        }

        var (cpu, elapsed) = (own.Min(time => time.Cpu), own.Min(time => time.Elapsed));
        var (theirCpu, theirElapsed) = (other.Min(time => time.Cpu), other.Min(time => time.Elapsed));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {title} | {count:N0} | {cpu:F0} | {elapsed:F0} | {theirCpu:F0} | {theirElapsed:F0} | {theirCpu / cpu:F1}x | {theirElapsed / elapsed:F1}x |"));
        return other;
    }

    /// <summary>The processor time that a process had, and how long it took, in milliseconds; by bash, since the runtime knows nothing of a process that has ended.</summary>
    private static (double Cpu, double Elapsed) Measure(string folder, string program, string[] arguments, string? reference)
    {
        const string Timed = "TIMEFORMAT='%3U %3S %3R'; time \"$@\" > /dev/null 2> errors";
        var start = new ProcessStartInfo("bash", ["-c", Timed, "bash", program, .. arguments]) { WorkingDirectory = folder, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        start.Environment["HOME"] = folder;
        start.Environment["NO_COLOR"] = "1";
        if (reference is not null)
        {
            start.Environment["PYTHONPATH"] = reference;
            start.Environment["PYTHONPYCACHEPREFIX"] = Path.Combine(folder, "pycache");
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var told = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {File.ReadAllText(Path.Combine(folder, "errors"))}");
        }

        double[] seconds = [.. told.Split(' ').Select(each => double.Parse(each, CultureInfo.InvariantCulture))];
        return ((seconds[0] + seconds[1]) * 1000, seconds[2] * 1000);
    }

    private static string Manifest(int count, string store)
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


                """);
        }

        return manifest.Append(CultureInfo.InvariantCulture, $"[_STORAGE]\ndatasets_dir = '{store}'\n").ToString();
    }
}
