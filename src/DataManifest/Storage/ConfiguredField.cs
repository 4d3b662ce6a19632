namespace DataManifest.Storage;

/// <summary>What a storage field or symbol comes to on this machine, and which layer says so.</summary>
/// <param name="Name">The field or symbol.</param>
/// <param name="Values">Its values as they are used, paths absolute: any number for pools, one for everything else; none where <paramref name="Problem"/> says why.</param>
/// <param name="Layer">The layer that decides.</param>
/// <param name="HostPattern">The <c>_HOST</c> pattern in that layer; empty when it stands under none.</param>
/// <param name="Problem">Why there is no value: its symbols lead in a circle. Empty otherwise.</param>
public sealed record ConfiguredField(string Name, IReadOnlyList<string> Values, ConfigurationLayer Layer, string HostPattern, string Problem = "");
