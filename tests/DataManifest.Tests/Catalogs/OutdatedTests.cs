using System.Globalization;
using DataManifest.Catalogs.Updates;
using DataManifest.Diagnostics;

namespace DataManifest.Catalogs;

/// <summary>Asking sources for newer data.</summary>
[TestClass]
public sealed class OutdatedTests : IDisposable
{
    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task Zenodo_newerVersion_isFound_andEachRecordAskedOnce()
    {
        _scene.Answer("https://zenodo.org/api/records/7/versions/latest", """{"id": 9, "doi": "10.5281/zenodo.9", "metadata": {"version": "v2"}}""");
        _scene.Answer("https://zenodo.org/api/records/9/versions/latest", """{"id": "9", "doi": "10.5281/zenodo.9"}""");
        _scene.Open("""
            [a]
            uri = "https://zenodo.org/records/7/files/a.csv"
            [b]
            uri = "https://zenodo.org/records/7/files/b.csv"
            [c]
            uri = "https://h.example/c.csv"
            doi = "10.5281/zenodo.9"
            """);

        var report = await AskAsync();

        CollectionAssert.AreEqual(new[] { OutdatedStatus.NewVersion, OutdatedStatus.NewVersion, OutdatedStatus.Current }, report.Results.Select(result => result.Status).ToArray());
        Assert.AreEqual("10.5281/zenodo.9", report.Results[0].NewVersion);
        Assert.AreEqual("Zenodo has a newer version (v2).", report.Results[0].Reason);
        Assert.IsTrue(report.HasUpdates);
        Assert.HasCount(2, _scene.Server.Requests);
    }

    [TestMethod]
    public async Task AnUnchangedFile_isCurrent_andNotFetched()
    {
        Serve("abc", etag: "\"1\"");
        await FetchAsync();

        Assert.AreEqual(OutdatedStatus.Current, await StatusAsync());
        Assert.AreEqual("HEAD", _scene.Server.Requests[^1].Method);
        Assert.Contains("etag = \"1\"", _scene.State);
    }

    [TestMethod]
    public async Task AnotherSize_isAChange()
    {
        Serve("abc");
        await FetchAsync();
        Serve("abcd");

        Assert.AreEqual(OutdatedStatus.Changed, await StatusAsync());
    }

    [TestMethod]
    public async Task ALaterDay_isAChange()
    {
        Serve("abc");
        await FetchAsync();
        Serve("abd", modified: DateTime.UtcNow.AddDays(1));

        Assert.AreEqual(OutdatedStatus.Changed, await StatusAsync());
    }

    [TestMethod]
    public async Task AnotherEntityTagThanBefore_isAChange()
    {
        Serve("abc", etag: "\"1\"");
        await FetchAsync();
        await AskAsync();
        Serve("abd", etag: "\"2\"");

        Assert.AreEqual(OutdatedStatus.Changed, await StatusAsync());
    }

    [TestMethod]
    public async Task AnotherEntityTagOfTheSameDay_isNone()
    {
        var day = DateTime.UtcNow.AddDays(-3);
        Serve("abc", etag: "\"1\"", modified: day);
        await FetchAsync();
        await AskAsync();
        Serve("abc", etag: "\"2\"", modified: day);

        Assert.AreEqual(OutdatedStatus.Current, await StatusAsync(), "servers that share the work have tags of their own");
    }

    [TestMethod]
    public async Task AnEntityTagThatIsADigest_decides()
    {
        const string digest = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        _scene.Open($"[x]\nuri = \"{_scene.Server.Url("/x.csv")}\"\nchecksum = \"{digest}\"\n");
        Serve("abc", etag: $"\"{digest[7..]}\"");
        Assert.AreEqual(OutdatedStatus.Current, await StatusAsync(), "the file is not even here");

        Serve("abd", etag: $"\"{digest[7..].Replace('a', 'b')}\"");
        Assert.AreEqual(OutdatedStatus.Changed, await StatusAsync());
    }

    [TestMethod]
    public async Task AnUnpackedArchive_isComparedByItsDayAndTag()
    {
        using var archive = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(archive, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("a.txt");
        }

        _scene.Server.Serve("/x.zip", archive.ToArray(), new ServeOptions { ETag = "\"1\"" });
        var database = _scene.Open($"[x]\nuri = \"{_scene.Server.Url("/x.zip")}\"\nextract = true\n");
        Assert.IsFalse((await database.FetchAsync(null, null, TestContext.CancellationToken)).HasFailures);
        Assert.AreEqual(OutdatedStatus.Current, await StatusAsync());

        _scene.Server.Serve("/x.zip", archive.ToArray(), new ServeOptions { ETag = "\"2\"" });
        Assert.AreEqual(OutdatedStatus.Changed, await StatusAsync());
    }

    [TestMethod]
    public async Task AFileThatIsGone_isSaidToBe()
    {
        Serve("abc");
        await FetchAsync();
        _scene.Server.On("/x.csv", (_, response, token) => response.SendAsync(404, cancellationToken: token));

        Assert.AreEqual(OutdatedStatus.Gone, await StatusAsync());
    }

    [TestMethod]
    public async Task AServerThatRefusesTheQuestion_leavesItOpen()
    {
        Serve("abc");
        await FetchAsync();
        _scene.Server.On("/x.csv", (_, response, token) => response.SendAsync(405, cancellationToken: token));

        Assert.AreEqual(OutdatedStatus.Unknown, await StatusAsync());
    }

    [TestMethod]
    public async Task ASourceThatCannotBeAsked_doesNotStopTheOthers()
    {
        _scene.Answer("https://zenodo.org/api/records/9/versions/latest", """{"id": 9}""");
        _scene.Server.On("/x.csv", (_, response, token) => response.SendAsync(503, headers: [("Retry-After", "9999")], cancellationToken: token));
        _scene.Open($"[x]\nuri = \"{_scene.Server.Url("/x.csv")}\"\n[y]\nuri = \"s3://bucket/y\"\n[z]\nuri = \"https://zenodo.org/records/9/files/z\"\n");

        var report = await AskAsync();

        CollectionAssert.AreEqual(new[] { OutdatedStatus.Failed, OutdatedStatus.Unknown, OutdatedStatus.Current }, report.Results.Select(result => result.Status).ToArray());
        Assert.AreEqual(DiagnosticRules.DownloadFailed, report.Results[0].Error!.Rule);
    }

    private void Serve(string text, string? etag = null, DateTime? modified = null) => _scene.Server.Serve(
        "/x.csv", text, new ServeOptions { ETag = etag, LastModified = modified?.ToString("r", CultureInfo.InvariantCulture) });

    private async Task FetchAsync()
    {
        var report = await _scene.Open($"[x]\nuri = \"{_scene.Server.Url("/x.csv")}\"\n").FetchAsync(null, null, TestContext.CancellationToken);
        Assert.IsFalse(report.HasFailures);
    }

    private Task<OutdatedReport> AskAsync() => _scene.Reopen().FindOutdatedAsync(null, TestContext.CancellationToken);

    private async Task<OutdatedStatus> StatusAsync() => (await AskAsync()).Results.Single().Status;
}
