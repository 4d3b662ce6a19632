using System.Globalization;
using System.Text;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>The written forms of keys and values that the canonical writer and the editor share.</summary>
internal static class TomlFormat
{
    /// <summary>A key's part: bare if it can be, else a basic string.</summary>
    /// <param name="key">The unquoted part.</param>
    public static string Key(string key) => key.Length > 0 && key.All(TomlKeyReader.IsBare) ? key : BasicString(key);

    /// <summary>A dotted key.</summary>
    /// <param name="parts">The unquoted parts.</param>
    public static string Key(IEnumerable<string> parts) => string.Join(".", parts.Select(Key));

    /// <summary>A string in double quotes on one line; the tab and all printable characters as they are.</summary>
    /// <param name="value">The text.</param>
    public static string BasicString(string value)
    {
        var builder = new StringBuilder(value.Length + 2).Append('"');
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is '"' or '\\' || TomlCursor.IsControl(c))
            {
                builder.Append(value, start, i - start).Append(Escape(c));
                start = i + 1;
            }
        }

        return builder.Append(value, start, value.Length - start).Append('"').ToString();
    }

    /// <summary>A value that is neither array nor table.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value is an array or a table.</exception>
    public static string Scalar(TomlValue value) => value switch
    {
        TomlString text => BasicString(text.Value),
        TomlInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        TomlFloat number => PythonFloat.Format(number.Value),
        TomlBoolean boolean => boolean.Value ? "true" : "false",
        TomlDateTime dateTime => DateTime(dateTime),
        _ => throw new ArgumentException($"A {value.Kind} is no scalar.", nameof(value)),
    };

    /// <summary>Any value on one line; arrays and tables inline.</summary>
    /// <param name="value">The value.</param>
    public static string OneLine(TomlValue value) => value switch
    {
        TomlArray array => $"[{string.Join(", ", array.Items.Select(OneLine))}]",
        TomlTable { Count: 0 } => "{}",
        TomlTable table => $"{{ {string.Join(", ", table.Select(e => $"{Key(e.Key)} = {OneLine(e.Value)}"))} }}",
        _ => Scalar(value),
    };

    private static string Escape(char c) => c switch
    {
        '\b' => "\\b",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        '"' => "\\\"",
        '\\' => "\\\\",
        _ => $"\\u{(int)c:x4}",
    };

    private static string DateTime(TomlDateTime value)
    {
        var date = value.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var hasFraction = value.Time.Ticks % TimeSpan.TicksPerSecond != 0;
        var time = value.Time.ToString(hasFraction ? @"hh\:mm\:ss\.ffffff" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
        var offset = (value.Offset < TimeSpan.Zero ? "-" : "+") + value.Offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
        return value.Kind switch
        {
            TomlKind.LocalDate => date,
            TomlKind.LocalTime => time,
            TomlKind.LocalDateTime => $"{date} {time}",
            _ => $"{date} {time}{offset}",
        };
    }
}
