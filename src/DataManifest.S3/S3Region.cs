namespace DataManifest.S3;

/// <summary>Finds out in which of Amazon's regions a bucket is: signatures are made for one region, and a bucket answers only in its own.</summary>
internal static class S3Region
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    /// <summary>The region of a bucket; the configured one when nobody says.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="configured">The region that is configured; empty when none is.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static Task<string> FindAsync(string bucket, string configured, CancellationToken cancellationToken) =>
        configured.StartsWith("cn-", StringComparison.Ordinal) || configured.StartsWith("us-gov-", StringComparison.Ordinal) || configured.Contains("-iso", StringComparison.Ordinal)
            ? Task.FromResult(configured) // Their buckets are known to servers of their own.
            : FindAsync(new Uri($"https://s3.amazonaws.com/{Uri.EscapeDataString(bucket)}"), configured, Client, cancellationToken);

    /// <summary>Asks a server, which tells everybody, whether he may read the bucket or not.</summary>
    internal static async Task<string> FindAsync(Uri address, string configured, HttpClient client, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = await client.SendAsync(request, patience.Token).ConfigureAwait(false);
            return response.Headers.TryGetValues("x-amz-bucket-region", out var regions) ? regions.First() : configured;
        }
        catch (Exception silent) when (silent is HttpRequestException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return configured; // The request for the object says what is wrong.
        }
    }
}
