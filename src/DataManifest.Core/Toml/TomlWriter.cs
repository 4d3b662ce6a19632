using System.Text;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Writes the canonical form that all tools of the format agree on, byte for byte: sorted, one form per value, without comments.</summary>
public sealed class TomlWriter
{
    private const string Indent = "    ";
    private const int MaxLineLength = 100;

    private readonly StringBuilder _text = new();
    private readonly bool _structuralFirst;

    private TomlWriter(bool structuralFirst) => _structuralFirst = structuralFirst;

    /// <summary>The canonical text of a document; empty for an empty table. Lines end with LF, the last one too.</summary>
    /// <param name="root">The document's table. Names that begin with <c>_</c> come first; the rest is sorted by code point.</param>
    /// <param name="structuralFirst">False for the sidecars of produced artifacts, in which names that begin with <c>_</c> are sorted like all others.</param>
    public static string ToCanonical(TomlTable root, bool structuralFirst = true)
    {
        var writer = new TomlWriter(structuralFirst);
        writer.WriteTable(root, name: "", isElement: false);
        return writer._text.ToString();
    }

    private void WriteTable(TomlTable table, string name, bool isElement)
    {
        var (literals, tables) = Split(Sorted(table, _structuralFirst && name.Length == 0));
        if (isElement || (name.Length > 0 && (literals.Count > 0 || tables.Count == 0)))
        {
            _text.Append(isElement ? "[[" : "[").Append(name).Append(isElement ? "]]\n" : "]\n");
        }

        foreach (var entry in literals)
        {
            _text.Append(TomlFormat.Key(entry.Key)).Append(" = ");
            WriteValue(entry.Value, level: 0);
            _text.Append('\n');
        }

        // A header or a pair of this table, which the blank line is to follow, can only be the end of the text so far when there was one.
        var hasOwnText = isElement || literals.Count > 0;
        foreach (var (key, element, inArray) in tables)
        {
            if (hasOwnText)
            {
                _text.Append('\n');
            }

            hasOwnText = true;
            WriteTable(element, name.Length == 0 ? TomlFormat.Key(key) : $"{name}.{TomlFormat.Key(key)}", inArray);
        }
    }

    private static (List<TomlEntry> Literals, List<(string Key, TomlTable Table, bool InArray)> Tables) Split(IEnumerable<TomlEntry> entries)
    {
        var literals = new List<TomlEntry>();
        var tables = new List<(string, TomlTable, bool)>();
        foreach (var entry in entries)
        {
            switch (entry.Value)
            {
                case TomlTable table:
                    tables.Add((entry.Key, table, false));
                    break;
                case TomlArray { Items.Count: > 0 } array when array.Items.All(i => i is TomlTable) && !array.Items.All(FitsOneLine):
                    tables.AddRange(array.Items.Select(i => (entry.Key, (TomlTable)i, true)));
                    break;
                default:
                    literals.Add(entry);
                    break;
            }
        }

        return (literals, tables);
    }

    private void WriteValue(TomlValue value, int level)
    {
        switch (value)
        {
            case TomlArray { Items.Count: 0 }:
                _text.Append("[]");
                break;
            case TomlArray array:
                _text.Append("[\n");
                foreach (var item in array.Items)
                {
                    AppendIndent(level + 1);
                    WriteValue(item, level + 1);
                    _text.Append(",\n");
                }

                AppendIndent(level);
                _text.Append(']');
                break;
            case TomlTable { Count: 0 }:
                _text.Append("{}");
                break;
            case TomlTable table:
                var separator = "{ ";
                foreach (var entry in Sorted(table, structuralFirst: false))
                {
                    _text.Append(separator).Append(TomlFormat.Key(entry.Key)).Append(" = ");
                    WriteValue(entry.Value, level: 0);
                    separator = ", ";
                }

                _text.Append(" }");
                break;
            default:
                _text.Append(TomlFormat.Scalar(value));
                break;
        }
    }

    private void AppendIndent(int level)
    {
        for (; level > 0; level--)
        {
            _text.Append(Indent);
        }
    }

    private static bool FitsOneLine(TomlValue table) => Width(table, MaxLineLength - Indent.Length - 1) <= MaxLineLength - Indent.Length - 1;

    // In code points; stops soon after it exceeds the limit, so that deeply nested arrays of tables are not measured again on each level.
    private static int Width(TomlValue value, int limit)
    {
        switch (value)
        {
            case TomlArray array:
                return array.Items.Count == 0 ? 2 : int.MaxValue / 2; // it breaks into lines
            case TomlTable table:
                var width = table.Count == 0 ? 2 : 4 + (2 * (table.Count - 1));
                foreach (var entry in table)
                {
                    if (width > limit)
                    {
                        break;
                    }

                    width += CodePoints(TomlFormat.Key(entry.Key)) + 3 + Width(entry.Value, limit - width);
                }

                return width;
            case TomlString text when text.Value.Length > 2 * MaxLineLength:
                return text.Value.Length / 2;
            default:
                return CodePoints(TomlFormat.Scalar(value));
        }
    }

    private static int CodePoints(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private static IEnumerable<TomlEntry> Sorted(TomlTable table, bool structuralFirst) => table
        .OrderBy(e => structuralFirst && !e.Key.StartsWith("_", StringComparison.Ordinal))
        .ThenBy(e => e.Key, CodePointComparer.Instance);
}
