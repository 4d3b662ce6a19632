using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A key of a table and what it stands for.</summary>
/// <param name="key">The key's last part, unquoted.</param>
/// <param name="keySpan">Where that part is written first, quotes included; empty at 0 when made in memory.</param>
/// <param name="value">The value.</param>
public sealed class TomlEntry(string key, TextSpan keySpan, TomlValue value)
{
    /// <summary>The key, unquoted.</summary>
    public string Key { get; } = key;

    /// <summary>Where the key is written first, quotes included.</summary>
    public TextSpan KeySpan { get; } = keySpan;

    /// <summary>The value.</summary>
    public TomlValue Value { get; } = value;
}
