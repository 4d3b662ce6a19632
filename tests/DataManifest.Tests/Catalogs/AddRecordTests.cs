using DataManifest.Diagnostics;

namespace DataManifest.Catalogs;

/// <summary>Adding the files of records, from answers in the services' documented shapes.</summary>
[TestClass]
public sealed class AddRecordTests : IDisposable
{
    private const string Sha = ServiceRecords.Sha256;
    private const string Md5 = ServiceRecords.Md5;
    private const string Commit = ServiceRecords.Commit;

    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task Zenodo_keepsWhatCitationsNeed()
    {
        _scene.Answer(ServiceRecords.Zenodo("a.csv", "b.csv"));

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
        _scene.Answer(ServiceRecords.Zenodo("a.csv", "b.csv"));

        var report = await AddAsync("https://zenodo.org/records/7/files/b.csv?download=1");

        Assert.AreEqual("https://zenodo.org/records/7/files/b.csv?download=1", report.Entries.Single().Dataset.Uri);
        Assert.AreEqual($"md5:{Md5}", report.Entries.Single().Dataset.Checksum);
        Assert.AreEqual("csv", report.Entries.Single().Dataset.Format);
    }

    [TestMethod]
    public async Task Zenodo_sandbox_isAskedForItsOwnRecords()
    {
        _scene.Answer("https://sandbox.zenodo.org/api/records/7", ServiceRecords.Zenodo("a.csv").Answers[0].Text);

        Assert.HasCount(1, (await AddAsync("https://sandbox.zenodo.org/records/7")).Entries);
        Assert.HasCount(1, (await AddAsync("10.5072/zenodo.7")).Entries);
    }

    [TestMethod]
    public async Task Zenodo_sameRecordTwice_changesNothing()
    {
        _scene.Answer(ServiceRecords.Zenodo("a.csv", "b.csv"));
        await AddAsync("10.5281/zenodo.7");
        var before = _scene.ManifestText;

        var again = await AddAsync("10.5281/zenodo.7");

        Assert.AreEqual(before, _scene.ManifestText);
        Assert.AreEqual(CatalogOutcome.Unchanged, again.Entries.Single().Outcome);
    }

    [TestMethod]
    public async Task Zenodo_filesOfABatchAddedOneByOne_getPlacesOfTheirOwn()
    {
        _scene.Answer(ServiceRecords.Zenodo("a.csv", "b.csv"));
        await AddAsync("10.5281/zenodo.7", request => request with { Split = true });
        await AddAsync("10.5281/zenodo.7", request => request with { Name = "all" });

        var manifest = _scene.Reopen().Manifest;
        Assert.IsFalse(manifest.HasErrors, string.Join("; ", manifest.Diagnostics.Select(diagnostic => diagnostic.Message)));
        Assert.AreEqual("zenodo.org/records/7/all", manifest.Get("all")!.Key);
    }

    [TestMethod]
    public async Task Zenodo_archives_canBeUnpacked()
    {
        _scene.Answer(ServiceRecords.Zenodo("a.zip", "read.me"));

        var report = await AddAsync("10.5281/zenodo.7", request => request with { Extract = true });

        CollectionAssert.AreEqual(new[] { "air-land-sea/a.zip", "air-land-sea/read.me" }, report.Entries.Select(entry => entry.Dataset.Name).ToArray());
        Assert.IsTrue(report.Entries[0].Dataset is { Extract: true, Checksum: "" }, "the published digest is that of the archive");
        Assert.IsTrue(report.Entries[1].Dataset is { Extract: false, Checksum.Length: > 0 });
    }

    [TestMethod]
    public async Task Figshare_filesAreNamed_thoughTheirAddressesAreNumbers()
    {
        _scene.Answer(ServiceRecords.Figshare);

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
        _scene.Answer(ServiceRecords.Dataverse);

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
        _scene.Answer(ServiceRecords.Dryad);

        var report = await AddAsync("10.5061/dryad.abc12");

        Assert.AreEqual($"sha256:{Sha}", report.Entries[0].Dataset.Checksum);
        Assert.AreEqual("datadryad.org/api/v2/files/2/download/README.md", report.Entries[1].Dataset.Key);
        Assert.Contains("license = \"CC0-1.0\"", _scene.Dataset("birds/birds.csv"));
    }

    [TestMethod]
    public async Task Osf_walksFolders_andTakesSingleFiles()
    {
        _scene.Answer(ServiceRecords.Osf);

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
        _scene.Answer(ServiceRecords.HuggingFace);

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
        _scene.Answer(ServiceRecords.GitHub);

        var all = await AddAsync("https://github.com/org/tool/releases/tag/v1.0");
        var one = await AddAsync("https://github.com/org/tool/releases/tag/v1.0", request => request with { Name = "a", Pick = ["a*"] });

        Assert.AreEqual("org/tool", all.Entries.Single().Dataset.Name);
        Assert.HasCount(2, all.Entries.Single().Dataset.Uris);
        Assert.AreEqual($"sha256:{Sha}", one.Entries.Single().Dataset.Checksum);
        Assert.IsFalse(_scene.Reopen().Manifest.HasErrors);
    }

    private Task<CatalogReport> AddAsync(string reference, Func<AddRequest, AddRequest>? options = null) => _scene.AddAsync(reference, options, TestContext.CancellationToken);
}
