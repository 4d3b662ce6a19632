namespace DataManifest.Hashing;

/// <summary>One file of a folder.</summary>
/// <param name="Path">Its path in the folder, with slashes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest, lower-case hexadecimal.</param>
/// <param name="Mode">Its permissions on Unix; null when they are not known.</param>
internal sealed record TreeFile(string Path, long Size, string Sha256, UnixFileMode? Mode);
