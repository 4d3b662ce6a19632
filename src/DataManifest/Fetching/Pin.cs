namespace DataManifest.Fetching;

/// <summary>What was written into the manifest for one dataset.</summary>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Checksum">The checksum that was written, <c>sha256:hex</c>; empty when only the key was.</param>
/// <param name="Key">The key that was written, for a dataset that had none of its own; empty otherwise.</param>
public sealed record Pin(string Dataset, string Checksum, string Key);
