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

    // Significant digits without zeros around them, and the decimal exponent of the first.
    private static (string Digits, int Exponent) Decompose(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
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
