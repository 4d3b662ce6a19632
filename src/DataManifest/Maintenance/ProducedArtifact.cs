using DataManifest.Caching;
using DataManifest.Toml;

namespace DataManifest.Maintenance;

/// <summary>The data that one call of a producing function has left, or a record of them.</summary>
/// <param name="Identity">The identity.</param>
public sealed record ProducedArtifact(ArtifactIdentity Identity) : StoredObject
{
    /// <inheritdoc/>
    public override string Kind => "cached";

    /// <inheritdoc/>
    public override string Name => Identity.Cachetype;

    /// <inheritdoc/>
    public override string Key => $"{Identity.Cachetype}/{Identity.Hash}";

    /// <inheritdoc/>
    public override string StorageKey => Identity.StorageKey;

    /// <summary>The parameters that it was produced with, by name; none when they cannot be read.</summary>
    public TomlTable Parameters { get; init; } = [];

    /// <summary>Whether the parameters have the hash that the artifact is named by, without which no tool uses it.</summary>
    public bool IsValid { get; init; }

    /// <summary>Whether the identity is the artifact's own word, and not only the record's or the path's.</summary>
    internal bool IsIdentified { get; init; }
}
