using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Writes new lines and values in the manner of the lines around them.</summary>
/// <param name="layout">Where everything stands.</param>
internal sealed class TomlPairFormat(TomlLayout layout)
{
    /// <summary>The lines of new pairs.</summary>
    /// <param name="prefix">What stands before each key: empty, or a dotted key with its last dot.</param>
    /// <param name="pairs">The unquoted keys and the values.</param>
    /// <param name="siblings">The pairs or the header whose indentation, alignment and blanks around <c>=</c> to copy from the last.</param>
    public string Lines(string prefix, IEnumerable<(string Key, TomlValue Value)> pairs, List<TomlStatement> siblings)
    {
        var (indent, column, before, after) = ("", 0, " ", " ");
        if (siblings.Count > 0)
        {
            var last = siblings[siblings.Count - 1];
            indent = TextSpan.FromBounds(layout.LineStart(last), last.Span.Start).Of(layout.Text);
            if (last.Entry is { } entry)
            {
                var equals = EqualsSign(entry);
                before = equals > entry.KeySpan.End ? " " : "";
                after = TextSpan.FromBounds(equals + 1, entry.Value.Span.Start).Of(layout.Text);
                var isAligned = siblings.Exists(s => EqualsSign(s.Entry!) > s.Entry!.KeySpan.End + 1);
                column = isAligned ? equals - last.Span.Start - before.Length : 0;
            }
        }

        return string.Join(layout.Newline, pairs.Select(p => $"{indent}{(prefix + TomlFormat.Key(p.Key)).PadRight(column)}{before}={after}{TomlFormat.OneLine(p.Value)}"));
    }

    /// <summary>The header and lines of a new table, and of the tables in it.</summary>
    /// <param name="path">The unquoted names from the root.</param>
    /// <param name="table">What the table is to have.</param>
    public string Section(IReadOnlyList<string> path, TomlTableEdit table)
    {
        var values = table.Edits.Where(e => e.Edit.Value is not null).Select(e => (e.Key, e.Edit.Value!)).ToList();
        var sections = table.Edits.Where(e => e.Edit.Table is not null).Select(e => Section([.. path, e.Key], e.Edit.Table!)).ToList();
        if (values.Count > 0 || sections.Count == 0)
        {
            sections.Insert(0, $"[{TomlFormat.Key(path)}]" + (values.Count == 0 ? "" : layout.Newline + Lines("", values, [])));
        }

        return string.Join(layout.Newline + layout.Newline, sections);
    }

    /// <summary>The text of a value that takes the place of another: in single quotes or on several lines if that was.</summary>
    /// <param name="old">The value that is written.</param>
    /// <param name="value">The new value.</param>
    public string Replacement(TomlValue old, TomlValue value)
    {
        var text = layout.Text;
        if (old is TomlString && text[old.Span.Start] == '\'' && value is TomlString { Value: var plain } && !plain.Any(c => c == '\'' || TomlCursor.IsControl(c)))
        {
            return $"'{plain}'";
        }

        if (old is TomlArray { Items: { Count: > 0 } items } && value is TomlArray { Items.Count: > 0 } array && text.IndexOf('\n', old.Span.Start, old.Span.Length) >= 0)
        {
            var indent = Indentation(items[0].Span.Start);
            var lines = array.Items.Select(item => $"{indent}{TomlFormat.OneLine(item)},{layout.Newline}");
            return $"[{layout.Newline}{string.Concat(lines)}{Indentation(old.Span.End - 1)}]";
        }

        return TomlFormat.OneLine(value);
    }

    private string Indentation(int offset)
    {
        var start = offset;
        while (start > 0 && layout.Text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start == 0 || layout.Text[start - 1] == '\n' ? layout.Text.Substring(start, offset - start) : "";
    }

    private int EqualsSign(TomlEntry entry) => layout.Text.IndexOf('=', entry.KeySpan.End);
}
