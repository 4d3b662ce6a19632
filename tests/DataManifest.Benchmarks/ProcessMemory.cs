using System.Globalization;

namespace DataManifest.Benchmarks;

/// <summary>Looks, while a process runs, at how much memory it and its children have used at most; the system keeps the maximum, so looking now and then is enough.</summary>
internal static class ProcessMemory
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
}
