namespace DataManifest.Manifest;

[TestClass]
public sealed class SourceUriTests
{
    [TestMethod]
    [DataRow("https://Example.org:8443/Data/x.csv", "https", "example.org", "/Data/x.csv")]
    [DataRow("https://user:pw@example.org/x", "https", "example.org", "/x")]
    [DataRow("git@github.com:owner/repo.git", "git", "github.com", "/owner/repo.git")]
    [DataRow("git@host:2222/owner/repo.git", "git", "host", "/2222/owner/repo.git")]
    [DataRow("http://[FE80::1%25Eth0]:80/x", "http", "fe80::1%25Eth0", "/x")]
    [DataRow("http://[v1.A:b]/x", "http", "v1.a:b", "/x")]
    [DataRow("file:///data/x/", "file", "", "/data/x")]
    [DataRow("C:\\data\\x.csv", "c", "", "\\data\\x.csv")]
    [DataRow("data/x.csv", "", "", "data/x.csv")]
    [DataRow("1x://h/y", "", "", "1x://h/y")]
    [DataRow(" \thttps://h/a\nb", "https", "h", "/ab")]
    [DataRow("https://h/a;p/b;q", "https", "h", "/a;p/b")]
    [DataRow("s3://h/a;p/b;q", "s3", "h", "/a;p/b;q")]
    [DataRow("https://h/%2e%2e/../x", "https", "h", "/%2e%2e/../x")]
    [DataRow("https://\u0130.example/x", "https", "i\u0307.example", "/x")]
    public void TryParse_aSource_splitsWithoutNormalising(string text, string scheme, string host, string path)
    {
        Assert.IsTrue(SourceUri.TryParse(text, out var uri));
        Assert.AreEqual((scheme, host, path), (uri.Scheme, uri.Host, uri.Path));
    }

    [TestMethod]
    [DataRow("https://h/x?ref=r&version=v#f", "f")]
    [DataRow("https://h/x?ref=r&version=v", "v")]
    [DataRow("https://h/x?version=&ref=r", "r")]
    [DataRow("https://h/x?ver%73ion=a+b%2Bc", "a b+c")]
    [DataRow("https://h/x?version=%C3%A9%zz", "é%zz")]
    [DataRow("https://h/x?version=a;ref=b", "a;ref=b")]
    [DataRow("https://h/x?Version=a#", "")]
    [DataRow("https://h/x#%20a?b", "%20a?b")]
    public void Version_isTheFragmentOrElseTheQuery(string text, string expected)
    {
        Assert.IsTrue(SourceUri.TryParse(text, out var uri));
        Assert.AreEqual(expected, uri.Version);
    }

    [TestMethod]
    [DataRow("http://[::1/x")]
    [DataRow("http://::1]/x")]
    [DataRow("http://]::1[/x")]
    [DataRow("http://a[::1]/x")]
    [DataRow("http://[::1]a/x")]
    [DataRow("http://[1.2.3.4]/x")]
    [DataRow("http://[::1%]/x")]
    [DataRow("http://[::1/64]/x")]
    [DataRow("http://[v1]/x")]
    [DataRow("http://h\u2100x/y")]
    [DataRow("http://h\uFF20x/y")]
    public void TryParse_aHostThatCannotBeRead_isRefused(string text)
    {
        Assert.IsFalse(SourceUri.TryParse(text, out var uri));
        Assert.AreEqual(SourceUri.Empty, uri);
    }
}
