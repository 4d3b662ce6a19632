using System.Diagnostics;
using System.Globalization;
using System.Text;
using DataManifest.Manifest;
using DataManifest.Storage;

namespace DataManifest;

[TestClass]
public sealed class DatasetLocatorTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Locate_tells_missing_unmarked_and_complete_apart()
    {
        using var folder = new ScratchFolder();
        var data = Open(folder, "[x]\nkey = \"k/x.csv\"\nuri = \"https://h/x.csv\"\n")["x"];
        Assert.AreEqual(new DatasetLocation(folder["store/k/x.csv"], DatasetState.Missing), data.Location);

        folder.Write("store/k/x.csv", "1");
        Assert.AreEqual(DatasetState.Unmarked, data.Location.State);
        Assert.IsFalse(data.Exists);
        Assert.Contains("no completion marker", Assert.ThrowsExactly<DatasetNotFoundException>(() => data.Path).Message);

        folder.Write("store/k/x.csv.complete", "");
        Assert.AreEqual(new DatasetLocation(folder["store/k/x.csv"], DatasetState.Complete, folder["store/k/x.csv.complete"]), data.Location);
        Assert.AreEqual(folder["store/k/x.csv"], data.Path);
    }

    [TestMethod]
    public void Locate_of_an_unpacked_archive_wants_the_folders_own_marker()
    {
        using var folder = new ScratchFolder();
        var database = Open(folder, "[x]\nkey = \"k/x.zip\"\nuri = \"https://h/x.zip\"\nextract = true\n");
        folder.Write("store/k/x.zip", "1");
        folder.Write("store/k/x.zip.complete", "");
        folder.Write("store/k/x/a.csv", "1");
        Assert.AreEqual(new DatasetLocation(folder["store/k/x"], DatasetState.Unmarked), database["x"].Location);

        folder.Write("store/k/x/.complete", "");
        Assert.AreEqual(folder["store/k/x"], database["x"].Path);
        Assert.AreEqual(folder["store/k/x.zip"], database.Locator.DownloadPathOf(database.Manifest.Datasets[0]));
    }

    [TestMethod]
    public void Locate_finds_complete_data_in_the_first_pool_that_has_them()
    {
        using var folder = new ScratchFolder();
        var data = Open(folder, "[_STORAGE]\ndatasets_pools = [\"p1\", \"p2\", \"p3\"]\n[x]\nkey = \"x.csv\"\nuri = \"https://h/x.csv\"\n")["x"];
        folder.Write("p1/x.csv", "unmarked");
        folder.Write("p2/x.csv", "1");
        folder.Write("p2/x.csv.complete", "");
        folder.Write("p3/x.csv", "1");
        folder.Write("p3/x.csv.complete", "");
        Assert.AreEqual(new DatasetLocation(folder["p2/x.csv"], DatasetState.Complete, folder["p2/x.csv.complete"], IsInPool: true), data.Location);

        folder.Write("store/x.csv", "1");
        folder.Write("store/x.csv.complete", "");
        Assert.AreEqual(folder["store/x.csv"], data.Path);
    }

    [TestMethod]
    public void Locate_takes_user_managed_data_without_a_marker()
    {
        using var folder = new ScratchFolder();
        var database = Open(folder, """
            [exact]
            uri = "https://h/x.csv"
            storage_path = "mine/x.csv"
            [skip]
            key = "skip.csv"
            skip_download = true
            storage_path = "mine/$key"
            [inplace]
            uri = "mine/x.csv"
            skip_download = true
            """);
        Assert.IsFalse(database.Datasets.Any(data => data.Exists));
        Assert.Contains("skip_download", Assert.ThrowsExactly<DatasetNotFoundException>(() => database["skip"].Path).Message);

        folder.Write("mine/x.csv", "1");
        folder.Write("mine/skip.csv", "1");
        CollectionAssert.AreEqual(new[] { folder["mine/x.csv"], folder["mine/skip.csv"], folder["mine/x.csv"] }, database.Datasets.Select(data => data.Path).ToList());
        Assert.IsTrue(database.Datasets.All(data => data.Location.State == DatasetState.UserManaged));
    }

    [TestMethod]
    public void Path_of_lazy_data_is_the_address_and_they_are_no_file()
    {
        using var folder = new ScratchFolder();
        var data = Open(folder, "[x]\nuri = \"s3://bucket/x.zarr\"\nlazy_access = true\n")["x"];
        Assert.AreEqual("s3://bucket/x.zarr", data.Path);
        Assert.IsTrue(data.Exists);
        Assert.AreEqual("DM0307", Assert.ThrowsExactly<DataManifestException>(() => data.OpenRead()).Code);
    }

    [TestMethod]
    [DataRow("../x")]
    [DataRow("a/../../x")]
    [DataRow("..")]
    [DataRow(".")]
    [DataRow("")]
    public void StoragePathOf_refuses_a_key_that_leaves_its_folder(string key)
    {
        using var folder = new ScratchFolder();
        var locator = Open(folder, "").Locator;
        var e = Assert.ThrowsExactly<DataManifestException>(() => locator.StoragePathOf(new DatasetDeclaration { Name = "x", Key = key }));
        Assert.AreEqual(("DM0303", "x"), (e.Code, e.DatasetName));
        Assert.ThrowsExactly<DataManifestException>(() => locator.Locate(new DatasetDeclaration { Name = "x", Key = key, StoragePath = "$datasets_dir/pre/$key" }));
    }

    [TestMethod]
    public void Resolving_ten_thousand_paths_reads_the_configuration_once()
    {
        using var folder = new ScratchFolder();
        var text = new StringBuilder("[_STORAGE]\ndatasets_pools = []\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"[d{i}]\nuri = \"https://example.org/data/{i}.csv\"\nchecksum = \"sha256:{i:x64}\"\ndescription = \"number {i}\"\n");
        }

        folder.Write("datasets.toml", text.ToString());
        var clock = Stopwatch.StartNew();
        var database = Database.Open(folder["datasets.toml"], new DatabaseOptions { Host = Host(folder) });
        var opened = clock.Elapsed;
        var paths = database.Manifest.Datasets.Select(database.Locator.StoragePathOf).ToHashSet();
        var resolved = clock.Elapsed - opened;
        Assert.IsFalse(database.Datasets.Any(data => data.Exists));
        TestContext.WriteLine($"open {opened.TotalMilliseconds:F0} ms, paths {resolved.TotalMilliseconds:F0} ms, presence {(clock.Elapsed - opened - resolved).TotalMilliseconds:F0} ms");

        Assert.HasCount(10_000, paths);
        Assert.Contains(folder["store/example.org/data/9999.csv"], paths);
        Assert.IsLessThan(20, database.Locator.Storage.ConsultedVariables.Count);
    }

    internal static HostEnvironment Host(ScratchFolder folder) => Hosts.Create(
        new() { ["HOME"] = folder["home"], ["DATAMANIFEST_DATASETS_DIR"] = folder["store"] }, workingDirectory: folder.Path);

    private static Database Open(ScratchFolder folder, string toml) =>
        Database.Open(folder.Write("datasets.toml", toml), new DatabaseOptions { Host = Host(folder) });
}
