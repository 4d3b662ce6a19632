using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>One value as it is written in one layer of the storage configuration, whether it counts or not.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="HostPattern">The <c>_HOST</c> pattern that it stands under; empty when it is for all machines.</param>
/// <param name="IsForThisHost">Whether the pattern fits this machine; true without a pattern.</param>
/// <param name="Name">The field or symbol; for <see cref="ConfigurationLayer.Environment"/> the variable's whole name.</param>
/// <param name="Value">The value as written.</param>
public sealed record ConfigurationRule(ConfigurationLayer Layer, string HostPattern, bool IsForThisHost, string Name, TomlValue Value);
