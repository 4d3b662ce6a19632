namespace DataManifest.S3;

/// <summary>What an emulator cannot do: cut a connection.</summary>
[TestClass]
public sealed class S3ResumeTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_afterACut_goesOnWithTheSameEntityAndSignsAnew()
    {
        var body = new byte[3_000_000];
        new Random(1).NextBytes(body);
        var options = new ServeOptions { ETag = "\"e1\"" };
        _scene.Server.On("/bucket/big.bin", LoopbackServer.Static(body, options), LoopbackServer.Static(body, options with { CutAfter = 2_000_000 }), LoopbackServer.Static(body, options));
        _scene.Variables["AWS_ENDPOINT_URL_S3"] = _scene.Server.Url("").TrimEnd('/');
        _scene.Variables["AWS_ACCESS_KEY_ID"] = "AKIASOMEBODY";
        _scene.Variables["AWS_SECRET_ACCESS_KEY"] = "very-secret-text";
        _scene.Variables["AWS_SESSION_TOKEN"] = "the-session-token";
        var report = await _scene.FetchAsync($"[x]\nuri = \"s3://bucket/big.bin\"\nchecksum = \"{FetchScene.Sha256(body)}\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        var requests = _scene.Server.Requests;
        Assert.HasCount(3, requests);
        Assert.AreEqual("HEAD", requests[0].Method);
        Assert.IsNull(requests[1].Header("Range"));
        Assert.IsNotNull(requests[2].Header("Range"));
        Assert.AreEqual("\"e1\"", requests[2].Header("If-Range"));
        Assert.IsTrue(requests.All(request => request.Header("Authorization")!.StartsWith("AWS4-HMAC-SHA256 Credential=AKIASOMEBODY/", StringComparison.Ordinal)));
        Assert.IsTrue(requests.All(request => request.Header("x-amz-security-token") == "the-session-token" && request.Query.Length == 0));
    }

    [TestMethod]
    public async Task FetchAsync_ofAServerThatFails_saysSoWithoutSecrets()
    {
        _scene.Server.On("/bucket/x.csv", (_, response, token) => response.SendAsync(403, cancellationToken: token));
        _scene.Variables["AWS_ENDPOINT_URL"] = _scene.Server.Url("").TrimEnd('/');
        _scene.Variables["AWS_ACCESS_KEY_ID"] = "AKIASOMEBODY";
        _scene.Variables["AWS_SECRET_ACCESS_KEY"] = "very-secret-text";
        var report = await _scene.FetchAsync("[x]\nuri = \"s3://bucket/x.csv\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual("DM0462", report.Results[0].Error?.Code, report.Results[0].Error?.ToString());
        Assert.DoesNotContain("very-secret-text", report.Results[0].Error!.ToString());
    }

    [TestMethod]
    [DataRow("AWS_ENDPOINT_URL", "no address", "DM0465")]
    [DataRow("AWS_ENDPOINT_URL", "http://127.0.0.1:9", "DM0465")]
    public async Task FetchAsync_withSettingsThatCannotBeUsed_isACodedError(string variable, string value, string code)
    {
        _scene.Variables["AWS_NO_SIGN_REQUEST"] = "1";
        _scene.Variables[variable] = value;
        var report = await _scene.FetchAsync("[x]\nuri = \"s3://bucket/x.csv\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual(code, report.Results[0].Error?.Code, report.Results[0].Error?.ToString());
    }

    [TestMethod]
    public async Task FindAsync_readsTheRegionThatAServerTells()
    {
        _scene.Server.On("/my-bucket", (_, response, token) => response.SendAsync(403, headers: [("x-amz-bucket-region", "eu-west-3")], cancellationToken: token));
        using var client = new HttpClient();
        Assert.AreEqual("eu-west-3", await S3Region.FindAsync(new Uri(_scene.Server.Url("/my-bucket")), "us-east-2", client, TestContext.CancellationToken));
        Assert.AreEqual("us-east-2", await S3Region.FindAsync(new Uri(_scene.Server.Url("/other")), "us-east-2", client, TestContext.CancellationToken));
        Assert.AreEqual("cn-north-1", await S3Region.FindAsync("my-bucket", "cn-north-1", TestContext.CancellationToken));
    }
}
