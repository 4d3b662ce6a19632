namespace DataManifest.Toml;

/// <summary>
/// Changes a TOML text as a person would: only the lines of the keys that change; comments, layout, quotes and line ends of everything else stay as they
/// are. Changes are queued, a later one of the same key replaces an earlier one, and all are applied in one pass.
/// </summary>
public sealed class TomlEditor
{
    private readonly TomlLayout _layout;
    private readonly TomlTableEdit _root;

    /// <summary>Begins to change a document; the document itself stays as it is.</summary>
    /// <param name="document">The document.</param>
    public TomlEditor(TomlDocument document)
    {
        _layout = new TomlLayout(document.Text);
        _root = new TomlTableEdit(_layout.Root);
    }

    /// <summary>
    /// Sets or adds a key. A new key goes behind the last one of its table, aligned with it; a table that does not exist is made, at the end of the
    /// text or behind the last of its parent.
    /// </summary>
    /// <param name="tablePath">The unquoted names of the tables from the root; empty for the root.</param>
    /// <param name="key">The unquoted key.</param>
    /// <param name="value">The value; arrays and tables are written in one line unless they replace something longer.</param>
    /// <exception cref="InvalidOperationException">The path names an array or another value that is no table.</exception>
    public void Set(IReadOnlyList<string> tablePath, string key, TomlValue value) =>
        Open(tablePath, create: true)!.Queue(key, new TomlKeyEdit(value, null));

    /// <summary>Makes a table if there is none; an empty one is a header without keys.</summary>
    /// <param name="tablePath">The unquoted names of the tables from the root.</param>
    /// <exception cref="InvalidOperationException">The path names an array or another value that is no table.</exception>
    public void AddTable(IReadOnlyList<string> tablePath) => Open(tablePath, create: true);

    /// <summary>
    /// Removes a key, whatever its value is, with its line and the comment behind it; nothing happens if there is none. A table that is written only
    /// through its keys, <c>a.b = 1</c>, goes with the last of them.
    /// </summary>
    /// <param name="tablePath">The unquoted names of the tables from the root; empty for the root.</param>
    /// <param name="key">The unquoted key.</param>
    /// <exception cref="InvalidOperationException">The path names an array or another value that is no table.</exception>
    public void Remove(IReadOnlyList<string> tablePath, string key) => Open(tablePath, create: false)?.Queue(key, default);

    /// <summary>Gives a key another name, in its line; nothing happens if there is none. Nothing else may be changed under either name.</summary>
    /// <param name="tablePath">The unquoted names of the tables from the root; empty for the root.</param>
    /// <param name="key">The unquoted key, written as <c>key = value</c>.</param>
    /// <param name="newKey">The unquoted names that take its place; several make a dotted key. None of them is defined.</param>
    /// <param name="value">A new value; null to leave it.</param>
    /// <exception cref="InvalidOperationException">The path names no table, or the key is written as a header.</exception>
    public void Rename(IReadOnlyList<string> tablePath, string key, IReadOnlyList<string> newKey, TomlValue? value = null)
    {
        if (Open(tablePath, create: false) is not { Original: { } original } table || !original.TryGetEntry(key, out var entry))
        {
            return;
        }

        if (!_layout.TryGetPair(entry, out _))
        {
            throw new InvalidOperationException($"'{key}' is written as a header and cannot be renamed.");
        }

        table.Queue(key, new TomlKeyEdit(value ?? entry.Value, null, TomlFormat.Key(newKey)));
    }

    /// <summary>
    /// Removes a table with all of its sub-tables, the comment lines directly above its header and all comments between its lines; nothing happens if
    /// there is none. A comment at the very beginning of the text stays.
    /// </summary>
    /// <param name="tablePath">The unquoted names of the tables from the root; at least one.</param>
    /// <exception cref="InvalidOperationException">The path leads through a value that is no table.</exception>
    public void RemoveTable(IReadOnlyList<string> tablePath) => Remove([.. tablePath.Take(tablePath.Count - 1)], tablePath[tablePath.Count - 1]);

    /// <summary>The changed text; the original text if nothing was changed.</summary>
    public string ToText()
    {
        var changes = new TomlTextChanges(_layout.Text, _layout.Newline);
        new TomlEditPlan(_layout, changes).Make(_root);
        return changes.Apply();
    }

    private TomlTableEdit? Open(IReadOnlyList<string> tablePath, bool create)
    {
        var table = _root;
        foreach (var name in tablePath)
        {
            table = table?.Open(name, create);
        }

        return table;
    }
}
