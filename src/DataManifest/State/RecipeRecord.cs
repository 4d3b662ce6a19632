using DataManifest.Toml;

namespace DataManifest.State;

/// <summary>What the state file knows of the artifacts that one recipe has produced. At least one instance, or the record means nothing.</summary>
/// <param name="Reference">The function that makes them, <c>module:function</c>; empty when it is not known.</param>
/// <param name="Format">The format of their data; empty when it is not known.</param>
internal sealed record RecipeRecord(string Reference, string Format)
{
    /// <summary>The artifact's folder by the hash of its parameters; empty when it is not known.</summary>
    public Dictionary<string, string> Instances { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What other or newer tools have written into the record; kept as it is.</summary>
    public IReadOnlyList<TomlEntry> Unknown { get; init; } = [];
}
