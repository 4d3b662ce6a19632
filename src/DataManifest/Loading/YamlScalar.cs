using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace DataManifest.Loading;

/// <summary>What a YAML scalar stands for by the core schema of YAML 1.2 (section 10.3.2): only what has no quotes is anything else than a text.</summary>
internal static partial class YamlScalar
{
    private const string TextTag = "tag:yaml.org,2002:str";

    /// <summary>Writes a scalar as JSON. Infinity and "not a number" become texts, as JSON has no such numbers.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="scalar">The scalar.</param>
    public static void Write(Utf8JsonWriter writer, Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain || (!scalar.Tag.IsEmpty && scalar.Tag.Value == TextTag))
        {
            writer.WriteStringValue(text);
            return;
        }

        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE" or "false" or "False" or "FALSE":
                writer.WriteBooleanValue(text[0] is 't' or 'T');
                break;
            case ".nan" or ".NaN" or ".NAN":
                writer.WriteStringValue("NaN");
                break;
            case var _ when Infinity().IsMatch(text):
                writer.WriteStringValue(text[0] == '-' ? "-Infinity" : "Infinity");
                break;
            case var _ when Integer(text) is { } number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case var _ when Real().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var real && double.IsFinite(real):
                writer.WriteNumberValue(real);
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }

    private static BigInteger? Integer(string text) =>
        Decimal().IsMatch(text) ? BigInteger.Parse(text, CultureInfo.InvariantCulture)
        : Hexadecimal().IsMatch(text) ? BigInteger.Parse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : Octal().IsMatch(text) ? text[2..].Aggregate(BigInteger.Zero, (number, digit) => (number * 8) + (digit - '0'))
        : null;

    // Longer ones are texts: what they come to grows with the square of their length.
    [GeneratedRegex(@"^[-+]?[0-9]{1,1000}\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]{1,1000}\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^0o[0-7]{1,1000}\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Real();

    [GeneratedRegex(@"^[-+]?\.(inf|Inf|INF)\z")]
    private static partial Regex Infinity();
}
