namespace DataManifest.Azure;

[TestClass]
public sealed class AzureAddressTests
{
    private static readonly AzureSettings Own = new(new Dictionary<string, string> { ["AZURE_STORAGE_ACCOUNT"] = "mine", ["AZURE_STORAGE_KEY"] = "a2V5" });
    private static readonly AzureSettings Nobody = new(new Dictionary<string, string>());

    [TestMethod]
    [DataRow("az://c/p/x.nc", "https://mine.blob.core.windows.net/c/p/x.nc")]
    [DataRow("abfss://c@other.dfs.core.windows.net/p/x.nc", "https://other.blob.core.windows.net/c/p/x.nc")]
    [DataRow("abfs://other.dfs.core.windows.net/c/p/x.nc", "https://other.blob.core.windows.net/c/p/x.nc")]
    [DataRow("az://c@mine.blob.core.windows.net/x y%20#1", "https://mine.blob.core.windows.net/c/x%20y%2520%231")]
    [DataRow("abfss://c@a.dfs.core.chinacloudapi.cn/x", "https://a.blob.core.chinacloudapi.cn/c/x")]
    public void Parse_findsAccountContainerAndBlob(string uri, string location)
    {
        var address = AzureAddress.Parse(uri, Own);
        Assert.AreEqual(location, address.LocationOf(address.Blobs.Name, "").AbsoluteUri);
    }

    [TestMethod]
    [DataRow("az://c/x", "AZURE_STORAGE_ACCOUNT")]
    [DataRow("abfss://c@evil.example.org/x", "no server of Azure's")]
    [DataRow("abfss://c@mine.blob.core.windows.net.example.org/x", "no server of Azure's")]
    [DataRow("adl://old.azuredatalakestore.net/x", "does not exist any more")]
    [DataRow("abfss://@a.dfs.core.windows.net/x", "names no container")]
    public void Parse_ofWhatCannotBeAsked_saysWhy(string uri, string why)
    {
        var fault = Assert.ThrowsExactly<DataManifestException>(() => AzureAddress.Parse(uri, Nobody));
        Assert.AreEqual("DM0463", fault.Code);
        StringAssert.Contains(fault.Message, why);
    }

    [TestMethod]
    public async Task SignatureFor_anotherAccount_isNone()
    {
        var access = new AzureAccess(Own);
        StringAssert.Contains(access.SignatureFor(new Uri("https://mine.blob.core.windows.net/")), "sig=");
        Assert.AreEqual("", access.SignatureFor(new Uri("https://other.blob.core.windows.net/")));
        Assert.IsFalse((await access.AuthorizeAsync(new Uri("https://other.blob.core.windows.net/c/x"), CancellationToken.None)).Any(field => field.Key == "Authorization"));
    }

    [TestMethod]
    public void Read_isTheSameForAMonth_soThatADownloadIsResumed()
    {
        var first = AccountSignature.Read("mine", "a2V5", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.AreEqual(first, AccountSignature.Read("mine", "a2V5", new DateTime(2026, 1, 31, 23, 59, 0, DateTimeKind.Utc)));
        StringAssert.Contains(first, "se=2026-04-01");
    }
}
