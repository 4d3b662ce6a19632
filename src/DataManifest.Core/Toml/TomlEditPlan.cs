using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>Turns queued changes of tables into the smallest changes of the text.</summary>
/// <param name="layout">Where everything stands.</param>
/// <param name="changes">What to add to.</param>
internal sealed class TomlEditPlan(TomlLayout layout, TomlTextChanges changes)
{
    private readonly TomlRemovals _removals = new(layout, changes);
    private readonly TomlPairFormat _format = new(layout);
    private readonly Dictionary<TomlTable, List<string>> _inlineAdditions = [];

    /// <summary>Plans all changes.</summary>
    /// <param name="root">The changes of the root and, in it, of all other tables.</param>
    public void Make(TomlTableEdit root)
    {
        Visit(root, [], [layout.Root]);
        foreach (var table in _removals.InlineTables.Concat(_inlineAdditions.Keys).Distinct())
        {
            _removals.RewriteBraces(table, _inlineAdditions.TryGetValue(table, out var additions) ? additions : []);
        }

        _removals.RemoveLines();
    }

    // The chain has the root and the tables that the path names, in order.
    private void Visit(TomlTableEdit edit, List<string> path, List<TomlTable> chain)
    {
        var table = edit.Original!;
        var takesKeysOnly = table.IsInline || table.Origin == TomlTableOrigin.DottedKeys;
        var newKeys = new List<(string Key, TomlValue Value)>();
        foreach (var (key, change) in edit.Edits)
        {
            var exists = table.TryGetEntry(key, out var entry);
            if (change.Table is { Original: { } inner })
            {
                Visit(change.Table, [.. path, key], [.. chain, inner]);
                continue;
            }

            if (exists && change.Value is not null && layout.TryGetPair(entry!, out _))
            {
                if (change.NewKey is not null)
                {
                    changes.Replace(entry!.KeySpan, change.NewKey);
                }

                ReplaceValue(entry!.Value, change.Value);
                continue;
            }

            if (exists)
            {
                _removals.Add(entry!);
            }

            if ((change.Value ?? (takesKeysOnly ? change.Table?.ToTable() : null)) is { } value)
            {
                newKeys.Add((key, value));
            }
            else if (change.Table is not null)
            {
                changes.InsertBlock(layout.EndOf(table), _format.Section([.. path, key], change.Table));
            }
        }

        if (newKeys.Count > 0)
        {
            AddKeys(table, path, chain, newKeys);
        }
    }

    private void ReplaceValue(TomlValue old, TomlValue value)
    {
        if (old.Kind != value.Kind || TomlFormat.OneLine(old) != TomlFormat.OneLine(value))
        {
            changes.Replace(old.Span, _format.Replacement(old, value));
        }
    }

    private void AddKeys(TomlTable table, List<string> path, List<TomlTable> chain, List<(string Key, TomlValue Value)> keys)
    {
        if (table.IsInline)
        {
            AddInline(table, "", keys);
            return;
        }

        if (table.Origin == TomlTableOrigin.DottedKeys)
        {
            var siblings = layout.DottedPairsOf(table);
            var scope = siblings[siblings.Count - 1].Scope;
            var prefix = TomlFormat.Key(path.Skip(chain.IndexOf(scope))) + ".";
            if (scope.IsInline)
            {
                AddInline(scope, prefix, keys);
            }
            else
            {
                changes.InsertLines(layout.LineEnd(siblings[siblings.Count - 1]), _format.Lines(prefix, keys, siblings));
            }

            return;
        }

        var pairs = layout.PairsIn(table);
        var header = layout.HeaderOf(table);
        if (pairs.Count > 0)
        {
            changes.InsertLines(layout.LineEnd(pairs[pairs.Count - 1]), _format.Lines("", keys, pairs));
        }
        else if (header >= 0)
        {
            changes.InsertLines(layout.LineEnd(layout.Statements[header]), _format.Lines("", keys, [layout.Statements[header]]));
        }
        else if (table == layout.Root && layout.Statements.Count == 0)
        {
            changes.InsertLines(layout.Text.Length, _format.Lines("", keys, []));
        }
        else
        {
            // The root without keys, or a table that exists only through the headers of its sub-tables: in front of the first header.
            var isRoot = table == layout.Root;
            var first = isRoot ? 0 : layout.IndexAt(table.Span.Start);
            var title = isRoot ? "" : $"[{TomlFormat.Key(path)}]{layout.Newline}";
            changes.InsertBlock(layout.CommentStart(first), title + _format.Lines("", keys, []), isRoot);
        }
    }

    private void AddInline(TomlTable braces, string prefix, List<(string Key, TomlValue Value)> keys)
    {
        if (!_inlineAdditions.TryGetValue(braces, out var additions))
        {
            _inlineAdditions.Add(braces, additions = []);
        }

        additions.AddRange(keys.Select(k => $"{prefix}{TomlFormat.Key(k.Key)} = {TomlFormat.OneLine(k.Value)}"));
    }
}
