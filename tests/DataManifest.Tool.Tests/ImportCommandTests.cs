namespace DataManifest.Tool;

/// <summary><c>import</c> of each tool's file.</summary>
[TestClass]
public sealed class ImportCommandTests : IDisposable
{
    /// <summary>The SHA-256 of <c>a</c>.</summary>
    private const string DigestOfA = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    [DataRow("pooch", "registry.txt", $"a.csv {DigestOfA}\nb.csv md5:0cc175b9c0f1b6a831c399e269772661\n", "a b", $"sha256:{DigestOfA}")]
    [DataRow("csv", "files.csv", $"name,url,sha256\nco2,https://h.example/co2.csv,{DigestOfA}\n", "co2", $"sha256:{DigestOfA}")]
    [DataRow("urls", "list.txt", "# two\nhttps://h.example/a.csv\nb.csv\n", "a b", "https://b.example/b.csv")]
    [DataRow("intake", "catalog.yml", "sources:\n  sst:\n    description: Sea surface\n    args:\n      urlpath: https://h.example/sst.nc\n", "sst", "Sea surface")]
    [DataRow("dvc", "data.csv.dvc", "deps:\n- path: https://h.example/data.csv\nouts:\n- md5: 0cc175b9c0f1b6a831c399e269772661\n  path: data.csv\n", "data", "md5:0cc175b9c0f1b6a831c399e269772661")]
    [DataRow("libman", "libman.json", """{"defaultProvider": "cdnjs", "libraries": [{"library": "jquery@3.3.1", "files": ["jquery.js"]}]}""", "jquery", "https://cdnjs.cloudflare.com/ajax/libs/jquery/3.3.1/jquery.js")]
    [DataRow("artifacts", "Artifacts.toml", "[iris]\ngit-tree-sha1 = \"83c1f1ad4b0b1a0a1a8a1b0b2f8b2a3d4c5e6f70\"\n[[iris.download]]\nurl = \"https://h.example/iris.tar.gz\"\nsha256 = \"00\"\n", "iris", "extract = true")]
    public void File_of_a_tool_is_declared_once(string tool, string name, string text, string datasets, string kept)
    {
        _ground.Write("proj/datamanifest.toml", "# mine\n");
        _ground.Write($"proj/{name}", text);

        var dry = _ground.Print("import", tool, name, "--base-url", "https://b.example", "--dry-run");
        Assert.AreEqual("# mine\n", _ground.Read("proj/datamanifest.toml"));
        var done = _ground.Print("import", tool, name, "--base-url", "https://b.example");

        Assert.AreEqual(datasets, string.Join(' ', _ground.Print("list", "--bare").Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains(kept, _ground.Read("proj/datamanifest.toml"));
        Assert.StartsWith("# mine\n", _ground.Read("proj/datamanifest.toml"));
        Assert.AreEqual(dry.Split('\n')[0].Replace("Would import", "Imported", StringComparison.Ordinal), done.Split('\n')[0]);
        Assert.StartsWith("Imported 0 dataset(s)", _ground.Print("import", tool, name, "--base-url", "https://b.example"));
    }

    [TestMethod]
    public void Copy_that_the_other_tool_has_is_used_where_it_is()
    {
        _ground.Write("proj/datamanifest.toml", "");
        _ground.Write("proj/registry.txt", $"a.csv {DigestOfA}\nb.csv {DigestOfA}\n");
        _ground.Write("cache/a.csv", "a");
        _ground.Write("cache/b.csv", "not a");

        var told = _ground.Print("import", "pooch", "registry.txt", "--base-url", "https://b.example", "--cache-dir", _ground.At("cache"));

        Assert.Contains("1 adopted from the cache (no re-download); 1 cache file(s) failed checksum", told);
        Assert.AreEqual($"{_ground.At("cache/a.csv")}\n", _ground.Print("path", "a"));
        Assert.AreEqual("a\n", _ground.Print("list", "--present", "--bare"));
        _ground.Print("delete", "a");
        Assert.AreEqual("a", _ground.Read("cache/a.csv"), "it is the other tool's");
    }

    [TestMethod]
    public void Board_of_pins_is_read_from_a_folder()
    {
        _ground.Write("proj/datamanifest.toml", "");
        _ground.Write("board/_pins.yaml", "cars:\n- cars/20220101T000000Z-00000/\n- cars/20230101T000000Z-aaaaa/\n");
        _ground.Write("board/cars/20230101T000000Z-aaaaa/data.txt", "file: cars.csv\ntitle: 'cars: a table'\n");

        _ground.Print("import", "pins", _ground.At("board/_pins.yaml"), "--base-url", "https://pins.example/board");

        Assert.Contains("uri = \"https://pins.example/board/cars/20230101T000000Z-aaaaa/cars.csv\"", _ground.Print("show", "cars"));
    }

    [TestMethod]
    public void Download_tasks_of_a_project_are_reported_and_never_written()
    {
        _ground.Write("proj/datamanifest.toml", "# mine\n");
        _ground.Write("proj/app.csproj", "<Project><Target Name=\"Get\"><DownloadFile SourceUrl=\"https://h.example/model.onnx\" /><DownloadFile SourceUrl=\"@(Urls)\" /></Target></Project>");

        var told = _ground.Print("import", "downloadfile", "app.csproj");

        Assert.Contains("https://h.example/model.onnx", told);
        Assert.Contains("skipped '@(Urls)'", told);
        Assert.AreEqual("# mine\n", _ground.Read("proj/datamanifest.toml"));
    }

    [TestMethod]
    [DataRow("intake", "sources: [\n")]
    [DataRow("csv", "")]
    [DataRow("libman", "{")]
    [DataRow("downloadfile", "<Project>")]
    public void File_that_is_none_of_its_kind_is_told_and_nothing_declared(string tool, string text)
    {
        _ground.Write("proj/datamanifest.toml", "# mine\n");
        _ground.Write("proj/file", text);

        var result = _ground.Run("import", tool, "file");

        Assert.AreEqual(1, result.Code);
        Assert.StartsWith("error DM0911: ", result.Error);
        Assert.AreEqual("# mine\n", _ground.Read("proj/datamanifest.toml"));
    }
}
