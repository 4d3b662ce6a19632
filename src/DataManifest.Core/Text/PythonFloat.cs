using System.Globalization;

namespace DataManifest.Text;

/// <summary>Writes binary64 numbers as Python's <c>repr</c> does, the form that canonical TOML and canonical JSON share.</summary>
public static class PythonFloat
{
    /// <summary>
    /// The shortest decimal that reads back as the number: with at least one digit behind the point, or from 1e16 on and below 1e-4 with an exponent
    /// of at least two digits. Infinities are <c>inf</c> and <c>-inf</c>; NaN is <c>nan</c>, without a sign.
    /// </summary>
    /// <param name="value">The number.</param>
    public static string Format(double value)
    {
        if (double.IsNaN(value))
        {
            return "nan";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "inf" : "-inf";
        }

        // .NET Framework drops the sign of zero.
        var sign = value < 0 || (value == 0 && double.IsNegativeInfinity(1 / value)) ? "-" : "";
        var (digits, exponent) = Decompose(Math.Abs(value));
        return sign + exponent switch
        {
            < -4 or >= 16 => $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits.Substring(1)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}",
            < 0 => "0." + new string('0', -exponent - 1) + digits,
            _ when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0') + ".0",
            _ => digits.Insert(exponent + 1, "."),
        };
    }

    // The runtimes' own "R" will not do: .NET Framework's has more digits than needed, and that of the later ones reads back as another number for some powers of two.
    private static string Shortest(double value)
    {
        for (var digits = 0; digits < 16; digits++)
        {
            var nearest = value.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (Parse(nearest) == value)
            {
                return nearest;
            }

            // Above a power of two there is twice the room of below it: the next decimal upwards may do where the nearest does not.
            if (Upwards(nearest) is { } next && Parse(next) == value)
            {
                return next;
            }
        }

        return value.ToString("E16", CultureInfo.InvariantCulture);
    }

    private static double Parse(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string? Upwards(string text)
    {
        var e = text.IndexOf('E');
        var digits = text.Substring(0, e).Replace(".", "");
        var next = (long.Parse(digits, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        return next.Length > digits.Length ? null : (next.Length == 1 ? next : next.Insert(1, ".")) + text.Substring(e);
    }

    // Significant digits without zeros around them, and the decimal exponent of the first.
    private static (string Digits, int Exponent) Decompose(double value)
    {
        var text = Shortest(value);
        var e = text.IndexOf('E');
        var mantissa = e < 0 ? text : text.Substring(0, e);
        var exponent = e < 0 ? 0 : int.Parse(text.Substring(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.');
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var digits = mantissa.Replace(".", "");
        var significant = digits.TrimStart('0');
        exponent -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');
        return significant.Length == 0 ? ("0", 0) : (significant, exponent);
    }
}
