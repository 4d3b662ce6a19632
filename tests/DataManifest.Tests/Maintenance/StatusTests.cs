using DataManifest.Fetching;

namespace DataManifest.Maintenance;

[TestClass]
public sealed class StatusTests : IDisposable
{
    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task StatusAsync_sums_up()
    {
        _scene.Put("here", "12345");
        _scene.Put("pooled", root: "pool");
        _scene.Folder.Write("store/cut", "x");
        var orphan = _scene.Produce("m.f", "n = 1");
        var database = _scene.Open($"""
            [here]
            uri = "https://h/here"
            key = "here"
            checksum = "{FetchScene.Sha256("12345")}"
            [pooled]
            uri = "https://h/pooled"
            key = "pooled"
            [cut]
            uri = "https://h/cut"
            key = "cut"
            [gone]
            uri = "https://h/gone"
            skip_checksum = true
            [lazy]
            uri = "s3://b/x"
            lazy_access = true
            loader = "A:B"

            """);

        var status = await database.StatusAsync(TestContext.CancellationToken);

        Assert.AreEqual("here pooled lazy", Names(status.Usable));
        Assert.AreEqual("cut", Names(status.Incomplete));
        Assert.AreEqual("gone", Names(status.Missing));
        Assert.AreEqual("pooled cut", Names(status.Unpinned));
        Assert.AreEqual("here cut", Names(status.Dirty));
        Assert.AreEqual(orphan, status.Orphans.Single().Identity.Hash);
        Assert.AreEqual(6, status.DatasetBytes);
        Assert.AreEqual(Directory.GetFiles(status.Orphans[0].Location).Sum(file => new FileInfo(file).Length), status.ProducedBytes);

        static string Names(IEnumerable<StoredObject> objects) => string.Join(' ', objects.Select(found => found.Name));
    }

    [TestMethod]
    public void GetPlaces_tells_where_things_are_even_when_some_lead_nowhere()
    {
        _scene.Folder.Write("project/cached.toml", "");
        var places = _scene.Open("").GetPlaces();
        Assert.AreEqual((_scene.ManifestPath, _scene.Folder["project/cached.toml"], true), (places.Manifest, places.StateFile, places.HasStateFile));
        Assert.AreEqual((_scene.Store, _scene.Datacache), (places.DatasetsDirectory, places.DatacacheDirectory));
        CollectionAssert.AreEqual(new[] { _scene.Pool }, places.DatasetsPools.ToArray());
        Assert.IsEmpty(places.Problems);

        File.Delete(_scene.Folder["project/cached.toml"]);
        _scene.Variables["DATAMANIFEST_DATASETS_DIR"] = "$datasets_dir/x";
        var broken = _scene.Reopen().GetPlaces();
        Assert.AreEqual((null, _scene.Folder["project/.datamanifest/state.toml"], false), (broken.DatasetsDirectory, broken.StateFile, broken.HasStateFile));
        Assert.HasCount(1, broken.Problems);
    }
}
