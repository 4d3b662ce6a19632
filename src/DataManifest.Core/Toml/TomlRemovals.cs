using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Takes headers, lines and inline pairs out of a text.</summary>
/// <param name="layout">Where everything stands.</param>
/// <param name="changes">What to add to.</param>
internal sealed class TomlRemovals(TomlLayout layout, TomlTextChanges changes)
{
    private readonly HashSet<TomlTable> _tables = [];
    private readonly HashSet<TomlEntry> _pairs = [];
    private readonly HashSet<TomlTable> _inlineTables = [];

    /// <summary>The inline tables that lose pairs.</summary>
    public IEnumerable<TomlTable> InlineTables => _inlineTables;

    /// <summary>Marks an entry, with all that its value consists of.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(TomlEntry entry)
    {
        if (layout.TryGetPair(entry, out var pair))
        {
            _pairs.Add(entry);
            if (pair.Scope.IsInline)
            {
                _inlineTables.Add(pair.Scope);
            }

            return;
        }

        var tables = entry.Value is TomlArray array ? array.Items.Cast<TomlTable>() : [(TomlTable)entry.Value];
        foreach (var table in tables)
        {
            _tables.Add(table);
            foreach (var inner in table)
            {
                Add(inner);
            }
        }
    }

    /// <summary>Plans the removal of all marked lines.</summary>
    public void RemoveLines()
    {
        if (_tables.Count == 0 && _pairs.Count == 0)
        {
            return;
        }

        var statements = layout.Statements;
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i].Entry is { } entry)
            {
                if (_pairs.Contains(entry))
                {
                    changes.Replace(TextSpan.FromBounds(layout.LineStart(statements[i]), layout.LineEnd(statements[i])), "");
                }
            }
            else if (_tables.Contains(statements[i].Table))
            {
                var last = i;
                while (last + 1 < statements.Count && _tables.Contains(statements[last + 1].Scope))
                {
                    last++;
                }

                RemoveSections(i, last);
                i = last;
            }
        }
    }

    /// <summary>Plans the changes between the braces of an inline table.</summary>
    /// <param name="table">The inline table.</param>
    /// <param name="additions">The new pairs.</param>
    public void RewriteBraces(TomlTable table, List<string> additions)
    {
        var pairs = layout.PairsIn(table);
        var first = pairs.FindIndex(p => !_pairs.Contains(p.Entry!));
        if (first < 0)
        {
            var inside = TextSpan.FromBounds(table.Span.Start + 1, table.Span.End - 1);
            changes.Replace(inside, additions.Count == 0 ? "" : $" {string.Join(", ", additions)} ");
            return;
        }

        if (first > 0)
        {
            changes.Replace(TextSpan.FromBounds(pairs[0].Span.Start, pairs[first].Span.Start), "");
        }

        for (var i = first + 1; i < pairs.Count; i++)
        {
            if (_pairs.Contains(pairs[i].Entry!))
            {
                changes.Replace(TextSpan.FromBounds(pairs[i - 1].Span.End, pairs[i].Span.End), "");
            }
        }

        if (additions.Count > 0)
        {
            changes.Replace(new TextSpan(pairs[pairs.Count - 1].Span.End, 0), ", " + string.Join(", ", additions));
        }
    }

    // Of the blank lines around the sections one group stays: the one above, or none at the end of the text.
    private void RemoveSections(int first, int last)
    {
        var start = layout.CommentStart(first);
        var end = layout.SkipBlankLines(layout.LineEnd(layout.Statements[last]));
        changes.Replace(TextSpan.FromBounds(end == layout.Text.Length ? layout.SkipBlankLinesAbove(start) : start, end), "");
    }
}
