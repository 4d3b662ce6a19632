using System.Text;
using System.Text.Json;
using DataManifest.Fetching;

namespace DataManifest.ObjectStores;

/// <summary>Fetches from a small server in the shape of Google Cloud Storage's JSON API.</summary>
[TestClass]
public sealed class GoogleStorageTests : IDisposable
{
    private static readonly Dictionary<string, string> Objects = new()
    {
        ["obs/co2.csv"] = "year,ppm\n", ["run/b.txt"] = "B", ["run/a/z.txt"] = "Z", ["run/a/c.txt"] = "C", ["run/"] = "", ["runway.txt"] = "not below run", ["odd/ä b#1?.csv"] = "odd",
        ["bad/x"] = "X", ["bad/x/y"] = "Y", ["evil/../../x"] = "E",
    };

    private readonly FetchScene _scene = new();
    private string? _token;

    public GoogleStorageTests()
    {
        _scene.Server.On("/storage/v1/b/bucket-one/o", ListAsync);
        foreach (var name in Objects.Keys.Append("none.csv").Append("none").Append("run").Append("bad").Append("evil"))
        {
            _scene.Server.On("/storage/v1/b/bucket-one/o/" + Uri.EscapeDataString(name), (request, response, token) => GetAsync(name, request, response, token));
        }

        _scene.Variables["STORAGE_EMULATOR_HOST"] = $"127.0.0.1:{_scene.Server.Port}";
    }

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("gs")]
    [DataRow("gcs")]
    public async Task FetchAsync_ofAnObject_storesVerifiesAndMarks(string scheme)
    {
        var result = await FetchAsync($"{scheme}://bucket-one/obs/co2.csv", FetchScene.Sha256("year,ppm\n"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual($"{scheme}://bucket-one/obs/co2.csv", result.Source);
        CollectionAssert.AreEqual(new[] { "bucket-one", "bucket-one/obs", "bucket-one/obs/co2.csv", "bucket-one/obs/co2.csv.complete" }, _scene.StoreEntries().ToArray());
        StringAssert.Contains(_scene.Server.Requests[^1].Query, "generation=7");
    }

    [TestMethod]
    [DataRow("gs://bucket-one/run/")]
    [DataRow("gs://bucket-one/run")]
    public async Task FetchAsync_ofAPrefix_makesAFolderPageByPage(string uri)
    {
        var result = await FetchAsync(uri, FetchScene.Sha256("BCZ"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.IsGreaterThan(1, _scene.Server.Count("/storage/v1/b/bucket-one/o"));
        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.Contains("runway", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_ofAPrefix_afterAnObjectFailed_fetchesThatOneOnly()
    {
        var isBroken = true;
        _scene.Server.On("/storage/v1/b/bucket-one/o/" + Uri.EscapeDataString("run/b.txt"), async (request, response, token) =>
        {
            // Behind the others, so that they are here when it fails.
            await Task.Delay(isBroken ? 500 : 0, token);
            await (isBroken ? response.SendAsync(410, cancellationToken: token) : GetAsync("run/b.txt", request, response, token));
        });
        Assert.AreEqual(FetchOutcome.Failed, (await FetchAsync("gs://bucket-one/run/", FetchScene.Sha256("BCZ"))).Outcome);
        isBroken = false;
        var result = await FetchAsync("gs://bucket-one/run/", FetchScene.Sha256("BCZ"));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        foreach (var name in new[] { "run/a/c.txt", "run/a/z.txt" })
        {
            Assert.AreEqual(1, _scene.Server.Count("/storage/v1/b/bucket-one/o/" + Uri.EscapeDataString(name)), name);
        }

        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.Contains(".tmp", StringComparison.Ordinal)), string.Join(", ", _scene.StoreEntries()));
    }

    [TestMethod]
    public async Task FetchAsync_ofAListingWithoutEnd_endsIt()
    {
        _scene.Server.On("/storage/v1/b/endless/o", (_, response, token) => response.SendAsync(200, """{"nextPageToken":"again"}"""u8.ToArray(), cancellationToken: token));
        var result = await FetchAsync("gs://endless/run/");
        Assert.AreEqual("DM0464", result.Error?.Code, result.Error?.ToString());
    }

    [TestMethod]
    [DataRow("""{"items":[{"name":"run/b.txt","size":"1"},{"name":"run/b.txt","size":"1"}]}""", null, DisplayName = "one object twice")]
    [DataRow("""{"items":[{"name":"run/b.txt","size":"1"}],"nextPageToken":""}""", null, DisplayName = "an empty token")]
    [DataRow("""{"items":[{"name":"xyz/b.txt","size":"1"}]}""", "DM0460", DisplayName = "an object that is not below")]
    [DataRow("""{"items":[{"name":"r","size":"1"}]}""", "DM0460", DisplayName = "a name shorter than the prefix")]
    [DataRow("""{"items":[{"name":"run/a\u0000b","size":"1"}]}""", "DM0464", DisplayName = "a zero byte")]
    [DataRow("""{"items":[{"name":"run/a/../b.txt","size":"1"}]}""", "DM0464", DisplayName = "a step upwards")]
    [DataRow("""{"items":[{"name":null,"size":"1"}]}""", "DM0465", DisplayName = "no name")]
    [DataRow("""{"items":[{"name":"run/b.txt","size":"1"}],"nextPageToken":"again"}""", "DM0464", DisplayName = "the same page again and again")]
    [DataRow("long", "DM0464", DisplayName = "a name of 256 bytes")]
    public async Task FetchAsync_ofAHostileListing_takesTheObjectsOrSaysSo(string listing, string? code)
    {
        var answer = Encoding.UTF8.GetBytes(listing == "long" ? $$"""{"items":[{"name":"run/{{new string('x', 256)}}","size":"1"}]}""" : listing);
        _scene.Server.On("/storage/v1/b/bucket-one/o", (_, response, token) => response.SendAsync(200, answer, cancellationToken: token));
        var report = await _scene.FetchAsync(
            $"[x]\nuri = \"gs://bucket-one/run/\"\n[y]\nuri = \"gs://bucket-one/obs/co2.csv\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual(code, report.Results[0].Error?.Code, report.Results[0].Error?.ToString());
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[1].Outcome, report.Results[1].Error?.ToString());
        if (code is null)
        {
            CollectionAssert.AreEqual(new[] { ".complete", "b.txt" }, Directory.EnumerateFileSystemEntries(report.Results[0].Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray());
        }
    }

    [TestMethod]
    [DataRow("ya29.some\nthing")]
    [DataRow("ya29.söme")]
    public async Task FetchAsync_ofATokenThatIsNone_makesNoRequestOfIt(string token)
    {
        _scene.Variables["GOOGLE_OAUTH_ACCESS_TOKEN"] = token;
        var result = await FetchAsync("gs://bucket-one/obs/co2.csv");
        Assert.AreEqual("DM0462", result.Error?.Code, result.Error?.ToString());
        Assert.DoesNotContain("ya29", result.Error!.ToString());
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_ofANameWithOddCharacters_takesItAsItIs() =>
        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync("gs://bucket-one/odd/ä b#1?.csv", FetchScene.Sha256("odd"), "key = \"odd.csv\"")).Outcome);

    [TestMethod]
    [DataRow("gs://bucket-one/bad/", "lies below another object")]
    [DataRow("gs://bucket-one/evil/", "no file can have")]
    public async Task FetchAsync_ofObjectsThatAreNoFolder_isRefused(string uri, string why)
    {
        var result = await FetchAsync(uri);
        Assert.AreEqual("DM0464", result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, why);
        Assert.IsFalse(File.Exists(_scene.Folder["x"]));
    }

    [TestMethod]
    [DataRow("no json")]
    [DataRow("{}")]
    [DataRow("[1]")]
    public async Task FetchAsync_ofAnAnswerThatIsNone_saysSo(string answer)
    {
        _scene.Server.Serve("/storage/v1/b/bucket-one/o/strange.csv", answer);
        Assert.AreEqual("DM0465", (await FetchAsync("gs://bucket-one/strange.csv")).Error?.Code);
    }

    [TestMethod]
    public async Task FetchAsync_ofNothing_saysSo()
    {
        Assert.AreEqual("DM0460", (await FetchAsync("gs://bucket-one/none.csv")).Error?.Code);
        Assert.AreEqual("DM0463", (await FetchAsync("gs:///none.csv", "", "key = \"none\"")).Error?.Code);
    }

    [TestMethod]
    [DataRow("GOOGLE_OAUTH_ACCESS_TOKEN")]
    [DataRow("CLOUDSDK_AUTH_ACCESS_TOKEN")]
    public async Task FetchAsync_ofAPrivateBucket_sendsTheTokenAndNeverShowsIt(string variable)
    {
        _token = "the-secret-token";
        var refused = await FetchAsync("gs://bucket-one/obs/co2.csv");
        Assert.AreEqual("DM0462", refused.Error?.Code, refused.Error?.ToString());
        StringAssert.Contains(refused.Error!.Message, "gcloud auth login");
        _scene.Variables[variable] = _token;
        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync("gs://bucket-one/obs/co2.csv")).Outcome);
        _scene.Variables[variable] = "a-wrong-token";
        var wrong = await FetchAsync("gs://bucket-one/run/b.txt");
        Assert.AreEqual("DM0462", wrong.Error?.Code);
        Assert.DoesNotContain("a-wrong-token", wrong.Error!.ToString());
    }

    [TestMethod]
    public async Task FetchAsync_afterACut_goesOnWithTheSameGeneration()
    {
        var body = new byte[3_000_000];
        new Random(1).NextBytes(body);
        var options = new ServeOptions { ETag = "\"e7\"" };
        var cut = LoopbackServer.Static(body, options with { CutAfter = 2_000_000 });
        var whole = LoopbackServer.Static(body, options);
        var asked = 0;
        _scene.Server.On("/storage/v1/b/bucket-one/o/big.bin", (request, response, token) =>
            !request.Query.Contains("alt=media", StringComparison.Ordinal) ? response.SendAsync(200, """{"name":"big.bin","size":"3000000","generation":"9"}"""u8.ToArray(), cancellationToken: token)
            : asked++ == 0 ? cut(request, response, token) : whole(request, response, token));
        var result = await FetchAsync("gs://bucket-one/big.bin", FetchScene.Sha256(body));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        var last = _scene.Server.Requests[^1];
        StringAssert.Contains(last.Query, "generation=9");
        Assert.IsNotNull(last.Header("Range"));
        Assert.AreEqual("\"e7\"", last.Header("If-Range"));
    }

    [TestMethod]
    public async Task FetchAsync_ofAPrefix_whoseObjectIsPutTogetherFromTwoVersions_fetchesItOnceMoreInOnePiece()
    {
        var (right, other) = (new byte[3_000_000], new byte[3_000_000]);
        new Random(1).NextBytes(right);
        new Random(2).NextBytes(other);

        // Both versions have one entity tag, so nothing but the digest tells them apart.
        var options = new ServeOptions { ETag = "\"e7\"" };
        var (cut, whole) = (LoopbackServer.Static(other, options with { CutAfter = 2_000_000 }), LoopbackServer.Static(right, options));
        var asked = 0;
        _scene.Server.On("/storage/v1/b/two/o", (_, response, token) =>
            response.SendAsync(200, """{"items":[{"name":"run/big.bin","size":"3000000","generation":"9"}]}"""u8.ToArray(), cancellationToken: token));
        _scene.Server.On("/storage/v1/b/two/o/" + Uri.EscapeDataString("run/big.bin"), (request, response, token) => (asked++ == 0 ? cut : whole)(request, response, token));
        var result = await FetchAsync("gs://two/run/", FetchScene.Sha256(right));
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(3, asked);
    }

    [TestMethod]
    [DataRow("s3://bucket/x.csv", "DataManifest.S3")]
    [DataRow("abfss://c@a.dfs.core.windows.net/x.csv", "DataManifest.Azure")]
    public async Task FetchAsync_withoutTheStoresPackage_namesIt(string uri, string package)
    {
        var result = await FetchAsync(uri);
        Assert.AreEqual("DM0461", result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, $"dotnet add package {package}");
    }

    private async Task<FetchResult> FetchAsync(string uri, string checksum = "", string more = "") =>
        (await _scene.FetchAsync($"[x]\nuri = \"{uri}\"\n{(checksum.Length > 0 ? $"checksum = \"{checksum}\"\n" : "")}{more}\n", null, TestContext.CancellationToken)).Results.Single();

    private Task ListAsync(LoopbackRequest request, LoopbackResponse response, CancellationToken token)
    {
        if (IsForbidden(request))
        {
            return response.SendAsync(401, cancellationToken: token);
        }

        // Pages of two.
        var query = System.Web.HttpUtility.ParseQueryString(request.Query);
        var found = Objects.Keys.Where(name => name.StartsWith(query["prefix"]!, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var start = int.Parse(query["pageToken"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        var page = new Dictionary<string, object>();
        if (found.Count > start)
        {
            page["items"] = found.Skip(start).Take(2).Select(name => new { name, size = $"{Objects[name].Length}", generation = "7" }).ToList();
        }

        if (found.Count > start + 2)
        {
            page["nextPageToken"] = $"{start + 2}";
        }

        return response.SendAsync(200, JsonSerializer.SerializeToUtf8Bytes(page), cancellationToken: token);
    }

    private Task GetAsync(string name, LoopbackRequest request, LoopbackResponse response, CancellationToken token) =>
        IsForbidden(request) ? response.SendAsync(403, cancellationToken: token)
        : !Objects.TryGetValue(name, out var text) ? response.SendAsync(404, cancellationToken: token)
        : request.Query.Contains("alt=media", StringComparison.Ordinal) ? response.SendAsync(200, System.Text.Encoding.UTF8.GetBytes(text), cancellationToken: token)
        : response.SendAsync(200, JsonSerializer.SerializeToUtf8Bytes(new { name, size = $"{text.Length}", generation = "7" }), cancellationToken: token);

    private bool IsForbidden(LoopbackRequest request) => _token is not null && request.Header("Authorization") != "Bearer " + _token;
}
