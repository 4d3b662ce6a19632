namespace DataManifest.Storage;

/// <summary>An entry of the store that was moved out of the way of a new one.</summary>
/// <param name="Path">Where it is now.</param>
/// <param name="WasComplete">Whether it had its marker.</param>
internal sealed record SetAsideEntry(string Path, bool WasComplete);
