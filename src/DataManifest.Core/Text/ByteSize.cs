using System.Globalization;

namespace DataManifest.Text;

/// <summary>Numbers of bytes for people, in powers of 1000 as download pages have them.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>Writes a number of bytes with its unit, as <c>1.2 MB</c>.</summary>
    /// <param name="bytes">The number; not negative.</param>
    public static string Format(double bytes)
    {
        var unit = 0;
        while (bytes >= 999.5 && unit < Units.Length - 1)
        {
            bytes /= 1000;
            unit++;
        }

        var digits = unit == 0 || bytes >= 9.95 ? "F0" : "F1";
        return $"{bytes.ToString(digits, CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
