using Amazon.Runtime;

namespace DataManifest.S3;

[TestClass]
public sealed class S3SignatureTests
{
    private static readonly ImmutableCredentials Example = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

    /// <summary>The listing of the protocol's public description, section "Authenticating requests".</summary>
    [TestMethod]
    public void Of_thePublishedExample_isThePublishedSignature()
    {
        var fields = S3Signature.Of(
            new Uri("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"), Example, "us-east-1", new DateTime(2013, 5, 24, 0, 0, 0, DateTimeKind.Utc),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        Assert.AreEqual(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
            + "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            fields.Single(field => field.Key == "Authorization").Value);
    }

    [TestMethod]
    public void Of_aTemporaryCredential_sendsAndSignsItsToken()
    {
        var fields = S3Signature.Of(new Uri("http://127.0.0.1:9000/b/k"), new ImmutableCredentials("id", "secret", "the-token"), "us-east-1", DateTime.UtcNow);
        Assert.AreEqual("the-token", fields.Single(field => field.Key == "x-amz-security-token").Value);
        StringAssert.Contains(fields.Single(field => field.Key == "Authorization").Value, "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
    }
}
