using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DataManifest.ObjectStores;

namespace DataManifest.S3;

/// <summary>One bucket: in which region it is, and who asks for its objects.</summary>
internal sealed class S3Bucket : IDisposable
{
    private readonly AmazonS3Config _config;
    private readonly AWSCredentials? _credentials;

    private S3Bucket(string name, AmazonS3Config config, AWSCredentials? credentials)
    {
        (_config, _credentials) = (config, credentials);
        Client = new AmazonS3Client(credentials ?? new AnonymousAWSCredentials(), config);
        Address = new Uri(Client.DetermineServiceOperationEndpoint(new GetObjectRequest { BucketName = name, Key = "x" }).URL.TrimEnd('/') + "/");
    }

    /// <summary>Asks the bucket.</summary>
    public AmazonS3Client Client { get; }

    /// <summary>The address that the names of its objects are put behind.</summary>
    public Uri Address { get; }

    /// <summary>Finds the bucket.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Where S3 is and who asks.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static async Task<S3Bucket> OpenAsync(string name, S3Settings settings, CancellationToken cancellationToken)
    {
        var region = settings.Endpoint.Length > 0 ? settings.Region : await S3Region.FindAsync(name, settings.Region, cancellationToken).ConfigureAwait(false);
        var config = settings.ConfigOf(region);
        return new S3Bucket(name, config, await settings.FindCredentialsAsync(config, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Where an object's content is.</summary>
    /// <param name="key">The object's name.</param>
    /// <param name="version">Its version; empty for the newest.</param>
    public Uri LocationOf(string key, string version) =>
        new(Address.AbsoluteUri + ObjectAddress.Escape(key) + (version.Length > 0 ? $"?versionId={Uri.EscapeDataString(version)}" : ""));

    /// <summary>The fields that make a GET request a signed one; none for a public bucket.</summary>
    /// <param name="location">What is asked for.</param>
    /// <param name="now">The time, UTC, from which the signature holds for some minutes.</param>
    /// <param name="cancellationToken">Stops the request for credentials.</param>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> SignAsync(Uri location, DateTime now, CancellationToken cancellationToken)
    {
        if (_credentials is null)
        {
            return [];
        }

        var credentials = await _credentials.GetCredentialsAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var region = _config.AuthenticationRegion ?? _config.RegionEndpoint.SystemName;
        return S3Signature.Of(location, credentials, region, now);
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
