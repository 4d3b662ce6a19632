using DataManifest.Toml;

namespace DataManifest.State;

/// <summary>What the state file knows of one fetched dataset.</summary>
/// <param name="StoragePath">Where the data are, relative to the project's root when they lie in it; empty when that is not known.</param>
/// <param name="Sha256">The digest of what is there, hexadecimal; empty when it was not computed.</param>
internal sealed record DatasetRecord(string StoragePath, string Sha256 = "")
{
    /// <summary>What other or newer tools have written into the record; kept as it is.</summary>
    public IReadOnlyList<TomlEntry> Unknown { get; init; } = [];
}
