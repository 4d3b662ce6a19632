using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Fetching.Http;
using DataManifest.Manifest;

namespace DataManifest.ObjectStores;

/// <summary>
/// Knows which object store reads a scheme. Those of other packages are loaded when the first of their URIs is used: by a name that the compiler sees, so that trimming
/// and ahead-of-time compilation keep them.
/// </summary>
/// <param name="given">What the caller brings; counts more than what is found.</param>
/// <param name="variables">The environment variables.</param>
/// <param name="http">Asks Google's servers.</param>
/// <param name="google">Where Google Drive and its API are, each with a slash at its end.</param>
internal sealed class StoreRegistry(
    IReadOnlyList<IObjectStoreProvider> given, IReadOnlyDictionary<string, string> variables, HttpText http, (Uri Drive, Uri Api) google) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<IObjectStore>> _open = new(StringComparer.Ordinal);

    /// <summary>The kind of object store that has an address, be its package there or not; null for other addresses.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="scheme">Its scheme, lower-case.</param>
    public static string? KindOf(string uri, string scheme) => scheme switch
    {
        "s3" => "s3",
        "gs" or "gcs" => "gs",
        "az" or "abfs" or "abfss" or "adl" => "az",
        "gdrive" => "gdrive",
        "https" when GoogleDrive.IsLink(uri) => "gdrive",
        _ => null,
    };

    /// <summary>The store that has an address, the same for a whole run.</summary>
    /// <param name="uri">The address, of which <see cref="KindOf"/> knows the kind.</param>
    /// <exception cref="FetchFaultException">Its package is not there.</exception>
    public IObjectStore Open(string uri)
    {
        _ = SourceUri.TryParse(uri, out var parts);
        var kind = KindOf(uri, parts.Scheme)!;
        return _open.GetOrAdd(kind, _ => new(() => New(kind))).Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var store in _open.Values.Where(store => store.IsValueCreated))
        {
            store.Value.Dispose();
        }
    }

    private IObjectStore New(string kind) => given.FirstOrDefault(provider => provider.Schemes.Contains(kind)) is { } provider
        ? provider.Open(variables)
        : kind switch
        {
            "gs" => new GoogleStorage(http, variables),
            "gdrive" => new GoogleDrive(http, variables, google.Drive, google.Api),
            "s3" => Find(Type.GetType("DataManifest.S3.S3StoreProvider, DataManifest.S3"), "s3", "DataManifest.S3"),
            _ => Find(Type.GetType("DataManifest.Azure.AzureStoreProvider, DataManifest.Azure"), "az, abfs, abfss and adl", "DataManifest.Azure"),
        };

    private IObjectStore Find(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type? type, string schemes, string package) => type is not null
        ? ((IObjectStoreProvider)Activator.CreateInstance(type)!).Open(variables)
        : throw new FetchFaultException(
            DiagnosticRules.StorePackageMissing, $"Sources with the schemes {schemes} are read by the package {package}, which is not there. Add it: dotnet add package {package}");
}
