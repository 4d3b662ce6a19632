namespace DataManifest.Manifest;

[TestClass]
public sealed class UriCredentialsTests
{
    [TestMethod]
    [DataRow("https://user:pa@ss@h/x.csv?download=1#v2", "https://h/x.csv?download=1#v2")]
    [DataRow("https://token@h:8080/x", "https://h:8080/x")]
    [DataRow("ftp://user@h/x", "ftp://h/x")]
    [DataRow("ssh://user:pass@h/x", "ssh://user@h/x")]
    [DataRow("https://h/x?version=3&X-Amz-Signature=ab%2F&X-Amz-Credential=c&format=zip", "https://h/x?version=3&format=zip")]
    [DataRow("https://h/x?sig=abc", "https://h/x")]
    [DataRow("https://h/x?a=1&token=abc#f", "https://h/x?a=1#f")]
    public void Remove_credentials_leavesTheRestAndTheKey(string uri, string expected)
    {
        Assert.AreEqual(expected, UriCredentials.Remove(uri));
        Assert.IsTrue(UriCredentials.IsIn(uri));
        Assert.IsTrue(SourceUri.TryParse(uri, out var written));
        Assert.IsTrue(SourceUri.TryParse(expected, out var bare));
        Assert.AreEqual(written, bare);
    }

    [TestMethod]
    [DataRow("https://h/a@b/x?design=1&tokens=2&mail=a@b#sig=1")]
    [DataRow("ssh://git@h/x")]
    [DataRow("git@github.com:o/r.git")]
    [DataRow("data/x@1.csv?")]
    [DataRow("")]
    public void IsIn_noCredentials_isFalse(string uri) => Assert.IsFalse(UriCredentials.IsIn(uri));
}
