using System.Text;
using DataManifest.Diagnostics;

namespace DataManifest.Catalogs;

/// <summary>Answers that nobody wants: each ends with a coded error and the manifest as it was.</summary>
[TestClass]
public sealed class HostileAnswerTests : IDisposable
{
    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("../../etc/passwd", "https://zenodo.org/x")]
    [DataRow("/etc/passwd", "https://zenodo.org/x")]
    [DataRow("C:\\\\x", "https://zenodo.org/x")]
    [DataRow("a\\nb", "https://zenodo.org/x")]
    [DataRow("a.csv", "file:///etc/passwd")]
    [DataRow("a.csv", "javascript:alert(1)")]
    [DataRow("a.csv", "not an address")]
    public async Task NamesAndAddresses_thatMustNotBeUsed_areRefused(string name, string link)
    {
        _scene.Answer("https://zenodo.org/api/records/1", """{"files": [{"key": "NAME", "links": {"self": "LINK"}}]}""".Replace("NAME", name, StringComparison.Ordinal).Replace("LINK", link, StringComparison.Ordinal));

        await IsRefusedAsync(DiagnosticRules.UnusableAnswer);
    }

    [TestMethod]
    public async Task AnAddressThatLeavesTheStore_isRefused()
    {
        _scene.Answer("https://zenodo.org/api/records/1", """{"files": [{"key": "a.csv", "links": {"self": "https://zenodo.org/x/../../../../a.csv"}}]}""");

        var report = await _scene.AddAsync("10.5281/zenodo.1", null, TestContext.CancellationToken);

        Assert.AreEqual(DiagnosticRules.KeyLeavesStore, report.Entries.Single().Error!.Rule);
        Assert.AreEqual(CatalogScene.EmptyManifest, _scene.ManifestText);
    }

    [TestMethod]
    [DataRow("<!doctype html><title>Sign in</title>")]
    [DataRow("")]
    [DataRow("{\"files\": [")]
    [DataRow("\"text\"")]
    [DataRow("42")]
    public async Task AnswersThatAreNoDocument_areRefused(string answer)
    {
        _scene.Answer("https://zenodo.org/api/records/1", answer);

        await IsRefusedAsync(DiagnosticRules.UnusableAnswer);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("[]")]
    [DataRow("{\"files\": {\"key\": 5}, \"metadata\": [], \"doi\": {}}")]
    [DataRow("{\"files\": \"none\", \"metadata\": {\"creators\": 7, \"title\": null}}")]
    public async Task DocumentsOfAnotherShape_haveNoFiles(string answer)
    {
        _scene.Answer("https://zenodo.org/api/records/1", answer);

        var report = await _scene.AddAsync("10.5281/zenodo.1", null, TestContext.CancellationToken);

        Assert.IsEmpty(report.Entries);
        Assert.AreEqual(CatalogScene.EmptyManifest, _scene.ManifestText);
    }

    [TestMethod]
    public async Task DeepDocuments_areRefused()
    {
        _scene.Answer("https://zenodo.org/api/records/1", new string('[', 100_000));

        await IsRefusedAsync(DiagnosticRules.UnusableAnswer);
    }

    [TestMethod]
    public async Task AnAnswerWithoutEnd_isCutOff()
    {
        var chunk = Encoding.ASCII.GetBytes("{\"files\": \"" + new string('x', 1024 * 1024));
        _scene.Server.On("/zenodo.org/api/records/1", async (_, response, token) =>
        {
            await response.WriteHeadAsync(200, [("Content-Type", "application/json")], "1.0", token);
            for (var i = 0; i < 1000; i++)
            {
                await response.WriteAsync(chunk, token);
            }
        });

        await IsRefusedAsync(DiagnosticRules.UnusableAnswer);
        Assert.IsLessThan(200L * 1024 * 1024, _scene.Server.Requests[0].BytesSent);
    }

    [TestMethod]
    [DataRow("restricted")]
    [DataRow("embargoed")]
    public async Task RecordsThatAreNotOpen_areSaidToBe(string right)
    {
        _scene.Answer("https://zenodo.org/api/records/1", $$$"""{"metadata": {"access_right": "{{{right}}}"}}""");

        await IsRefusedAsync(DiagnosticRules.RecordNotOpen);
    }

    [TestMethod]
    [DataRow(404)]
    [DataRow(403)]
    [DataRow(410)]
    public async Task Refusals_areNotRepeated(int status)
    {
        _scene.Server.On("/zenodo.org/api/records/1", (_, response, token) => response.SendAsync(status, cancellationToken: token));

        await IsRefusedAsync(DiagnosticRules.DownloadRefused);
        Assert.HasCount(1, _scene.Server.Requests);
    }

    [TestMethod]
    public async Task ABusyService_isAskedAgain()
    {
        _scene.Server.On(
            "/zenodo.org/api/records/1",
            (_, response, token) => response.SendAsync(429, headers: [("Retry-After", "1")], cancellationToken: token),
            (_, response, token) => response.SendAsync(200, """{"files": [{"key": "a.csv", "links": {"self": "https://zenodo.org/files/a.csv"}}]}"""u8.ToArray(), cancellationToken: token));

        var report = await _scene.AddAsync("10.5281/zenodo.1", null, TestContext.CancellationToken);

        Assert.HasCount(1, report.Entries);
        Assert.HasCount(2, _scene.Server.Requests);
    }

    [TestMethod]
    public async Task AServiceThatWantsALongPause_isGivenUp()
    {
        _scene.Server.On("/zenodo.org/api/records/1", (_, response, token) => response.SendAsync(429, headers: [("Retry-After", "3600")], cancellationToken: token));

        var error = await IsRefusedAsync(DiagnosticRules.DownloadFailed);
        Assert.Contains("60 minutes", error.Message);
    }

    [TestMethod]
    public async Task LinksToOtherServersAndCircles_areNotFollowed()
    {
        _scene.Answer("https://datadryad.org/api/v2/datasets/doi%3A10.5061%2Fdryad.a1", """{"_links": {"stash:version": {"href": "https://evil.example/v"}}}""");
        await IsRefusedAsync(DiagnosticRules.UnusableAnswer, "10.5061/dryad.a1");

        _scene.Answer("https://api.osf.io/v2/guids/abcde/", """{"data": {"type": "nodes"}}""");
        _scene.Answer("https://api.osf.io/v2/nodes/abcde/?embed=contributors&embed=license", "{}");
        _scene.Answer("https://api.osf.io/v2/nodes/abcde/files/osfstorage/", """{"data": [], "links": {"next": "https://api.osf.io/v2/nodes/abcde/files/osfstorage/"}}""");
        await IsRefusedAsync(DiagnosticRules.UnusableAnswer, "https://osf.io/abcde");
    }

    [TestMethod]
    public async Task ATableOnAnotherServer_isNotAskedFor()
    {
        _scene.Answer("https://doi.pangaea.de/10.1594/PANGAEA.1?format=metadata_jsonld", """{"name": "T", "distribution": [{"contentUrl": "http://169.254.169.254/?format=textfile"}]}""");

        var report = await _scene.AddAsync("10.1594/PANGAEA.1", null, TestContext.CancellationToken);

        Assert.HasCount(1, report.Entries);
        Assert.HasCount(1, _scene.Server.Requests);
    }

    [TestMethod]
    public async Task ASeriesThatContainsItself_ends()
    {
        _scene.Answer("https://doi.pangaea.de/10.1594/PANGAEA.1?format=metadata_jsonld", """{"name": "S", "distribution": [{"contentUrl": "https://doi.pangaea.de/10.1594/PANGAEA.1?format=zip"}]}""");
        _scene.Answer("https://ws.pangaea.de/es/pangaea/panmd/_search?q=parentIdDataSet:1&size=1000", """{"hits": {"hits": [{"_id": "1"}, {"_id": "../2"}]}}""");

        var report = await _scene.AddAsync("10.1594/PANGAEA.1", null, TestContext.CancellationToken);

        Assert.IsEmpty(report.Entries);
    }

    private async Task<DataManifestException> IsRefusedAsync(DiagnosticRule rule, string reference = "10.5281/zenodo.1")
    {
        _scene.Open();
        var error = await Assert.ThrowsExactlyAsync<DataManifestException>(() => _scene.AddAsync(reference, null, TestContext.CancellationToken));
        Assert.AreEqual(rule, error.Rule, error.Message);
        Assert.AreEqual(CatalogScene.EmptyManifest, _scene.ManifestText);
        return error;
    }
}
