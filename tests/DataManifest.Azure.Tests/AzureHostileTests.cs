using System.Text;

namespace DataManifest.Azure;

/// <summary>What no emulator answers.</summary>
[TestClass]
public sealed class AzureHostileTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("<Blob><Name>run/a.csv</Name></Blob><Blob><Name>run/a.csv</Name></Blob>", "", null, DisplayName = "one blob twice")]
    [DataRow("<Blob><Properties/></Blob>", "", "DM0465", DisplayName = "no name")]
    [DataRow("<Blob><Name>xyz/a.csv</Name></Blob>", "", "DM0460", DisplayName = "a blob that is not below")]
    [DataRow("<Blob><Name Encoded=\"true\">run/a%00.csv</Name></Blob>", "", "DM0464", DisplayName = "a zero byte")]
    [DataRow("<Blob><Name>run/a.csv</Name></Blob>", "again", "DM0464", DisplayName = "the same page again and again")]
    public async Task FetchAsync_ofAHostileListing_isThatDatasetsFaultAlone(string blobs, string marker, string? code)
    {
        var listing = Encoding.UTF8.GetBytes($"<EnumerationResults><Blobs>{blobs}</Blobs><NextMarker>{marker}</NextMarker></EnumerationResults>");
        _scene.Server.On("/mine/c", (_, response, token) => response.SendAsync(200, listing, [("Content-Type", "application/xml")], token));
        _scene.Server.Serve("/mine/c/run/a.csv", "A");
        _scene.Variables["AZURE_STORAGE_CONNECTION_STRING"] = $"AccountName=mine;SharedAccessSignature=sv=1&sig=hush;BlobEndpoint={_scene.Server.Url("/mine")}";
        var report = await _scene.FetchAsync("[x]\nuri = \"az://c/run/\"\n[y]\nkey = \"y\"\nuri = \"az://c/run/a.csv\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual(code, report.Results[0].Error?.Code, report.Results[0].Error?.ToString());
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[1].Outcome, report.Results[1].Error?.ToString());
        Assert.DoesNotContain("hush", report.Results[0].Error?.ToString() ?? "");
    }
}
