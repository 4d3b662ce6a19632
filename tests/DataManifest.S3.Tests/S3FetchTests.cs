using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace DataManifest.S3;

/// <summary>Fetches from an emulator of S3 over real sockets.</summary>
[TestClass]
public sealed class S3FetchTests : IDisposable
{
    private const string Key = "S3RVER";
    private static Emulator? _emulator;
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private static string Endpoint => $"http://127.0.0.1:{_emulator!.Port}";

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        if (Emulator.Folder is null)
        {
            return;
        }

        _emulator = await Emulator.StartAsync("s3rver/bin/s3rver.js", "-d", "{0}", "-a", "127.0.0.1", "-p", "0", "-s", "--configure-bucket", "bucket-one");
        using var client = new AmazonS3Client(new BasicAWSCredentials(Key, Key), new AmazonS3Config { ServiceURL = Endpoint, ForcePathStyle = true, RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED });
        foreach (var (name, text) in new[]
        {
            ("obs/co2.csv", "year,ppm\n"), ("obs/ä b#1?.csv", "odd"), ("run/b.txt", "B"), ("run/a/z.txt", "Z"), ("run/a/c.txt", "C"), ("run/", ""), ("runway.txt", "not below run"),
            ("bad/x", "X"), ("bad/x/y", "Y"),
        })
        {
            await client.PutObjectAsync(new PutObjectRequest { BucketName = "bucket-one", Key = name, ContentBody = text, UseChunkEncoding = false }, context.CancellationToken);
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 1005), context.CancellationToken, async (i, token) =>
            await client.PutObjectAsync(new PutObjectRequest { BucketName = "bucket-one", Key = $"many/{i:0000}", ContentBody = $"{i}", UseChunkEncoding = false }, token));
    }

    [ClassCleanup]
    public static void Stop() => _emulator?.Dispose();

    [TestInitialize]
    public void RequireEmulator()
    {
        if (_emulator is null)
        {
            Assert.Inconclusive("set DATAMANIFEST_EMULATORS to a folder in which 'npm install s3rver azurite' was run");
        }

        _scene.Variables["AWS_ENDPOINT_URL"] = Endpoint;
        _scene.Variables["AWS_ACCESS_KEY_ID"] = Key;
        _scene.Variables["AWS_SECRET_ACCESS_KEY"] = Key;
    }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_ofAnObject_storesVerifiesAndMarks()
    {
        var result = await FetchAsync("s3://bucket-one/obs/co2.csv", FetchScene.Sha256("year,ppm\n"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(Path.Combine(_scene.Store, "bucket-one/obs/co2.csv"), result.Path);
        Assert.AreEqual("year,ppm\n", File.ReadAllText(result.Path));
        Assert.AreEqual("s3://bucket-one/obs/co2.csv", result.Source);
        Assert.AreEqual(9, result.Bytes);
        CollectionAssert.AreEqual(new[] { "bucket-one", "bucket-one/obs", "bucket-one/obs/co2.csv", "bucket-one/obs/co2.csv.complete" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_ofANameWithOddCharacters_takesItAsItIs()
    {
        var result = await FetchAsync("s3://bucket-one/obs/ä b#1?.csv", FetchScene.Sha256("odd"), "key = \"odd.csv\"");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
    }

    [TestMethod]
    [DataRow("s3://bucket-one/run/")]
    [DataRow("s3://bucket-one/run")]
    public async Task FetchAsync_ofAPrefix_makesAFolderWithTheFamilysDigest(string uri)
    {
        var result = await FetchAsync(uri, FetchScene.Sha256("BCZ"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        CollectionAssert.AreEqual(
            new[] { "bucket-one", "bucket-one/run", "bucket-one/run/.complete", "bucket-one/run/a", "bucket-one/run/a/c.txt", "bucket-one/run/a/z.txt", "bucket-one/run/b.txt" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_ofMoreObjectsThanAPageHas_fetchesAll()
    {
        var result = await FetchAsync("s3://bucket-one/many/");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.HasCount(1006, Directory.GetFiles(result.Path));
        Assert.AreEqual("1004", File.ReadAllText(Path.Combine(result.Path, "1004")));
    }

    [TestMethod]
    [DataRow("s3://bucket-one/obs/none.csv")]
    [DataRow("s3://bucket-one/none/")]
    [DataRow("s3://no-such-bucket/x.csv")]
    public async Task FetchAsync_ofNothing_saysSo(string uri)
    {
        var result = await FetchAsync(uri);
        Assert.AreEqual("DM0460", result.Error?.Code, result.Error?.ToString());
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.EndsWith(".csv", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_ofObjectsThatAreNoFolder_isRefused()
    {
        var result = await FetchAsync("s3://bucket-one/bad/");
        Assert.AreEqual("DM0464", result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, "'x/y'");
    }

    [TestMethod]
    public async Task FetchAsync_withUnknownCredentials_isRefusedWithoutTellingThem()
    {
        _scene.Variables["AWS_ACCESS_KEY_ID"] = "AKIANOBODY";
        _scene.Variables["AWS_SECRET_ACCESS_KEY"] = "very-secret-text";
        var result = await FetchAsync("s3://bucket-one/obs/co2.csv");
        Assert.AreEqual("DM0462", result.Error?.Code, result.Error?.ToString());
        Assert.DoesNotContain("very-secret-text", result.Error!.ToString());
        StringAssert.Contains(result.Error.Message, "AWS_PROFILE");
    }

    [TestMethod]
    public async Task FetchAsync_withoutCredentials_readsPublicBuckets()
    {
        _scene.Variables.Remove("AWS_ACCESS_KEY_ID");
        _scene.Variables["AWS_NO_SIGN_REQUEST"] = "YES";
        var result = await FetchAsync("s3://bucket-one/obs/co2.csv");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_withAProfile_usesItsEndpointAndCredentials()
    {
        foreach (var name in _scene.Variables.Keys.ToList())
        {
            _scene.Variables.Remove(name);
        }

        _scene.Folder.Write("home/.aws/config", $"[profile work]\nregion = eu-central-1\nendpoint_url = {Endpoint}\naws_access_key_id = {Key}\naws_secret_access_key = {Key}\n");
        _scene.Variables["AWS_PROFILE"] = "work";
        var result = await FetchAsync("s3://bucket-one/obs/co2.csv");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_ofAWrongDigest_publishesNothing()
    {
        var result = await FetchAsync("s3://bucket-one/obs/co2.csv", FetchScene.Sha256("else"));
        Assert.AreEqual("DM0501", result.Error?.Code);
        StringAssert.Contains(result.Error!.Message, "s3://bucket-one/obs/co2.csv");
        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.EndsWith(".complete", StringComparison.Ordinal)));
    }

    private async Task<FetchResult> FetchAsync(string uri, string checksum = "", string more = "") =>
        (await _scene.FetchAsync($"[x]\nuri = \"{uri}\"\n{(checksum.Length > 0 ? $"checksum = \"{checksum}\"\n" : "")}{more}\n", null, TestContext.CancellationToken)).Results.Single();
}
