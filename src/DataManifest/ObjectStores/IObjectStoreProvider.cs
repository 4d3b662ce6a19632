namespace DataManifest.ObjectStores;

/// <summary>Opens one kind of object store. The packages DataManifest.S3 and DataManifest.Azure have one each, which is found without being registered.</summary>
public interface IObjectStoreProvider
{
    /// <summary>The schemes whose URIs it reads, lower-case: <c>s3</c>.</summary>
    IReadOnlyCollection<string> Schemes { get; }

    /// <summary>Opens the store. Nothing is asked for before the first address is.</summary>
    /// <param name="variables">The environment variables that count; those of the process may be others.</param>
    IObjectStore Open(IReadOnlyDictionary<string, string> variables);
}
