using System.Text;

namespace DataManifest.S3;

/// <summary>What no emulator answers, and names that a client's library would ask for in another form.</summary>
[TestClass]
public sealed class S3HostileTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public S3HostileTests()
    {
        _scene.Variables["AWS_ENDPOINT_URL"] = _scene.Server.Url("").TrimEnd('/');
        _scene.Variables["AWS_NO_SIGN_REQUEST"] = "1";
        _scene.Server.Serve("/other/x.csv", "unharmed");
        _scene.Server.Serve("/bucket/x.csv", "another object");
        _scene.Server.Serve("/bucket/run/a.csv", "A");
    }

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("<IsTruncated>true</IsTruncated><Contents><Key>run/a.csv</Key><Size>1</Size></Contents></ListBucketResult>", "DM0464", DisplayName = "more, and not where")]
    [DataRow("<Contents><Key>run/a.csv</Key><Size>1</Size></Contents><Contents><Key>run/a.csv</Key><Size>1</Size></Contents></ListBucketResult>", null, DisplayName = "one object twice")]
    [DataRow("<Contents><Key>xyz/a.csv</Key><Size>1</Size></Contents></ListBucketResult>", "DM0460", DisplayName = "an object that is not below")]
    [DataRow("<Contents><Size>1</Size></Contents></ListBucketResult>", "DM0460", DisplayName = "no name")]
    [DataRow("<Contents><Key>run/a.csv", "DM0465", DisplayName = "cut")]
    [DataRow("<br>", "DM0465", DisplayName = "a web page")]
    public async Task FetchAsync_ofAHostileListing_isThatDatasetsFaultAlone(string listing, string? code)
    {
        var body = Encoding.UTF8.GetBytes("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + listing);
        _scene.Server.On("/bucket/", (_, response, token) => response.SendAsync(200, body, [("Content-Type", "application/xml")], token));
        _scene.Server.On("/bucket", (_, response, token) => response.SendAsync(200, body, [("Content-Type", "application/xml")], token));
        var report = await _scene.FetchAsync("[x]\nuri = \"s3://bucket/run/\"\n[y]\nuri = \"s3://other/x.csv\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual(code, report.Results[0].Error?.Code, report.Results[0].Error?.ToString());
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[1].Outcome, report.Results[1].Error?.ToString());
    }

    [TestMethod]
    [DataRow("/x.csv", "right")]
    [DataRow("a+b%20c.csv", "right")]
    public async Task FetchAsync_ofAnOddName_asksForThatObject(string name, string text)
    {
        _scene.Server.Serve("/bucket/" + string.Join('/', name.Split('/').Select(Uri.EscapeDataString)), text);
        var report = await _scene.FetchAsync($"[x]\nkey = \"x.csv\"\nuri = \"s3://bucket/{name}\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual(text, File.ReadAllText(report.Results[0].Path), report.Results[0].Error?.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_ofANameThatNoAddressHolds_takesNoOtherObject()
    {
        _scene.Server.Serve("/bucket/a/../x.csv", "right");
        var report = await _scene.FetchAsync("[x]\nkey = \"x.csv\"\nuri = \"s3://bucket/a/../x.csv\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual("DM0463", report.Results[0].Error?.Code, report.Results[0].Error?.ToString());
    }
}
