using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace DataManifest.S3;

/// <summary>Signs GET requests in their fields (AWS Signature Version 4), so that no address has a signature in it that a message or a redirect could give away.</summary>
internal static class S3Signature
{
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>The fields of a signed request.</summary>
    /// <param name="location">What is asked for.</param>
    /// <param name="credentials">Who asks.</param>
    /// <param name="region">The region of the bucket.</param>
    /// <param name="now">The time, UTC, from which the signature holds for some minutes.</param>
    /// <param name="payload">The digest of the request's body, which a GET request has none of.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Uri location, ImmutableCredentials credentials, string region, DateTime now, string payload = UnsignedPayload)
    {
        List<KeyValuePair<string, string>> fields =
        [
            new("x-amz-content-sha256", payload),
            new("x-amz-date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)),
        ];
        if (credentials.UseToken)
        {
            fields.Add(new("x-amz-security-token", credentials.Token));
        }

        var signed = fields.Prepend(new("host", location.Authority)).ToList();
        var names = string.Join(';', signed.Select(field => field.Key));
        var request = string.Join('\n', ["GET", location.AbsolutePath, location.Query.TrimStart('?'), .. signed.Select(field => $"{field.Key}:{field.Value}"), "", names, payload]);
        var signature = AWS4Signer.ComputeSignature(credentials, region, now, "s3", names, request);
        return [.. fields, new("Authorization", signature.ForAuthorizationHeader)];
    }
}
