using System.Text;

namespace DataManifest.Azure;

/// <summary>Fetches from an emulator of Azure's storage over real sockets; it checks signatures.</summary>
[TestClass]
public sealed class AzureFetchTests : IDisposable
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly HttpClient Client = new();
    private static Emulator? _emulator;
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private static string Endpoint => $"http://127.0.0.1:{_emulator!.Port}/{Account}";

    private static string Connection => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={Endpoint};";

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        if (Emulator.Folder is null)
        {
            return;
        }

        _emulator = await Emulator.StartAsync(
            "azurite/dist/src/blob/main.js", "--blobHost", "127.0.0.1", "--blobPort", "0", "--location", "{0}", "--silent", "--disableTelemetry");
        await PutAsync("/data?restype=container", [], context.CancellationToken);
        await PutAsync("/public?restype=container", [new("x-ms-blob-public-access", "container")], context.CancellationToken);
        foreach (var (name, text) in new[]
        {
            ("/data/obs/co2.csv", "year,ppm\n"), ("/data/obs/%C3%A4%20b%231.csv", "odd"), ("/data/run/b.txt", "B"), ("/data/run/a/z.txt", "Z"), ("/data/run/a/c.txt", "C"),
            ("/data/runway.txt", "not below run"), ("/public/co2.csv", "year,ppm\n"),
        })
        {
            await PutAsync(name, [new("x-ms-blob-type", "BlockBlob")], context.CancellationToken, text);
        }
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

        _scene.Variables["AZURE_STORAGE_CONNECTION_STRING"] = Connection;
    }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("az://data/obs/co2.csv", "data/obs/co2.csv")]
    [DataRow("abfs://data/obs/co2.csv", "data/obs/co2.csv")]
    [DataRow("abfss://data@127.0.0.1/obs/co2.csv", "127.0.0.1/obs/co2.csv")]
    [DataRow("adl://data/obs/co2.csv", "data/obs/co2.csv")]
    public async Task FetchAsync_ofABlob_storesVerifiesAndMarks(string uri, string key)
    {
        var result = await FetchAsync(uri, FetchScene.Sha256("year,ppm\n"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(Path.Combine(_scene.Store, key), result.Path);
        Assert.AreEqual(uri.Replace("data@", "", StringComparison.Ordinal), result.Source);
        Assert.IsTrue(File.Exists(result.Path + ".complete"));
    }

    [TestMethod]
    public async Task FetchAsync_ofANameWithOddCharacters_takesItAsItIs()
    {
        var result = await FetchAsync("az://data/obs/ä b#1.csv", FetchScene.Sha256("odd"), "key = \"odd.csv\"");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
    }

    [TestMethod]
    [DataRow("az://data/run/")]
    [DataRow("az://data/run")]
    public async Task FetchAsync_ofAPrefix_makesAFolderWithTheFamilysDigest(string uri)
    {
        var result = await FetchAsync(uri, FetchScene.Sha256("BCZ"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        CollectionAssert.AreEqual(
            new[] { "data", "data/run", "data/run/.complete", "data/run/a", "data/run/a/c.txt", "data/run/a/z.txt", "data/run/b.txt" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    [DataRow("az://data/none.csv")]
    [DataRow("az://data/none/")]
    [DataRow("az://nowhere/x.csv")]
    public async Task FetchAsync_ofNothing_saysSo(string uri) => Assert.AreEqual("DM0460", (await FetchAsync(uri)).Error?.Code);

    [TestMethod]
    public async Task FetchAsync_withAccountAndSignature_readsWithoutShowingIt()
    {
        var signature = AccountSignature.Make(Account, Key, "rl", DateTime.UtcNow.AddHours(1));
        _scene.Variables["AZURE_STORAGE_CONNECTION_STRING"] = $"BlobEndpoint={Endpoint};AccountName={Account};SharedAccessSignature={signature}";
        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync("az://data/obs/co2.csv")).Outcome);
        var refused = await FetchAsync("az://data/run/", FetchScene.Sha256("else"));
        Assert.AreEqual("DM0501", refused.Error?.Code);
        Assert.DoesNotContain("sig=", refused.Error!.ToString());
        Assert.DoesNotContain("sig=", string.Concat(_scene.Progress));
    }

    [TestMethod]
    public async Task FetchAsync_withAWrongKey_isRefusedWithoutTellingIt()
    {
        var wrong = Convert.ToBase64String(Encoding.UTF8.GetBytes("a key that is not the account's"));
        _scene.Variables["AZURE_STORAGE_CONNECTION_STRING"] = Connection.Replace(Key, wrong, StringComparison.Ordinal);
        var result = await FetchAsync("az://data/obs/co2.csv");
        Assert.AreEqual("DM0462", result.Error?.Code, result.Error?.ToString());
        Assert.DoesNotContain(wrong, result.Error!.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_withAKeyThatIsNone_saysSo()
    {
        _scene.Variables["AZURE_STORAGE_CONNECTION_STRING"] = Connection.Replace(Key, "no base64!", StringComparison.Ordinal);
        var result = await FetchAsync("az://data/obs/co2.csv");
        Assert.AreEqual("DM0462", result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, "base64");
    }

    [TestMethod]
    public async Task FetchAsync_withoutCredentials_readsPublicContainersAndIsRefusedOthers()
    {
        _scene.Variables["AZURE_STORAGE_CONNECTION_STRING"] = $"BlobEndpoint={Endpoint};AccountName={Account}";
        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync("az://public/co2.csv", FetchScene.Sha256("year,ppm\n"))).Outcome);
        Assert.AreEqual("DM0462", (await FetchAsync("az://data/obs/co2.csv")).Error?.Code);
    }

    private async Task<FetchResult> FetchAsync(string uri, string checksum = "", string more = "") =>
        (await _scene.FetchAsync($"[x]\nuri = \"{uri}\"\n{(checksum.Length > 0 ? $"checksum = \"{checksum}\"\n" : "")}{more}\n", null, TestContext.CancellationToken)).Results.Single();

    private static async Task PutAsync(string path, List<KeyValuePair<string, string>> kind, CancellationToken cancellationToken, string text = "")
    {
        var signature = AccountSignature.Make(Account, Key, "rwlc", DateTime.UtcNow.AddHours(1));
        using var request = new HttpRequestMessage(HttpMethod.Put, Endpoint + path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + signature)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)),
        };
        foreach (var (name, value) in kind.Append(new("x-ms-version", "2021-12-02")))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, cancellationToken);
        Assert.IsTrue(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
