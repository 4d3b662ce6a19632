using System.Net;

namespace DataManifest.Fetching.Http;

[TestClass]
public sealed class ProxyExceptionsTests
{
    [TestMethod]
    [DataRow("*", "https://data.example.org/x", true)]
    [DataRow("example.org", "https://data.example.org/x", true)]
    [DataRow("example.org", "https://example.org/x", true)]
    [DataRow("EXAMPLE.org", "https://data.Example.ORG./x", true)]
    [DataRow(".example.org", "https://data.example.org/x", true)]
    [DataRow("*.example.org", "https://data.example.org/x", true)]
    [DataRow("a.net, example.org", "https://data.example.org/x", true)]
    [DataRow("a.net example.org", "https://data.example.org/x", true)]
    [DataRow("example.org:443", "https://example.org/x", true)]
    [DataRow("example.org:8443", "https://example.org/x", false)]
    [DataRow("example.org", "https://notexample.org/x", false)]
    [DataRow("data.example.org", "https://example.org/x", false)]
    [DataRow("10.0.0.0/8", "http://10.1.2.3/x", true)]
    [DataRow("10.0.0.0/8", "http://11.1.2.3/x", false)]
    [DataRow("10.9.9.9/8", "http://10.1.2.3/x", true)]
    [DataRow("10.9.9.9/8", "http://11.1.2.3/x", false)]
    [DataRow("fe80::1/10", "http://[fe80::2]/x", true)]
    [DataRow("10.0.0.0/33", "http://10.0.0.0/x", false)]
    [DataRow("10.1.2.3:80", "http://10.1.2.3/x", true)]
    [DataRow("1.2.3", "http://10.1.2.3/x", false)]
    [DataRow("::1", "http://[::1]/x", true)]
    [DataRow("[::1]:80", "http://[::1]/x", true)]
    [DataRow("fe80::/10", "http://[fe80::1]/x", true)]
    [DataRow(",, .", "https://example.org/x", false)]
    public void IsBypassed_readsExceptionsAsOtherToolsDo(string exceptions, string uri, bool isBypassed) =>
        Assert.AreEqual(isBypassed, new ProxyExceptions(new WebProxy("http://proxy.example.org"), exceptions).IsBypassed(new Uri(uri)));
}
