namespace DataManifest.ObjectStores;

/// <summary>One object of an object store.</summary>
/// <param name="Name">Its name below the address that was looked for, with slashes; empty when the address is its own.</param>
/// <param name="Location">Where its content is. Without credentials where a store takes them otherwise; a signature in the query is never shown.</param>
/// <param name="Size">Its size in bytes; null when that is not known.</param>
public sealed record RemoteObject(string Name, Uri Location, long? Size);
