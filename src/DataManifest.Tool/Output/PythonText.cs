using System.Globalization;
using DataManifest.Toml;

namespace DataManifest.Tool.Output;

/// <summary>Values in the notation in which the family's reference prints them, so that scripts which compare outputs see the same.</summary>
internal static class PythonText
{
    /// <summary>A value as Python's <c>repr</c> writes it.</summary>
    /// <param name="value">The value.</param>
    public static string Of(TomlValue value) => value switch
    {
        TomlString text => Quote(text.Value),
        TomlBoolean flag => flag.Value ? "True" : "False",
        TomlInteger number => number.Value.ToString(CultureInfo.InvariantCulture),
        TomlArray list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        TomlTable table => $"{{{string.Join(", ", table.Select(entry => $"{Quote(entry.Key)}: {Of(entry.Value)}"))}}}",
        _ => TomlFormat.Scalar(value),
    };

    /// <summary>A text in Python's quotes.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return quote + (quote == '\'' ? escaped.Replace("'", "\\'", StringComparison.Ordinal) : escaped) + quote;
    }
}
