using System.Globalization;

namespace DataManifest.Benchmarks;

/// <summary>The most memory that a program and its children have at once.</summary>
internal static class PeakMemory
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Looks until the process has ended.</summary>
    /// <param name="processId">The process.</param>
    /// <returns>The largest resident size of one process, in KiB.</returns>
    public static async Task<long> WatchAsync(int processId)
    {
        var peak = 0L;
        while (Look(processId) is var now and > 0)
        {
            peak = Math.Max(peak, now);
            await Task.Delay(Interval);
        }

        return peak;
    }

    private static long Look(int processId)
    {
        try
        {
            // A process that has ended and was not waited for has no such line.
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
            var own = line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            var children = File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return children.Select(child => Look(int.Parse(child, CultureInfo.InvariantCulture))).Append(own).Max();
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Runs a program once and gives the peak of its resident memory, that of its largest child included, in MiB.</summary>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="program">A program on the path.</param>
    /// <param name="arguments">Its arguments, one by one.</param>
    public static int Of(string folder, string program, params string[] arguments)
    {
        var report = Path.Combine(folder, "peak-memory.txt");
        Command.Run(folder, "/usr/bin/time", ["-f", "%M", "-o", report, program, .. arguments]);
        return int.Parse(File.ReadAllText(report), CultureInfo.InvariantCulture) / 1024;
    }
}
