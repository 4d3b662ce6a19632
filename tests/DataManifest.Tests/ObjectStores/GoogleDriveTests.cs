using DataManifest.Fetching;

namespace DataManifest.ObjectStores;

/// <summary>Fetches from a small server in the shape of Google Drive.</summary>
[TestClass]
public sealed class GoogleDriveTests : IDisposable
{
    private const string Id = "1AbC_d-9";
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_ofASmallFile_takesItAtOnce()
    {
        _scene.Server.Serve("/uc", "year,ppm\n", new ServeOptions { Headers = [("Content-Disposition", "attachment; filename=\"co2.csv\"")], ContentType = "text/html" });
        var result = await FetchAsync($"gdrive://{Id}/co2.csv", FetchScene.Sha256("year,ppm\n"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(Path.Combine(_scene.Store, Id.ToLowerInvariant(), "co2.csv"), result.Path);
        StringAssert.Contains(_scene.Server.Requests[0].Query, "id=" + Id);
    }

    [TestMethod]
    [DataRow("gdrive://1AbC_d-9")]
    [DataRow("https://drive.google.com/file/d/1AbC_d-9/view?usp=sharing")]
    [DataRow("https://drive.google.com/open?id=1AbC_d-9")]
    [DataRow("https://drive.google.com/uc?export=download&id=1AbC_d-9")]
    public async Task FetchAsync_ofALargeFile_confirmsThePage(string uri)
    {
        ServePage($"""
            <html><body><p>Google Drive can't scan this file for viruses.</p>
            <form id="download-form" action="{_scene.Server.Url("/download")}" method="get"><input type="hidden" name="id" value="{Id}">
            <input type="hidden" name="confirm" value="t"><input type="hidden" name="uuid" value="a&amp;b"></form></body></html>
            """);
        _scene.Server.Serve("/download", "large");
        var result = await FetchAsync(uri, FetchScene.Sha256("large"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual($"?id={Id}&confirm=t&uuid=a%26b", _scene.Server.Requests[^1].Query);
    }

    [TestMethod]
    [DataRow("<html><title>Google Drive - Quota exceeded</title></html>", "too often")]
    [DataRow("<html><title>Sign in</title></html>", "a page instead")]
    [DataRow("<html><form id=\"download-form\" action=\"https://evil.example.org/download\"></form></html>", "a page instead")]
    public async Task FetchAsync_ofAnotherPage_isRefused(string page, string why)
    {
        ServePage(page);
        var result = await FetchAsync($"gdrive://{Id}");
        Assert.AreEqual("DM0462", result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, why);
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.EndsWith(".complete", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_ofAFolderOrAMissingFile_saysSo()
    {
        Assert.AreEqual("DM0463", (await FetchAsync("https://drive.google.com/drive/folders/1AbC")).Error?.Code);
        Assert.AreEqual("DM0460", (await FetchAsync($"gdrive://{Id}")).Error?.Code);
    }

    [TestMethod]
    public async Task FetchAsync_withAToken_asksTheApi()
    {
        _scene.Variables["GOOGLE_OAUTH_ACCESS_TOKEN"] = "the-token";
        _scene.Server.Serve("/drive/v3/files/" + Id, "private");
        var result = await FetchAsync($"gdrive://{Id}", FetchScene.Sha256("private"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("Bearer the-token", _scene.Server.Requests[^1].Header("Authorization"));
    }

    private void ServePage(string page) => _scene.Server.Serve("/uc", page, new ServeOptions { ContentType = "text/html; charset=utf-8" });

    private async Task<FetchResult> FetchAsync(string uri, string checksum = "")
    {
        var server = new Uri(_scene.Server.Url("/"));
        var manifest = $"[x]\nuri = \"{uri}\"\n{(checksum.Length > 0 ? $"checksum = \"{checksum}\"\n" : "")}";
        return (await _scene.FetchAsync(manifest, new FetchRequest { Google = (server, server) }, TestContext.CancellationToken)).Results.Single();
    }
}
