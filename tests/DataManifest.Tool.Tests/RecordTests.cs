using System.Text.Json;

namespace DataManifest.Tool;

/// <summary>Records of repository services: declared, asked for newer versions, cited.</summary>
[TestClass]
public sealed class RecordTests : IDisposable
{
    private readonly Playground _ground = new();
    private readonly LoopbackServer _server = LoopbackServer.Start();
    private readonly ServiceGateway _gateway;

    public RecordTests()
    {
        _gateway = new ServiceGateway(_server);
        _ground.Environment["DATAMANIFEST_API_GATEWAY"] = _server.Url("");
        _ground.Write("proj/datamanifest.toml", "[_META]\nschema = 1\n");
    }

    /// <summary>Every service with what the names, the addresses and the first checksum of its datasets come to.</summary>
    public static IEnumerable<object[]> Records =>
    [
        [ServiceRecords.Pangaea, "moorings-of-fram-strait", "https://download.pangaea.de/dataset/900001/files/north.nc", ""],
        [ServiceRecords.Figshare, "ice-cores/core.csv ice-cores/map.nc", "https://ndownloader.figshare.com/files/1", $"md5:{ServiceRecords.Md5}"],
        [ServiceRecords.Dataverse, "votes/in/raw.csv votes/table.tab", "https://dataverse.harvard.edu/api/access/datafile/11", $"sha1:{ServiceRecords.Commit}"],
        [ServiceRecords.Dryad, "birds/birds.csv birds/README.md", "https://datadryad.org/api/v2/files/1/download", $"sha256:{ServiceRecords.Sha256}"],
        [ServiceRecords.Osf, "trial", "https://osf.io/download/fghij/", $"sha256:{ServiceRecords.Sha256}"],
        [ServiceRecords.HuggingFace, "org/sets/data/train", $"https://huggingface.co/datasets/org/sets/resolve/{ServiceRecords.Commit}/data/train.parquet", $"sha256:{ServiceRecords.Sha256}"],
        [ServiceRecords.GitHub, "org/tool", "https://github.com/org/tool/releases/download/v1.0/a.zip", ""],
    ];

    public void Dispose()
    {
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _ground.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Records))]
    public void Add_of_a_record_declares_its_files_with_what_the_service_publishes(ServiceRecord record, string names, string address, string checksum)
    {
        _gateway.Answer(record);

        using var report = JsonDocument.Parse(_ground.Print("add", record.Reference, "--json"));

        CollectionAssert.AreEqual(names.Split(' '), report.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()).ToArray());
        Assert.AreEqual(Sorted(names.Split(' ')), Sorted(Lines(_ground.Print("list", "--bare"))));
        var first = _ground.Print("show", names.Split(' ')[0]);
        Assert.Contains($"\"{address}\"", first);
        Assert.AreEqual(checksum, first.Split('\n').Where(line => line.StartsWith("checksum = ", StringComparison.Ordinal)).Select(line => line[11..].Trim('"')).FirstOrDefault(""));
        Assert.Contains("._DOTNET]", _ground.Read("proj/datamanifest.toml"));
    }

    [TestMethod]
    public void Zenodo_record_is_a_batch_or_its_files_or_those_that_are_picked()
    {
        var record = ServiceRecords.Zenodo("a.csv", "b.csv", "c.zip");
        _gateway.Answer(record);

        _ground.Print("add", record.Reference, "--split", "--name", "each");
        Assert.Contains("all  ->  [3 files]", _ground.Print("add", record.Reference, "--name", "all"));
        _ground.Print("add", record.Reference, "--pick", "b.*", "--pick", "c.*", "--name", "some");
        _ground.Print("add", record.Reference, "--pick", "a.csv", "--name", "one");

        Assert.AreEqual("all each/a.csv each/b.csv each/c.zip one some", Sorted(Lines(_ground.Print("list", "--bare"))));
        Assert.AreEqual(3, Uris("all"));
        Assert.AreEqual(2, Uris("some"));
        Assert.Contains($"checksum = \"md5:{ServiceRecords.Md5}\"", _ground.Print("show", "one"));
    }

    [TestMethod]
    public void Files_of_a_batch_can_be_declared_beside_it_and_lie_near_it_in_the_store()
    {
        var record = ServiceRecords.Zenodo("a.csv", "b.csv");
        _gateway.Answer(record);

        _ground.Print("add", record.Reference, "--name", "all");
        _ground.Print("add", record.Reference, "--split");

        Assert.Contains("key = \"zenodo.org/records/7/a.csv\"", _ground.Print("show", "a"));
        Assert.Contains("key = \"zenodo.org/records/7/b.csv\"", _ground.Print("show", "b"));
        Assert.AreEqual("3 datasets: 3 missing.\n", _ground.Run("verify").Error);
    }

    [TestMethod]
    public void Dry_run_of_a_record_declares_nothing()
    {
        var record = ServiceRecords.Zenodo("a.csv", "b.csv");
        _gateway.Answer(record);
        var before = _ground.Read("proj/datamanifest.toml");

        Assert.Contains("air-land-sea", _ground.Print("add", record.Reference, "--dry-run"));

        Assert.AreEqual(before, _ground.Read("proj/datamanifest.toml"));
    }

    [TestMethod]
    public void Record_that_the_service_does_not_have_ends_with_1_and_leaves_the_manifest()
    {
        var result = _ground.Run("add", "10.5281/zenodo.404");

        Assert.AreEqual(1, result.Code);
        Assert.StartsWith("error DM", result.Error);
        Assert.AreEqual("[_META]\nschema = 1\n", _ground.Read("proj/datamanifest.toml"));
    }

    [TestMethod]
    public void Outdated_asks_Zenodo_for_the_newest_version_of_a_record()
    {
        var record = ServiceRecords.Zenodo("a.csv", "b.csv");
        _gateway.Answer(record);
        _ground.Print("add", record.Reference);
        _gateway.Answer("https://zenodo.org/api/records/7/versions/latest", """{"id": 9, "doi": "10.5281/zenodo.9", "metadata": {"version": "v2"}}""");

        Assert.AreEqual("air-land-sea  new version  Zenodo has a newer version (v2). 10.5281/zenodo.9\n", _ground.Print("outdated"));

        _gateway.Answer("https://zenodo.org/api/records/7/versions/latest", """{"id": 7, "doi": "10.5281/zenodo.7"}""");
        Assert.AreEqual("Nothing newer was found.\n", _ground.Print("outdated"));
    }

    [TestMethod]
    public void Cite_writes_what_the_service_said_without_asking_it_again()
    {
        var record = ServiceRecords.Zenodo("a.csv", "b.csv");
        _gateway.Answer(record);
        _ground.Print("add", record.Reference);
        var asked = _server.Requests.Count;

        Assert.AreEqual("Lan, X., & NOAA. (2023). Air, Land & Sea [Data set]. Zenodo. https://doi.org/10.5281/zenodo.7\n", _ground.Print("cite", "air-land-sea", "--style", "apa"));
        var bibtex = _ground.Print("cite");
        Assert.StartsWith("@misc{", bibtex);
        Assert.Contains("  author    = {Lan, Xin and {NOAA}}", bibtex);
        Assert.Contains(@"{{Air, Land \& Sea}}", bibtex);
        var cff = _ground.Print("cite", "--style", "cff");
        Assert.StartsWith("cff-version: 1.2.0\n", cff);
        Assert.Contains("    given-names: \"Xin\"\n", cff);
        Assert.Contains("license: \"CC-BY-4.0\"\n", cff);
        Assert.AreEqual(asked, _server.Requests.Count);
    }

    private int Uris(string name) => Lines(_ground.Print("show", name)).Single(line => line.StartsWith("uris = ", StringComparison.Ordinal)).Split("https://").Length - 1;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Sorted(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));
}
