using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A TOML table: entries with distinct keys, in the order of the text.</summary>
/// <param name="span">Where it is written: the inline form from <c>{</c> to <c>}</c>, or its first header.</param>
/// <param name="isInline">Whether it is written inline.</param>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Table is TOML's own word.")]
public sealed class TomlTable(TextSpan span = default, bool isInline = false) : TomlValue(span), IReadOnlyCollection<TomlEntry>
{
    // Most tables have a handful of keys, for which a walk is faster than hashing and needs no dictionary.
    private const int WalkLimit = 8;

    private readonly List<TomlEntry> _entries = [];
    private Dictionary<string, TomlEntry>? _byKey;

    /// <inheritdoc/>
    public override TomlKind Kind => TomlKind.Table;

    /// <summary>Whether the table is written inline, <c>{ … }</c>.</summary>
    public bool IsInline { get; } = isInline;

    /// <summary>How the text made the table, which decides what may still be added to it.</summary>
    internal TomlTableOrigin Origin { get; set; } = isInline ? TomlTableOrigin.Inline : TomlTableOrigin.Implicit;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>The value of <paramref name="key"/>, or null when there is none.</summary>
    /// <param name="key">The unquoted key; compared by code unit.</param>
    public TomlValue? this[string key] => TryGetEntry(key, out var entry) ? entry.Value : null;

    /// <summary>The entry of <paramref name="key"/>.</summary>
    /// <param name="key">The unquoted key; compared by code unit.</param>
    /// <param name="entry">The entry, or null when there is none.</param>
    /// <returns>Whether there is one.</returns>
    [MethodImpl(HotPath.CompiledWell)]
    public bool TryGetEntry(string key, [NotNullWhen(true)] out TomlEntry? entry)
    {
        if (_byKey is not null)
        {
            return _byKey.TryGetValue(key, out entry);
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.Ordinal))
            {
                entry = _entries[i];
                return true;
            }
        }

        entry = null;
        return false;
    }

    /// <summary>Adds an entry behind the others.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The table has that key already.</exception>
    public void Add(TomlEntry entry)
    {
        if (TryGetEntry(entry.Key, out _))
        {
            throw new ArgumentException($"The table has the key '{entry.Key}' already.", nameof(entry));
        }

        Append(entry);
    }

    /// <summary>Adds an entry whose key is known to be new.</summary>
    [MethodImpl(HotPath.CompiledWell)]
    internal void Append(TomlEntry entry)
    {
        _entries.Add(entry);
        if (_byKey is not null)
        {
            _byKey.Add(entry.Key, entry);
        }
        else if (_entries.Count > WalkLimit)
        {
            _byKey = _entries.ToDictionary(e => e.Key, StringComparer.Ordinal);
        }
    }

    /// <summary>Adds a value made in memory.</summary>
    /// <param name="key">The unquoted key.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The table has that key already.</exception>
    public void Add(string key, TomlValue value) => Add(new TomlEntry(key, default, value));

    /// <inheritdoc/>
    public IEnumerator<TomlEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
