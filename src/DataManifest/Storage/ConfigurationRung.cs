using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>One step of the ladder that counts on this machine.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="HostPattern">The pattern of its <c>_HOST</c> table; empty for the layer itself.</param>
/// <param name="Table">The values.</param>
/// <param name="File">The file that they are written in; null for the manifest's.</param>
internal sealed record ConfigurationRung(ConfigurationLayer Layer, string HostPattern, TomlTable Table, TomlDocument? File);
