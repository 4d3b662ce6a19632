using System.Globalization;

namespace DataManifest.Benchmarks;

/// <summary>The most memory that a program has at once, as GNU <c>time</c> reports it.</summary>
internal static class PeakMemory
{
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
