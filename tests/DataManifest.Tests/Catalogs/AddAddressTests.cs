using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Catalogs;

/// <summary>Adding single addresses.</summary>
[TestClass]
public sealed class AddAddressTests : IDisposable
{
    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task AnAddress_isDeclaredFetchedAndPinned_andCommentsStay()
    {
        _scene.Server.Serve("/co2.csv", "year\n");
        _scene.Open("# our data\n[_META] # format\nschema = 1\n");

        var report = await AddAsync(_scene.Server.Url("/co2.csv"), request => request with { Name = "co2" });

        Assert.IsFalse(report.HasFailures);
        Assert.AreEqual(FetchOutcome.Fetched, report.Fetch!.Results.Single().Outcome);
        Assert.AreEqual(
            $"# our data\n[_META] # format\nschema = 1\n\n[co2]\nuri = \"{_scene.Server.Url("/co2.csv")}\"\nchecksum = \"{FetchScene.Sha256("year\n")}\"\n", _scene.ManifestText);
    }

    [TestMethod]
    public async Task ASecondFileOfOneRepository_hasItsOwnName()
    {
        await AddAsync("https://github.com/org/tool/raw/main/data/a.csv", NotFetched);
        var second = await AddAsync("https://github.com/org/tool/raw/main/data/b.csv", NotFetched);
        var again = await AddAsync("https://github.com/org/tool/raw/main/data/b.csv", NotFetched);

        CollectionAssert.AreEqual(new[] { "org/tool", "org/tool/b" }, _scene.Reopen().Datasets.Select(dataset => dataset.Name).ToArray());
        Assert.AreEqual(CatalogOutcome.Added, second.Entries.Single().Outcome);
        Assert.AreEqual(CatalogOutcome.Unchanged, again.Entries.Single().Outcome);
    }

    [TestMethod]
    [DataRow("data/co2.csv", "", "data/co2", "data/co2.csv")]
    [DataRow("./root.txt", "", "root", "./root.txt")]
    [DataRow("./data/./co2.csv", "", "data/co2", "./data/./co2.csv")]
    [DataRow("../other/sea.nc", "", "sea", "sea.nc")]
    [DataRow("../other/sea.nc", "ocean/depth", "ocean/depth", "ocean/depth.nc")]
    [DataRow("/wrk/other/sea.nc", "", "sea", "wrk/other/sea.nc")]
    [DataRow("/wrk/other/sea.nc", "ocean", "ocean", "wrk/other/sea.nc")]
    public async Task ALocalFile_isNamedAsItIsCalledInTheProjectOrByItself(string path, string named, string name, string key)
    {
        var report = await AddAsync(path, request => NotFetched(request) with { Name = named });

        Assert.IsFalse(report.HasFailures);
        var database = _scene.Reopen();
        Assert.IsFalse(database.Manifest.HasErrors, _scene.ManifestText);
        Assert.AreEqual((name, key), (database.Datasets.Single().Name, database.Datasets.Single().Key));
    }

    [TestMethod]
    public async Task ASecondLocalFileOfTheSameName_isNamedByItsFolders_orAsksForAName()
    {
        await AddAsync("/one/sea.nc", NotFetched);
        await AddAsync("/two/sea.nc", NotFetched);
        Assert.AreSequenceEqual(["sea", "two/sea"], _scene.Reopen().Datasets.Select(dataset => dataset.Name));

        Assert.AreEqual("DM0225", (await Assert.ThrowsExactlyAsync<DataManifestException>(() => AddAsync("../sea.nc", NotFetched))).Code);
        await AddAsync("../sea.nc", request => NotFetched(request) with { Name = "above" });
        Assert.AreEqual("above.nc", _scene.Reopen()["above"].Key);
    }

    [TestMethod]
    public async Task AddressesThatDifferInTheirQuery_doNotShareAPlace()
    {
        await AddAsync("https://h.example/get.csv?id=1", request => NotFetched(request) with { Name = "one" });
        await AddAsync("https://h.example/get.csv?id=2", request => NotFetched(request) with { Name = "two" });
        var again = await AddAsync("https://h.example/get.csv?id=2", request => NotFetched(request) with { Name = "two" });

        Assert.AreEqual(CatalogOutcome.Unchanged, again.Entries.Single().Outcome);
        var database = _scene.Reopen();
        Assert.IsFalse(database.Manifest.HasErrors);
        Assert.AreEqual("h.example/get.csv", database["one"].Key);
        Assert.AreEqual("h.example/two.csv", database["two"].Key);
    }

    [TestMethod]
    public async Task AddressesThatDifferInTheirQuery_underNamesOfTheirFiles_haveANumberInTheKey()
    {
        await AddAsync("https://h.example/data/co2.csv", request => NotFetched(request) with { Name = "co2" });
        await AddAsync("https://h.example/data/co2.csv?x=1", NotFetched);

        var database = _scene.Reopen();
        Assert.IsFalse(database.Manifest.HasErrors);
        Assert.AreEqual("h.example/data/co2-2.csv", database["h.example/data/co2"].Key);
    }

    [TestMethod]
    public async Task AnAddressThatIsDeclared_isFetchedAllTheSame()
    {
        _scene.Server.Serve("/co2.csv", "year\n");
        await AddAsync(_scene.Server.Url("/co2.csv"), NotFetched);

        var report = await AddAsync(_scene.Server.Url("/co2.csv"));

        Assert.AreEqual(CatalogOutcome.Unchanged, report.Entries.Single().Outcome);
        Assert.AreEqual(FetchOutcome.Fetched, report.Fetch!.Results.Single().Outcome);
    }

    [TestMethod]
    public async Task ATakenName_isAnError_unlessOverwriting()
    {
        await AddAsync("https://h.example/a.csv", request => NotFetched(request) with { Name = "x" });
        var before = _scene.ManifestText;

        var error = await Assert.ThrowsExactlyAsync<DataManifestException>(() => AddAsync("https://h.example/b.csv", request => NotFetched(request) with { Name = "x" }));
        Assert.AreEqual(DiagnosticRules.NameTaken, error.Rule);
        Assert.AreEqual(before, _scene.ManifestText);

        await AddAsync("https://h.example/b.csv", request => NotFetched(request) with { Name = "x", Overwrite = true });
        Assert.AreEqual("uri = \"https://h.example/b.csv\"\n", _scene.Dataset("x"));
    }

    [TestMethod]
    public async Task AnAddressThatAnswersNothing_staysDeclared_andFails()
    {
        var report = await AddAsync(_scene.Server.Url("/gone.csv"), request => request with { Name = "gone" });

        Assert.IsTrue(report.HasFailures);
        Assert.Contains("gone.csv", _scene.Dataset("gone"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("   ")]
    [DataRow("https://[::1")]
    public async Task ATextThatIsNoAddress_isRefused(string reference)
    {
        var error = await Assert.ThrowsExactlyAsync<DataManifestException>(() => AddAsync(reference));

        Assert.AreEqual(DiagnosticRules.UnknownReference, error.Rule);
        Assert.AreEqual(CatalogScene.EmptyManifest, _scene.ManifestText);
    }

    [TestMethod]
    public async Task AKeyThatLeavesTheStore_isRefused()
    {
        var error = await Assert.ThrowsExactlyAsync<DataManifestException>(() => AddAsync("https://h.example/../../x.csv", request => NotFetched(request) with { Name = "x" }));

        Assert.AreEqual(DiagnosticRules.KeyLeavesStore, error.Rule);
        Assert.AreEqual(CatalogScene.EmptyManifest, _scene.ManifestText);
    }

    [TestMethod]
    public async Task AServicesOwnLinkToAFile_isReplacedByOneThatEndsInItsName()
    {
        var report = await AddAsync("https://zenodo.org/api/records/7/files/a.csv/content", NotFetched);

        Assert.AreEqual("https://zenodo.org/records/7/files/a.csv?download=1", report.Entries.Single().Dataset.Uri);
        Assert.AreEqual("csv", report.Entries.Single().Dataset.Format);
    }

    [TestMethod]
    public async Task ADatabaseWithoutAFile_canBeAskedButNotChanged()
    {
        var database = new Database(Manifest.ManifestDocument.Parse("", ""));

        var error = await Assert.ThrowsExactlyAsync<DataManifestException>(() => database.AddAsync(new AddRequest("https://h.example/a.csv"), null, TestContext.CancellationToken));
        var report = await database.AddAsync(new AddRequest("https://h.example/a.csv") { DryRun = true }, null, TestContext.CancellationToken);

        Assert.AreEqual(DiagnosticRules.ManifestMissing, error.Rule);
        Assert.AreEqual("h.example/a", report.Entries.Single().Dataset.Name);
    }

    [TestMethod]
    public async Task ADryRun_changesAndFetchesNothing()
    {
        var report = await AddAsync(_scene.Server.Url("/co2.csv"), request => request with { Name = "co2", DryRun = true });

        Assert.AreEqual($"[co2]\nuri = \"{_scene.Server.Url("/co2.csv")}\"\n", report.Entries.Single().ToToml());
        Assert.AreEqual(CatalogScene.EmptyManifest, _scene.ManifestText);
        Assert.IsEmpty(_scene.Server.Requests);
    }

    private Task<CatalogReport> AddAsync(string reference, Func<AddRequest, AddRequest>? options = null) => _scene.AddAsync(reference, options, TestContext.CancellationToken);

    private static AddRequest NotFetched(AddRequest request) => request with { Download = false };
}
