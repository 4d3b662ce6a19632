namespace DataManifest.Catalogs.Importers;

/// <summary>A value of a YAML document as text, list or map. No tag is acted on, so nothing in a document makes anything but these.</summary>
internal sealed class YamlValue
{
    /// <summary>What stands for everything that is not there.</summary>
    public static readonly YamlValue Nothing = new();

    /// <summary>The text of a scalar; empty for anything else.</summary>
    public string Text { get; init; } = "";

    /// <summary>The items of a list; none for anything else.</summary>
    public IReadOnlyList<YamlValue> Items { get; init; } = [];

    /// <summary>The entries of a map, in their order; none for anything else.</summary>
    public IReadOnlyDictionary<string, YamlValue> Entries { get; init; } = new Dictionary<string, YamlValue>();

    /// <summary>An entry of a map, or nothing.</summary>
    /// <param name="key">The key.</param>
    public YamlValue this[string key] => Entries.GetValueOrDefault(key, Nothing);
}
