using System.Globalization;

namespace DataManifest.Generator.Emission;

/// <summary>Numbers of things for people: <c>1 file</c>, <c>2,000 files</c>.</summary>
internal static class Counted
{
    /// <summary>A number and what is counted.</summary>
    /// <param name="count">The number.</param>
    /// <param name="thing">What is counted, one of it.</param>
    public static string Of(long count, string thing) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {thing}{(count == 1 ? "" : "s")}";
}
