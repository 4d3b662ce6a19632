using DataManifest.Diagnostics;

namespace DataManifest.Catalogs;

/// <summary>Adding the files of records, from answers in the services' documented shapes.</summary>
[TestClass]
public sealed class AddRecordTests : IDisposable
{
    private const string Sha = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Md5 = "0123456789abcdef0123456789abcdef";
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task Zenodo_keepsWhatCitationsNeed()
    {
        _scene.Answer("https://zenodo.org/api/records/7", Zenodo("a.csv", "b.csv"));

        await AddAsync("https://doi.org/10.5281/zenodo.7");

        Assert.AreEqual(
            """
            description = "Air, Land & Sea"
            doi = "10.5281/zenodo.7"
            key = "zenodo.org/records/7/files"
            uris = [
                "https://zenodo.org/records/7/files/a.csv?download=1",
                "https://zenodo.org/records/7/files/b.csv?download=1",
            ]

            [_DOTNET]
            creators = [
                "Lan, Xin",
                "NOAA",
            ]
            license = "CC-BY-4.0"
            published = "2023-05-06"
            publisher = "Zenodo"
            title = "Air, Land & Sea"

            """.ReplaceLineEndings("\n"), _scene.Dataset("air-land-sea"));
        CollectionAssert.AreEqual(new[] { "a.csv", "b.csv" }, _scene.Reopen()["air-land-sea"].Declaration.MemberPaths.ToArray());
    }

    [TestMethod]
    public async Task Zenodo_addressOfAFile_isThatFile_withItsDigest()
    {
        _scene.Answer("https://zenodo.org/api/records/7", Zenodo("a.csv", "b.csv"));

        var report = await AddAsync("https://zenodo.org/records/7/files/b.csv?download=1");

        Assert.AreEqual("https://zenodo.org/records/7/files/b.csv?download=1", report.Entries.Single().Dataset.Uri);
        Assert.AreEqual($"md5:{Md5}", report.Entries.Single().Dataset.Checksum);
        Assert.AreEqual("csv", report.Entries.Single().Dataset.Format);
    }

    [TestMethod]
    public async Task Zenodo_sandbox_isAskedForItsOwnRecords()
    {
        _scene.Answer("https://sandbox.zenodo.org/api/records/7", Zenodo("a.csv"));

        Assert.HasCount(1, (await AddAsync("https://sandbox.zenodo.org/records/7")).Entries);
        Assert.HasCount(1, (await AddAsync("10.5072/zenodo.7")).Entries);
    }

    [TestMethod]
    public async Task Zenodo_sameRecordTwice_changesNothing()
    {
        _scene.Answer("https://zenodo.org/api/records/7", Zenodo("a.csv", "b.csv"));
        await AddAsync("10.5281/zenodo.7");
        var before = _scene.ManifestText;

        var again = await AddAsync("10.5281/zenodo.7");

        Assert.AreEqual(before, _scene.ManifestText);
        Assert.AreEqual(CatalogOutcome.Unchanged, again.Entries.Single().Outcome);
    }

    [TestMethod]
    public async Task Zenodo_filesOfABatchAddedOneByOne_getPlacesOfTheirOwn()
    {
        _scene.Answer("https://zenodo.org/api/records/7", Zenodo("a.csv", "b.csv"));
        await AddAsync("10.5281/zenodo.7", request => request with { Split = true });
        await AddAsync("10.5281/zenodo.7", request => request with { Name = "all" });

        var manifest = _scene.Reopen().Manifest;
        Assert.IsFalse(manifest.HasErrors, string.Join("; ", manifest.Diagnostics.Select(diagnostic => diagnostic.Message)));
        Assert.AreEqual("zenodo.org/records/7/all", manifest.Get("all")!.Key);
    }

    [TestMethod]
    public async Task Zenodo_archives_canBeUnpacked()
    {
        _scene.Answer("https://zenodo.org/api/records/7", Zenodo("a.zip", "read.me"));

        var report = await AddAsync("10.5281/zenodo.7", request => request with { Extract = true });

        CollectionAssert.AreEqual(new[] { "air-land-sea/a.zip", "air-land-sea/read.me" }, report.Entries.Select(entry => entry.Dataset.Name).ToArray());
        Assert.IsTrue(report.Entries[0].Dataset is { Extract: true, Checksum: "" }, "the published digest is that of the archive");
        Assert.IsTrue(report.Entries[1].Dataset is { Extract: false, Checksum.Length: > 0 });
    }

    [TestMethod]
    public async Task Figshare_filesAreNamed_thoughTheirAddressesAreNumbers()
    {
        _scene.Answer("https://api.figshare.com/v2/articles/5/versions/2", """
            {"id": 5, "title": "Ice cores", "doi": "10.6084/m9.figshare.5.v2", "published_date": "2021-03-04T10:00:00Z", "license": {"name": "CC BY 4.0"},
             "authors": [{"full_name": "Jane Doe", "first_name": "Jane", "last_name": "Doe"}], "files": []}
            """);
        _scene.Answer("https://api.figshare.com/v2/articles/5/versions/2/files?page=1&page_size=1000", Filled("""
            [{"id": 1, "name": "core.csv", "download_url": "https://ndownloader.figshare.com/files/1", "computed_md5": "MD5", "is_link_only": false},
             {"id": 2, "name": "map.nc", "download_url": "https://ndownloader.figshare.com/files/2", "computed_md5": "", "supplied_md5": "", "is_link_only": false},
             {"id": 3, "name": "elsewhere", "download_url": "https://elsewhere.example", "is_link_only": true}]
            """));

        var report = await AddAsync("https://doi.org/10.6084/m9.figshare.5.v2");

        CollectionAssert.AreEqual(new[] { "ice-cores/core.csv", "ice-cores/map.nc" }, report.Entries.Select(entry => entry.Dataset.Name).ToArray());
        Assert.AreEqual("ndownloader.figshare.com/files/1/core.csv", report.Entries[0].Dataset.Key);
        Assert.AreEqual("nc", report.Entries[1].Dataset.Format);
        Assert.Contains("\"Doe, Jane\"", _scene.Dataset("ice-cores/core.csv"));
        Assert.Contains("license = \"CC-BY-4.0\"", _scene.Dataset("ice-cores/core.csv"));
    }

    [TestMethod]
    public async Task Dataverse_leavesOutWhatIsRestricted_andTheDigestOfWhatItConverts()
    {
        _scene.Answer("https://dataverse.harvard.edu/api/datasets/:persistentId/?persistentId=doi%3A10.7910%2FDVN%2FABC123", Filled("""
            {"status": "OK", "data": {"publisher": "Harvard Dataverse", "publicationDate": "2020-01-02", "latestVersion": {"license": {"name": "CC0 1.0"},
             "files": [
              {"label": "raw.csv", "directoryLabel": "in", "restricted": false, "dataFile": {"id": 11, "filename": "raw.csv", "checksum": {"type": "SHA-1", "value": "COMMIT"}}},
              {"label": "table.tab", "restricted": false, "dataFile": {"id": 12, "filename": "table.tab", "originalFileFormat": "text/csv", "md5": "MD5"}},
              {"label": "secret.csv", "restricted": true, "dataFile": {"id": 13}}],
             "metadataBlocks": {"citation": {"fields": [
              {"typeName": "title", "value": "Votes"}, {"typeName": "author", "value": [{"authorName": {"value": "Roe, R."}}]}]}}}}}
            """));

        var report = await AddAsync("https://dataverse.harvard.edu/dataset.xhtml?persistentId=doi:10.7910/DVN/ABC123");

        CollectionAssert.AreEqual(new[] { "votes/in/raw.csv", "votes/table.tab" }, report.Entries.Select(entry => entry.Dataset.Name).ToArray());
        CollectionAssert.AreEqual(new[] { $"sha1:{Commit}", "" }, report.Entries.Select(entry => entry.Dataset.Checksum).ToArray());
        Assert.Contains("CC0-1.0", _scene.Dataset("votes/table.tab"));
        CollectionAssert.AreEqual(new[] { "1 restricted file(s) skipped" }, report.Notes.ToArray());
    }

    [TestMethod]
    public async Task AnyOtherDoi_isLookedUpInItsRegistry()
    {
        _scene.Answer("https://doi.org/api/handles/10.12345/ABC?type=URL", """{"values": [{"type": "URL", "data": {"value": "https://data.example.org/dataset.xhtml?persistentId=doi:10.12345/ABC"}}]}""");
        _scene.Answer("https://data.example.org/api/datasets/:persistentId/?persistentId=doi%3A10.12345%2FABC", """
            {"data": {"latestVersion": {"files": [{"label": "a.csv", "dataFile": {"id": 1}}], "metadataBlocks": {"citation": {"fields": []}}}}}
            """);

        var report = await AddAsync("doi:10.12345/ABC");

        Assert.AreEqual("https://data.example.org/api/access/datafile/1", report.Entries.Single().Dataset.Uri);
        Assert.AreEqual("10.12345/ABC", report.Entries.Single().Dataset.Doi);

        _scene.Answer("https://doi.org/api/handles/10.12345/PAPER?type=URL", """{"values": [{"type": "URL", "data": {"value": "https://journal.example.org/1"}}]}""");
        var paper = await Assert.ThrowsExactlyAsync<DataManifestException>(() => AddAsync("10.12345/PAPER"));
        Assert.AreEqual(DiagnosticRules.UnknownReference, paper.Rule);
        var missing = await Assert.ThrowsExactlyAsync<DataManifestException>(() => AddAsync("10.12345/NONE"));
        Assert.AreEqual(DiagnosticRules.UnknownReference, missing.Rule);
    }

    [TestMethod]
    public async Task Dryad_readsAllPages()
    {
        _scene.Answer("https://datadryad.org/api/v2/datasets/doi%3A10.5061%2Fdryad.abc12", """
            {"title": "Birds", "publicationDate": "2019-08-07", "license": "https://spdx.org/licenses/CC0-1.0.html", "authors": [{"firstName": "A. B.", "lastName": "Cee"}],
             "_links": {"stash:version": {"href": "/api/v2/versions/9"}}}
            """);
        _scene.Answer("https://datadryad.org/api/v2/versions/9/files", Filled("""
            {"_links": {"next": {"href": "/api/v2/versions/9/files?page=2"}}, "_embedded": {"stash:files": [
             {"path": "birds.csv", "digestType": "sha-256", "digest": "SHA256", "_links": {"stash:download": {"href": "/api/v2/files/1/download"}}}]}}
            """));
        _scene.Answer("https://datadryad.org/api/v2/versions/9/files?page=2", """
            {"_embedded": {"stash:files": [{"path": "README.md", "_links": {"stash:download": {"href": "/api/v2/files/2/download"}}}]}}
            """);

        var report = await AddAsync("10.5061/dryad.abc12");

        Assert.AreEqual($"sha256:{Sha}", report.Entries[0].Dataset.Checksum);
        Assert.AreEqual("datadryad.org/api/v2/files/2/download/README.md", report.Entries[1].Dataset.Key);
        Assert.Contains("license = \"CC0-1.0\"", _scene.Dataset("birds/birds.csv"));
    }

    [TestMethod]
    public async Task Osf_walksFolders_andTakesSingleFiles()
    {
        _scene.Answer("https://api.osf.io/v2/guids/abcde/", """{"data": {"id": "abcde", "type": "nodes"}}""");
        _scene.Answer("https://api.osf.io/v2/nodes/abcde/?embed=contributors&embed=license", """
            {"data": {"attributes": {"title": "Trial", "date_created": "2022-02-03T04:05:06"}, "embeds": {
             "license": {"data": {"attributes": {"name": "MIT License"}}},
             "contributors": {"data": [{"embeds": {"users": {"data": {"attributes": {"family_name": "Poe", "given_name": "E.", "full_name": "E. Poe"}}}}}]}}}}
            """);
        _scene.Answer("https://api.osf.io/v2/nodes/abcde/files/osfstorage/", """
            {"data": [{"attributes": {"kind": "folder", "name": "raw"}, "relationships": {"files": {"links": {"related": {"href": "https://api.osf.io/v2/nodes/abcde/files/osfstorage/1/"}}}}}], "links": {"next": null}}
            """);
        _scene.Answer("https://api.osf.io/v2/nodes/abcde/files/osfstorage/1/", Filled("""
            {"data": [{"attributes": {"kind": "file", "name": "t.csv", "materialized_path": "/raw/t.csv", "extra": {"hashes": {"md5": "MD5", "sha256": "SHA256"}}}, "links": {"download": "https://osf.io/download/fghij/"}}]}
            """));

        var report = await AddAsync("https://osf.io/abcde/");

        Assert.AreEqual("trial", report.Entries.Single().Dataset.Name);
        Assert.AreEqual($"sha256:{Sha}", report.Entries.Single().Dataset.Checksum);
        Assert.AreEqual("osf.io/download/fghij/t.csv", report.Entries.Single().Dataset.Key);
        Assert.AreEqual("10.17605/OSF.IO/ABCDE", report.Entries.Single().Dataset.Doi);
        Assert.Contains("license = \"MIT\"", _scene.Dataset("trial"));
    }

    [TestMethod]
    public async Task HuggingFace_pinsTheCommit_andKeepsTheDigest()
    {
        _scene.Answer("https://huggingface.co/api/datasets/org/sets/revision/v1?blobs=true", Filled("""
            {"id": "org/sets", "author": "org", "sha": "COMMIT", "gated": false, "private": false, "cardData": {"license": "cc-by-sa-4.0"}, "lastModified": "2024-05-06T07:08:09.000Z",
             "siblings": [{"rfilename": "data/train.parquet", "lfs": {"sha256": "SHA256"}}, {"rfilename": "README.md"}]}
            """));

        var report = await AddAsync("hf:org/sets@v1/data/train.parquet");

        var dataset = report.Entries.Single().Dataset;
        Assert.AreEqual("org/sets/data/train", dataset.Name);
        Assert.AreEqual($"https://huggingface.co/datasets/org/sets/resolve/{Commit}/data/train.parquet", dataset.Uri);
        Assert.AreEqual($"sha256:{Sha}", dataset.Checksum);
        Assert.Contains("license = \"CC-BY-SA-4.0\"", _scene.Dataset(dataset.Name));
        var missing = await Assert.ThrowsExactlyAsync<DataManifestException>(() => AddAsync("hf:datasets/org/sets@v1/none.parquet"));
        Assert.AreEqual(DiagnosticRules.UnknownReference, missing.Rule);
    }

    [TestMethod]
    public async Task GitHub_releases_areBatchesOfTheirAssets()
    {
        _scene.Answer("https://api.github.com/repos/org/tool", """{"license": {"spdx_id": "MIT"}, "owner": {"login": "org"}}""");
        _scene.Answer("https://api.github.com/repos/org/tool/releases/tags/v1.0", Filled("""
            {"tag_name": "v1.0", "published_at": "2024-01-02T03:04:05Z", "assets": [
             {"name": "a.zip", "digest": "sha256:SHA256", "browser_download_url": "https://github.com/org/tool/releases/download/v1.0/a.zip"},
             {"name": "b.zip", "digest": null, "browser_download_url": "https://github.com/org/tool/releases/download/v1.0/b.zip"}]}
            """));

        var all = await AddAsync("https://github.com/org/tool/releases/tag/v1.0");
        var one = await AddAsync("https://github.com/org/tool/releases/tag/v1.0", request => request with { Name = "a", Pick = ["a*"] });

        Assert.AreEqual("org/tool", all.Entries.Single().Dataset.Name);
        Assert.HasCount(2, all.Entries.Single().Dataset.Uris);
        Assert.AreEqual($"sha256:{Sha}", one.Entries.Single().Dataset.Checksum);
        Assert.IsFalse(_scene.Reopen().Manifest.HasErrors);
    }

    private Task<CatalogReport> AddAsync(string reference, Func<AddRequest, AddRequest>? options = null) => _scene.AddAsync(reference, options, TestContext.CancellationToken);

    private static string Zenodo(params string[] files) => """
        {"id": 7, "doi": "10.5281/zenodo.7", "metadata": {"title": "Air, Land & Sea", "publication_date": "2023-05-06", "access_right": "open", "license": {"id": "cc-by-4.0"},
         "creators": [{"name": "Lan, Xin"}, {"name": "NOAA"}]},
         "files": [FILES]}
        """.Replace("FILES", string.Join(',', files.Select(ZenodoFile)), StringComparison.Ordinal);

    private static string ZenodoFile(string file) =>
        Filled("""{"key": "NAME", "checksum": "md5:MD5", "links": {"self": "https://zenodo.org/api/records/7/files/NAME/content"}}""").Replace("NAME", file, StringComparison.Ordinal);

    /// <summary>Puts digests into an answer, whose own braces leave no room for interpolation.</summary>
    private static string Filled(string answer) => answer
        .Replace("MD5\"", Md5 + "\"", StringComparison.Ordinal).Replace("SHA256", Sha, StringComparison.Ordinal).Replace("COMMIT", Commit, StringComparison.Ordinal);
}
