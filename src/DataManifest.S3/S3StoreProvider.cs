using DataManifest.ObjectStores;

namespace DataManifest.S3;

/// <summary>Opens Amazon S3 and servers that speak its protocol. DataManifest finds it by its name; it need not be registered.</summary>
public sealed class S3StoreProvider : IObjectStoreProvider
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Schemes { get; } = ["s3"];

    /// <inheritdoc/>
    public IObjectStore Open(IReadOnlyDictionary<string, string> variables) => new S3Store(new S3Settings(variables));
}
