using DataManifest.Storage;

namespace DataManifest.Caching;

/// <summary>What tells one produced artifact from all others (specification, "Produced-artifact location").</summary>
/// <param name="Cachetype">The namespace: by default the name of the function that produces it.</param>
/// <param name="Version">The version of the recipe; empty for none.</param>
/// <param name="Hash">The hash of its parameters, 64 lower-case hexadecimal digits.</param>
public sealed record ArtifactIdentity(string Cachetype, string Version, string Hash)
{
    private const int HashLength = 64;

    /// <summary>The storage key, <c>cachetype[/version]/hash</c>: the folder below <c>datacache_dir</c>, written with slashes.</summary>
    public string StorageKey => Version.Length == 0 ? $"{Cachetype}/{Hash}" : $"{Cachetype}/{Version}/{Hash}";

    /// <summary>The folder of the artifact below a folder of artifacts; null when the identity leads out of it.</summary>
    /// <param name="root">The folder, absolute and normalised.</param>
    internal string? FolderIn(string root)
    {
        var folder = Path.GetFullPath(StoragePath.Native(StorageKey), root);
        return StoragePath.IsBelow(folder, root) ? folder : null;
    }

    /// <summary>The identity that a folder's own path has; null when it does not look like an artifact's.</summary>
    /// <param name="root">The folder of artifacts that it lies in.</param>
    /// <param name="folder">The folder.</param>
    internal static ArtifactIdentity? OfPath(string root, string folder)
    {
        var parts = Path.GetRelativePath(root, folder).Split(Path.DirectorySeparatorChar);
        return parts is { Length: 2 or 3 } && IsHash(parts[^1]) ? new ArtifactIdentity(parts[0], parts.Length == 3 ? parts[1] : "", parts[^1]) : null;
    }

    /// <summary>Whether a text can be the hash of parameters.</summary>
    /// <param name="text">The text.</param>
    internal static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    /// <inheritdoc/>
    public override string ToString() => StorageKey;
}
