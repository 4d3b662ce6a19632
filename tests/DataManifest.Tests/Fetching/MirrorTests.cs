using System.IO.Compression;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

[TestClass]
public sealed class MirrorTests : IDisposable
{
    private const string Right = "year,ppm\n";
    private static readonly string Digest = FetchScene.Sha256(Right);
    private readonly FetchScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_withWrongBytesFromTheFirst_usesTheMirrorAndNamesTheBadOne()
    {
        _scene.Server.Serve("/co2.csv", "something else");
        _scene.Server.Serve("/mirror/co2.csv", Right);
        var report = await FetchAsync(Entry("/co2.csv", "/mirror/co2.csv"));
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.AreEqual(Right, File.ReadAllText(_scene.Stored("/co2.csv")));
        Assert.AreEqual(_scene.Server.Url("/mirror/co2.csv"), report.Results[0].Source);
        var warning = report.Warnings.Single();
        Assert.AreEqual("DM0452", warning.Rule.Code);
        StringAssert.Contains(warning.Message, _scene.Server.Url("/co2.csv"));
        StringAssert.Contains(warning.Message, _scene.Server.Url("/mirror/co2.csv"));
        Assert.AreEqual(2, warning.Position.Line);
    }

    [TestMethod]
    [DataRow(404)]
    [DataRow(500)]
    public async Task FetchAsync_withAFailingSource_usesTheMirrorSoon(int status)
    {
        _scene.Server.On("/co2.csv", (_, response, token) => response.SendAsync(status, cancellationToken: token));
        _scene.Server.Serve("/mirror/co2.csv", Right);
        var report = await FetchAsync(Entry("/co2.csv", "/mirror/co2.csv"));
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.AreEqual(status == 404 ? 1 : 2, _scene.Server.Count("/co2.csv"));
        StringAssert.Contains(report.Warnings.Single().Message, $"{status}");
        Assert.DoesNotContain("Check the", report.Warnings.Single().Message, "The data are there: nothing is to be run again.");
    }

    [TestMethod]
    public async Task FetchAsync_withAStallingSource_usesTheMirrorAndLeavesNoPartial()
    {
        var body = new byte[3_000_000];
        new Random(1).NextBytes(body);
        var stalling = new ServeOptions { ETag = "\"v1\"" };
        _scene.Server.On("/big.bin", LoopbackServer.Static(body, stalling with { StallAfter = 2_000_000 }), LoopbackServer.Static(body, stalling with { StallAfter = 0 }));
        _scene.Server.Serve("/mirror/big.bin", body);
        var report = await FetchAsync(
            Entry("/big.bin", "/mirror/big.bin", FetchScene.Sha256(body)), new FetchRequest { StallTimeout = TimeSpan.FromMilliseconds(300) });
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        StringAssert.Contains(report.Warnings.Single().Message, "sent nothing");
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/big.bin", "127.0.0.1/big.bin.complete" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task FetchAsync_withAllSourcesBad_failsWithTheDeclaredOnesFaultAndNamesAll()
    {
        _scene.Server.Serve("/co2.csv", "something else");
        var report = await FetchAsync(Entry("/co2.csv", "/mirror/co2.csv"));
        var error = report.Results[0].Error!;
        Assert.AreEqual(DiagnosticRules.ChecksumMismatch, error.Rule);
        StringAssert.Contains(error.Message, _scene.Server.Url("/co2.csv"));
        StringAssert.Contains(error.Message, _scene.Server.Url("/mirror/co2.csv"));
        Assert.IsEmpty(report.Warnings);
        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.EndsWith(".complete", StringComparison.Ordinal) || entry.EndsWith(".csv", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_withAllSourcesBad_namesTheDatasetBeforeTheDeclaredOnesFault()
    {
        _scene.Server.Serve("/mirror/co2.csv", "something else");
        var report = await FetchAsync(Entry("/co2.csv", "/mirror/co2.csv"));
        StringAssert.StartsWith(report.Results[0].Error!.Message, "Dataset 'x': http");
        StringAssert.Contains(report.Results[0].Error!.Message, "The other sources failed, too: The data of dataset 'x'");
    }

    [TestMethod]
    public async Task FetchAsync_sendsNoCredentialsToMirrors()
    {
        _scene.Server.Serve("/mirror/co2.csv", Right);
        _scene.Folder.Write("home/.netrc", "machine localhost login me password secret\n");
        var uri = _scene.Server.Url("/co2.csv", "localhost").Replace("//", "//bob:pw@", StringComparison.Ordinal);
        var report = await FetchAsync(Entry("/co2.csv", "/mirror/co2.csv").Replace(_scene.Server.Url("/co2.csv"), uri, StringComparison.Ordinal));
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.IsNotNull(_scene.Server.Requests[0].Header("Authorization"));
        Assert.IsNull(_scene.Server.Requests.Single(request => request.Path == "/mirror/co2.csv").Header("Authorization"));
        Assert.DoesNotContain("pw", report.Warnings.Single().Message);
    }

    [TestMethod]
    public async Task FetchAsync_ofAnArchive_judgesAMirrorByWhatIsUnpacked()
    {
        _scene.Server.Serve("/a.zip", Zip("wrong"));
        _scene.Server.Serve("/mirror/a.zip", Zip("right"));
        var report = await FetchAsync(Entry("/a.zip", "/mirror/a.zip", FetchScene.Sha256("right")).Replace("checksum", "extract = true\nchecksum", StringComparison.Ordinal));
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.AreEqual("right", File.ReadAllText(_scene.Stored("/a/f.txt")));
        Assert.AreEqual("DM0452", report.Warnings.Single().Rule.Code);
    }

    [TestMethod]
    public async Task FetchAsync_ofAnArchiveThatIsDamaged_namesTheMirrorThatHasIt()
    {
        _scene.Server.Serve("/mirror/a.zip", Zip("right"));
        _scene.Server.Serve("/bad/a.zip", "no archive at all");
        var entry = Entry("/a.zip", "/bad/a.zip", FetchScene.Sha256("right")).Replace("checksum", "extract = true\nchecksum", StringComparison.Ordinal);
        var report = await FetchAsync(entry.Replace("/bad/a.zip\"", $"/bad/a.zip\", \"{_scene.Server.Url("/mirror/a.zip")}\"", StringComparison.Ordinal));
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.IsTrue(report.Warnings.Any(warning => warning.Message.Contains(_scene.Server.Url("/bad/a.zip") + ": ", StringComparison.Ordinal)), string.Join('\n', report.Warnings.Select(warning => warning.Message)));
    }

    [TestMethod]
    [DataRow("http://m.org/x", "http://m.org/x/a/b.nc")]
    [DataRow("http://m.org/x/", "http://m.org/x/a/b.nc")]
    [DataRow("https://m.org/x/?download=1", "https://m.org/x/a/b.nc?download=1")]
    [DataRow("https://m.org/x#part", "https://m.org/x/a/b.nc#part")]
    [DataRow("file:///m/x?y", "file:///m/x?y/a/b.nc")]
    public void Below_putsThePathWhereItBelongs(string mirror, string address) => Assert.AreEqual(address, MirrorAddress.Below(mirror, "a/b.nc"));

    [TestMethod]
    public async Task FetchAsync_ofABatch_takesMissingMembersFromTheMirrorsFolderAndWarnsOnce()
    {
        _scene.Server.Serve("/runs/a/t.nc", "A");
        foreach (var member in new[] { "a", "b", "c" })
        {
            _scene.Server.Serve($"/mirror/{member}/t.nc", member.ToUpperInvariant());
        }

        var report = await FetchAsync(Batch());
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.AreEqual("C", File.ReadAllText(_scene.Stored("/runs/c/t.nc")));
        Assert.AreEqual(0, _scene.Server.Count("/mirror/a/t.nc"));
        Assert.HasCount(1, report.Warnings);
    }

    [TestMethod]
    public async Task FetchAsync_ofABatchWithWrongContent_takesAllFromTheMirror()
    {
        foreach (var member in new[] { "a", "b", "c" })
        {
            _scene.Server.Serve($"/runs/{member}/t.nc", "wrong");
            _scene.Server.Serve($"/mirror/{member}/t.nc", member.ToUpperInvariant());
        }

        var report = await FetchAsync(Batch());
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.AreEqual("A", File.ReadAllText(_scene.Stored("/runs/a/t.nc")));
        Assert.HasCount(1, report.Warnings);
    }

    [TestMethod]
    public async Task FetchAsync_ofABatchThatNoSourceHasRight_namesThemAndStoresNothing()
    {
        foreach (var member in new[] { "a", "b", "c" })
        {
            _scene.Server.Serve($"/runs/{member}/t.nc", "wrong");
        }

        var report = await FetchAsync(Batch().Replace("/mirror/\"]", "/mirror/\", \"" + _scene.Server.Url("/second") + "\"]", StringComparison.Ordinal));
        var error = report.Results[0].Error!;
        Assert.AreEqual(DiagnosticRules.ChecksumMismatch, error.Rule, error.ToString());
        StringAssert.Contains(error.Message, "/mirror/");
        StringAssert.Contains(error.Message, "/second/");
        Assert.IsFalse(_scene.StoreEntries().Any(entry => entry.EndsWith(".complete", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_asksTheHashedMirrorFirst()
    {
        UseHashedMirror("hashed");
        _scene.Server.Serve("/hashed/sha256/" + Digest["sha256:".Length..], Right);
        var report = await FetchAsync(Entry("/co2.csv", "/mirror/co2.csv"));
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.HasCount(1, _scene.Server.Requests);
        Assert.IsEmpty(report.Warnings);
    }

    [TestMethod]
    public async Task FetchAsync_ofWhatTheHashedMirrorLacks_saysNothingAboutIt()
    {
        _scene.Variables["DATAMANIFEST_HASHED_MIRROR"] = _scene.Server.Url("/hashed/");
        _scene.Server.Serve("/co2.csv", Right);
        var report = await FetchAsync(Entry("/co2.csv"));
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.AreEqual(1, _scene.Server.Count("/hashed/sha256/" + Digest["sha256:".Length..]));
        Assert.IsEmpty(report.Warnings);
    }

    [TestMethod]
    public async Task FetchAsync_withAHashedMirrorThatIsDown_asksItOnceAndSaysSoOnce()
    {
        _scene.Variables["DATAMANIFEST_HASHED_MIRROR"] = "http://127.0.0.1:9/none";
        _scene.Server.Serve("/co2.csv", Right);
        _scene.Server.Serve("/b.csv", Right);
        var second = Entry("/b.csv").Replace("[x]", "[b]\nrequires = [\"x\"]", StringComparison.Ordinal);
        var report = await FetchAsync(Entry("/co2.csv") + second);
        Assert.IsFalse(report.HasFailures);
        StringAssert.Contains(report.Warnings.Single().Message, "127.0.0.1:9");
    }

    [TestMethod]
    public async Task FetchAsync_withAHashedMirrorThatLies_usesTheSource()
    {
        UseHashedMirror("hashed");
        _scene.Server.Serve("/hashed/sha256/" + Digest["sha256:".Length..], "a lie");
        _scene.Server.Serve("/co2.csv", Right);
        var report = await FetchAsync(Entry("/co2.csv"));
        Assert.AreEqual(Right, File.ReadAllText(_scene.Stored("/co2.csv")));
        StringAssert.Contains(report.Warnings.Single().Message, "/hashed/sha256/");
    }

    [TestMethod]
    public async Task FetchAsync_ofAnArchive_doesNotAskTheHashedMirror()
    {
        UseHashedMirror("hashed");
        _scene.Server.Serve("/a.zip", Zip("right"));
        var report = await FetchAsync(Entry("/a.zip", null, FetchScene.Sha256("right")).Replace("checksum", "extract = true\nchecksum", StringComparison.Ordinal));
        Assert.AreEqual(FetchOutcome.Fetched, report.Results[0].Outcome, report.Results[0].Error?.ToString());
        Assert.HasCount(1, _scene.Server.Requests);
    }

    private void UseHashedMirror(string folder) =>
        _scene.Folder.Write("project/.datamanifest/config.toml", $"[_DOTNET]\nhashed_mirror = \"{_scene.Server.Url("/" + folder)}\"\n");

    private string Entry(string path, string? mirror = null, string? checksum = null) =>
        $"[x]\nuri = \"{_scene.Server.Url(path)}\"\nchecksum = \"{checksum ?? Digest}\"\n" + (mirror is null ? "" : $"_DOTNET.mirrors = [\"{_scene.Server.Url(mirror)}\"]\n");

    private string Batch() =>
        $"[x]\nuris = [{string.Join(", ", new[] { "a", "b", "c" }.Select(member => $"\"{_scene.Server.Url($"/runs/{member}/t.nc")}\""))}]\n"
        + $"checksum = \"{FetchScene.Sha256("ABC")}\"\n_DOTNET.mirrors = [\"{_scene.Server.Url("/mirror/")}\"]\n";

    private Task<FetchReport> FetchAsync(string manifest, FetchRequest? request = null) => _scene.FetchAsync(manifest, request, TestContext.CancellationToken);

    private static byte[] Zip(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("f.txt").Open());
            writer.Write(text);
        }

        return bytes.ToArray();
    }
}
