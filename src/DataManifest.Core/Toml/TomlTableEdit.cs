namespace DataManifest.Toml;

/// <summary>What is to become of one key: a new value, changes inside its table, or, with neither, its removal.</summary>
/// <param name="Value">The new value.</param>
/// <param name="Table">The changes inside the table of that key.</param>
/// <param name="NewKey">The dotted key, as it is written, that takes the key's place; null to leave it.</param>
internal readonly record struct TomlKeyEdit(TomlValue? Value, TomlTableEdit? Table, string? NewKey = null);

/// <summary>The queued changes of one table; a later change of a key replaces an earlier one.</summary>
/// <param name="original">The table as it is written; null for one that is to be made anew.</param>
internal sealed class TomlTableEdit(TomlTable? original)
{
    private readonly Dictionary<string, TomlKeyEdit> _edits = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>The table as it is written; null for one that is to be made anew.</summary>
    public TomlTable? Original { get; } = original;

    /// <summary>The changes, in the order in which their keys were first named.</summary>
    public IEnumerable<(string Key, TomlKeyEdit Edit)> Edits => _order.Select(key => (key, _edits[key]));

    /// <summary>Queues a change.</summary>
    /// <param name="key">The unquoted key.</param>
    /// <param name="edit">What is to become of it.</param>
    public void Queue(string key, TomlKeyEdit edit)
    {
        if (!_edits.ContainsKey(key))
        {
            _order.Add(key);
        }

        _edits[key] = edit;
    }

    /// <summary>The changes of a table in this one.</summary>
    /// <param name="key">The unquoted key.</param>
    /// <param name="create">Whether to make the table if there is none.</param>
    /// <returns>Null if there is no such table and none is to be made.</returns>
    /// <exception cref="InvalidOperationException">The key stands for something else than a table.</exception>
    public TomlTableEdit? Open(string key, bool create)
    {
        TomlTableEdit? table;
        if (_edits.TryGetValue(key, out var edit))
        {
            if (edit.Table is not null)
            {
                return edit.Table;
            }

            table = edit.Value is null ? (create ? new TomlTableEdit(null) : null) : FromValue(key, edit.Value);
        }
        else
        {
            table = Original?[key] switch
            {
                null => create ? new TomlTableEdit(null) : null,
                TomlTable written => new TomlTableEdit(written),
                _ => throw NotATable(key),
            };
        }

        if (table is not null)
        {
            Queue(key, new TomlKeyEdit(null, table));
        }

        return table;
    }

    /// <summary>The values of a table that is to be made anew, those of its sub-tables included.</summary>
    public TomlTable ToTable()
    {
        var table = new TomlTable(isInline: true);
        foreach (var (key, edit) in Edits)
        {
            if ((edit.Value ?? edit.Table?.ToTable()) is { } value)
            {
                table.Add(key, value);
            }
        }

        return table;
    }

    private static TomlTableEdit FromValue(string key, TomlValue value)
    {
        var made = new TomlTableEdit(null);
        foreach (var entry in value as TomlTable ?? throw NotATable(key))
        {
            made.Queue(entry.Key, new TomlKeyEdit(entry.Value, null));
        }

        return made;
    }

    private static InvalidOperationException NotATable(string key) => new($"'{key}' is not a table whose keys can be changed.");
}
