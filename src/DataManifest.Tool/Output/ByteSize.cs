using System.Globalization;

namespace DataManifest.Tool.Output;

/// <summary>Numbers of bytes for people, in powers of 1024 as the family's listings have them.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Writes a number of bytes with its unit, as <c>1.2 MiB</c>.</summary>
    /// <param name="bytes">The number; not negative.</param>
    public static string Format(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return $"{value.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
