using System.Globalization;
using System.Text;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Hashing;

/// <summary>
/// The JSON text of a table of parameters, the same bytes in every tool: members sorted by code point, no blanks, and numbers in Python's form (specification,
/// "Parameter-hash keying").
/// </summary>
public static class CanonicalJson
{
    /// <summary>Writes a table.</summary>
    /// <param name="table">Strings, integers, finite floats, booleans, and arrays and tables of them.</param>
    /// <exception cref="ArgumentException">A date, a time or a float that is not finite is in it; the message names the place, as in <c>grid.steps[2]</c>.</exception>
    public static string Write(TomlTable table)
    {
        var text = new StringBuilder();
        Append(text, table, "");
        return text.ToString();
    }

    private static void Append(StringBuilder text, TomlValue value, string place)
    {
        switch (value)
        {
            case TomlString { Value: var content }:
                AppendString(text, content);
                break;
            case TomlInteger { Value: var number }:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case TomlFloat { Value: var number } when !double.IsNaN(number) && !double.IsInfinity(number):
                text.Append(PythonFloat.Format(number));
                break;
            case TomlBoolean { Value: var truth }:
                text.Append(truth ? "true" : "false");
                break;
            case TomlArray array:
                text.Append('[');
                for (var i = 0; i < array.Items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Append(text, array.Items[i], $"{place}[{i}]");
                }

                text.Append(']');
                break;
            case TomlTable table:
                var separator = "{";
                foreach (var entry in table.OrderBy(entry => entry.Key, CodePointComparer.Instance))
                {
                    text.Append(separator);
                    AppendString(text, entry.Key);
                    text.Append(':');
                    Append(text, entry.Value, place.Length == 0 ? entry.Key : $"{place}.{entry.Key}");
                    separator = ",";
                }

                text.Append(table.Count == 0 ? "{}" : "}");
                break;
            default:
                throw new ArgumentException(value is TomlFloat
                    ? $"The parameter '{place}' is not a finite number; use a finite one, or a string."
                    : $"The parameter '{place}' is a date or a time; use a string.");
        }
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is '"' or '\\' or < ' ')
            {
                text.Append(value, start, i - start).Append(Escape(value[i]));
                start = i + 1;
            }
        }

        text.Append(value, start, value.Length - start).Append('"');
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => $"\\u{(int)c:x4}",
    };
}
