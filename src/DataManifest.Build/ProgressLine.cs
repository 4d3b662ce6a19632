using System.Globalization;
using DataManifest.Fetching;
using DataManifest.Text;

namespace DataManifest.Build;

/// <summary>Words for how far a dataset is.</summary>
internal static class ProgressLine
{
    /// <summary>What begins.</summary>
    /// <param name="value">The first report of a phase.</param>
    public static string Beginning(FetchProgress value) => value.Phase switch
    {
        FetchPhase.Transferring => $"fetching {value.Dataset}{(value.Total is { } total ? $" ({ByteSize.Format(total)})" : "")}{(value.Source.Length > 0 ? $" from {value.Source}" : "")}",
        FetchPhase.Waiting => $"waiting for {value.Source}, which is fetching {value.Dataset}",
        _ => $"unpacking {value.Dataset}",
    };

    /// <summary>How far it is, how fast it goes and how long it will take; or that nothing comes.</summary>
    /// <param name="value">The latest report.</param>
    /// <param name="bytes">The bytes since the last line.</param>
    /// <param name="time">The time since then.</param>
    public static string UnderWay(FetchProgress value, long bytes, TimeSpan time)
    {
        var speed = bytes / time.TotalSeconds;
        var done = value.Total is > 0 and var total
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100, 100.0 * value.Bytes / total):F0} % of {ByteSize.Format(total)}")
            : ByteSize.Format(value.Bytes);
        var doing = value.Phase switch { FetchPhase.Transferring => "", FetchPhase.Verifying => "verified ", _ => "unpacked " };
        var left = value.Total > value.Bytes && speed > 0 ? $", {Duration((value.Total.GetValueOrDefault() - value.Bytes) / speed)} left" : "";
        return speed > 0 ? $"{value.Dataset}: {doing}{done}, {ByteSize.Format(speed)}/s{left}"
            : value.Bytes > 0 ? $"{value.Dataset}: {doing}{done}, nothing since the last line"
            : $"{value.Dataset}: still waiting for {(value.Source.Length > 0 ? value.Source : "data")}";
    }

    private static string Duration(double seconds) =>
        seconds < 90 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):F0} s")
        : seconds < 5400 ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F1} h");
}
