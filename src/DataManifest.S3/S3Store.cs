using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using DataManifest.Diagnostics;
using DataManifest.ObjectStores;

namespace DataManifest.S3;

/// <summary>Amazon S3, or another server that speaks its protocol.</summary>
/// <param name="settings">Where it is and who asks.</param>
internal sealed class S3Store(S3Settings settings) : IObjectStore
{
    private readonly ConcurrentDictionary<string, Lazy<Task<S3Bucket>>> _buckets = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string AccessHelp =>
        "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, to somebody who may read it; for a public bucket set AWS_NO_SIGN_REQUEST=1.";

    /// <inheritdoc/>
    public bool IgnoresContentCoding => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RemoteObject>> FindAsync(string uri, CancellationToken cancellationToken)
    {
        var (address, version) = S3Address.Parse(uri);
        try
        {
            var bucket = await OpenAsync(address.Bucket, cancellationToken).ConfigureAwait(false);
            if (!address.IsPrefix && await FindOneAsync(bucket, address, version, cancellationToken).ConfigureAwait(false) is { } single)
            {
                return [single];
            }

            return await ListAsync(bucket, address, cancellationToken).ConfigureAwait(false) is { Count: > 0 } objects ? objects : throw new DataManifestException(
                DiagnosticRules.ObjectNotFound, $"There is no object '{address.Name}' in the bucket '{address.Bucket}', and none below it.", "", "Check the uri.");
        }
        catch (AmazonServiceException refused) when (refused.StatusCode is HttpStatusCode.NotFound)
        {
            throw new DataManifestException(DiagnosticRules.ObjectNotFound, $"There is no bucket '{address.Bucket}'.", "", "Check the uri.", refused);
        }
        catch (AmazonServiceException refused) when ((int)refused.StatusCode is >= 300 and < 500)
        {
            throw new DataManifestException(
                DiagnosticRules.StoreRefused, $"S3 refused the bucket '{address.Bucket}': {(int)refused.StatusCode} {refused.ErrorCode}.", "",
                (int)refused.StatusCode < 400 ? "Set AWS_REGION to the region of the bucket." : AccessHelp, refused);
        }
        catch (Exception unreachable) when (unreachable is AmazonServiceException or HttpRequestException || IsOfSettings(unreachable))
        {
            throw new DataManifestException(
                DiagnosticRules.StoreUnreachable, $"S3 could not be asked for the bucket '{address.Bucket}': {unreachable.Message}", "", "Check the network, the region and AWS_ENDPOINT_URL, then run again.", unreachable);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> AuthorizeAsync(RemoteObject stored, CancellationToken cancellationToken)
    {
        var bucket = _buckets.Values.Where(opened => opened.IsValueCreated && opened.Value.IsCompletedSuccessfully).Select(opened => opened.Value.Result)
            .First(opened => stored.Location.AbsoluteUri.StartsWith(opened.Address.AbsoluteUri, StringComparison.Ordinal));
        try
        {
            return await bucket.SignAsync(stored.Location, DateTime.UtcNow, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unusable) when (unusable is AmazonServiceException || IsOfSettings(unusable))
        {
            throw new DataManifestException(DiagnosticRules.StoreRefused, $"The credentials for S3 cannot be used: {unusable.Message}", "", AccessHelp, unusable);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var bucket in _buckets.Values.Where(opened => opened.IsValueCreated && opened.Value.IsCompletedSuccessfully))
        {
            bucket.Value.Result.Dispose();
        }
    }

    /// <summary>What the library throws for profiles, endpoints and names that it cannot use.</summary>
    private static bool IsOfSettings(Exception fault) => fault is AmazonClientException or InvalidOperationException or ArgumentException or FormatException;

    private static async Task<RemoteObject?> FindOneAsync(S3Bucket bucket, ObjectAddress address, string version, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetObjectMetadataRequest { BucketName = address.Bucket, Key = address.Name.StartsWith('/') ? "/" + address.Name : address.Name, VersionId = version.Length > 0 ? version : null };
            var found = await bucket.Client.GetObjectMetadataAsync(request, cancellationToken).ConfigureAwait(false);
            return new RemoteObject("", bucket.LocationOf(address.Name, version), found.ContentLength);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && version.Length == 0)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<RemoteObject>> ListAsync(S3Bucket bucket, ObjectAddress address, CancellationToken cancellationToken)
    {
        var objects = new ObjectListing(address);
        var request = new ListObjectsV2Request { BucketName = address.Bucket, Prefix = address.Prefix };
        ListObjectsV2Response page;
        do
        {
            page = await bucket.Client.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.S3Objects ?? [])
            {
                if (item.Key is { } key && address.Covers(key))
                {
                    objects.Add(new RemoteObject(key[address.Prefix.Length..], bucket.LocationOf(key, ""), item.Size));
                }
            }

            objects.EndPage();
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return objects.Objects;
    }

    private async Task<S3Bucket> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var opening = _buckets.GetOrAdd(name, _ => new(() => S3Bucket.OpenAsync(name, settings, CancellationToken.None)));
        try
        {
            return await opening.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (opening.Value.IsFaulted)
        {
            // The next dataset asks again: what failed was the network, or a role's server, for a moment.
            _buckets.TryRemove(KeyValuePair.Create(name, opening));
            throw;
        }
    }
}
