using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>The folders that one kind of object belongs in.</summary>
/// <param name="Own">The configured folder, where the tools write; null when the configuration leads nowhere.</param>
/// <param name="Pools">The read pools; the own folder may be among them.</param>
internal sealed record StoreRoots(string? Own, IReadOnlyList<string> Pools)
{
    /// <summary>Whether a path is in the own folder.</summary>
    /// <param name="path">The path, normalised.</param>
    public bool IsOwn(string path) => Own is not null && StoragePath.IsBelow(path, Own);

    /// <summary>Whether a path is in a read pool and not in the own folder: tools look there and never write.</summary>
    /// <param name="path">The path, normalised.</param>
    public bool IsInPool(string path) => !IsOwn(path) && Pools.Any(pool => StoragePath.IsBelow(path, pool));

    /// <summary>Whether a path is in neither.</summary>
    /// <param name="path">The path, normalised.</param>
    public bool IsOutside(string path) => !IsOwn(path) && !IsInPool(path);
}
