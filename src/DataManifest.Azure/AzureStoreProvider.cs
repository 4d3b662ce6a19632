using DataManifest.ObjectStores;

namespace DataManifest.Azure;

/// <summary>Opens Azure Blob Storage and Data Lake Storage. DataManifest finds it by its name; it need not be registered.</summary>
public sealed class AzureStoreProvider : IObjectStoreProvider
{
    /// <inheritdoc/>
    public IReadOnlyCollection<string> Schemes { get; } = ["az", "abfs", "abfss", "adl"];

    /// <inheritdoc/>
    public IObjectStore Open(IReadOnlyDictionary<string, string> variables) => new AzureStore(new AzureSettings(variables));
}
