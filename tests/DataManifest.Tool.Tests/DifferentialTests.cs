namespace DataManifest.Tool;

/// <summary>The family's Python reference and the tool in turn on one project and one store: each understands what the other has written, and both say the same.</summary>
[TestClass]
public sealed class DifferentialTests : IDisposable
{
    private static readonly string[] Columns = ["kind", "name", "key", "format", "size", "location", "referenced", "present", "dirty", "storage-path"];

    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    public void Both_tools_see_what_either_has_fetched_moved_and_deleted()
    {
        RequireReference();
        WriteData();
        Assert.AreEqual(0, Reference("download", "temp").Code);
        Same("list", "--fields", "name", "present", "dirty", "location");
        Assert.AreEqual(0, _ground.Run("download").Code);
        Same(["list", "--fields", .. Columns]);
        Same("verify");
        Same("path", "salt-alias");
        Same("path", "10.5/X");
        Same("where", "--state-file");
        Same("where", "--datasets-dir");
        Same("where");
        Same("list", "--bare");
        Same("list", "tem", "--bare");
        Same("list", "tem", "--invert", "--bare");

        _ground.Print("move", "temp", _ground.At("arch"));
        Same("path", "temp");
        Same("list", "--out-of-place", "--bare");
        Same("list", "--outside", "--bare");
        Same("normalize", "--dry-run");
        Assert.AreEqual(0, Reference("normalize").Code);
        Same(["list", "--fields", .. Columns]);

        Assert.AreEqual(0, Reference("delete", "salt").Code);
        Same(["list", "--fields", .. Columns]);
        _ground.Print("delete", "temp");
        Same(["list", "--fields", .. Columns]);
        Same("refresh", "--dry-run");
    }

    [TestMethod]
    public void Both_tools_read_and_write_the_same_manifest_and_configuration()
    {
        RequireReference();
        WriteData();
        Assert.AreEqual(0, Reference("add", $"file://{_ground.Root}/www/sub/wind.nc", "--name", "wind").Code);
        _ground.Print("add", $"file://{_ground.Root}/www/more.csv", "--name", "more");
        Same("list", "--bare");
        Same("show", "wind");
        Same("show", "more");
        Same("show", "salt");
        Same("config", "set", "project", "climate", "--project");
        Same("config", "set", "datasets_pools", "a", "b");
        _ground.Print("config", "set", "datasets_dir", "data");
        Same("where", "--datasets-dir");
        Assert.AreEqual(0, Reference("config", "unset", "datasets_dir").Code);
        Same("where", "--datasets-dir");
        Same("format", "datamanifest.toml");
        Same("remove", "nothing-like-it");
        Same("verify", "nothing-like-it");
        Same("list", "--nonsense");
    }

    [TestMethod]
    public void Either_tool_verifies_and_lists_what_the_other_exports()
    {
        RequireReference();
        WriteData();
        _ground.Print("download");
        _ground.Print("export", _ground.At("ours"));
        Assert.AreEqual(0, Reference("export", _ground.At("theirs")).Code);
        foreach (var bundle in new[] { "ours", "theirs" })
        {
            Assert.AreEqual(0, ReferenceIn(_ground.At(bundle), "verify").Code, bundle);
            Assert.AreEqual(0, ToolProcess.Run(_ground.At(bundle), _ground.Environment, "verify").Code, bundle);
            Assert.AreEqual(Sorted(ReferenceIn(_ground.At(bundle), "list", "--bare").Output), Sorted(ToolProcess.Run(_ground.At(bundle), _ground.Environment, "list", "--bare").Output), bundle);
        }

        Assert.AreSequenceEqual(Data("theirs"), Data("ours"));
    }

    private string[] Data(string bundle) =>
    [
        .. Directory.EnumerateFiles(_ground.At(bundle), "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".complete", StringComparison.Ordinal) && !path.Contains(".datamanifest", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(_ground.At(bundle), path)).Order(StringComparer.Ordinal),
    ];

    private void WriteData()
    {
        _ground.Write("www/temp.csv", "temp\n1,2\n");
        _ground.Write("www/more.csv", "more\n");
        _ground.Write("www/sub/salt.nc", "salt-data");
        _ground.Write("www/sub/wind.nc", "wind-data");
        _ground.Write("proj/datamanifest.toml", $"""
            [_META]
            schema = 1

            [salt]
            uri = "file://{_ground.Root}/www/sub/salt.nc"
            doi = "10.5/x"
            aliases = ["salt-alias"]

            [temp]
            uri = "file://{_ground.Root}/www/temp.csv"

            """);
    }

    /// <summary>Runs a command with both tools; codes and lines must be the same, whatever the lines' order.</summary>
    private void Same(params string[] arguments)
    {
        var (theirs, ours) = (Reference(arguments), _ground.Run(arguments));
        var line = string.Join(' ', arguments);
        Assert.AreEqual(theirs.Code, ours.Code, $"{line}\n{theirs.Error}\n{ours.Error}");
        Assert.AreEqual(Sorted(theirs.Output), Sorted(ours.Output), line);
    }

    private static string Sorted(string output) => string.Join('\n', output.Split('\n').Order(StringComparer.Ordinal));

    private ToolResult Reference(params string[] arguments) => ReferenceIn(_ground.Project, arguments);

    private ToolResult ReferenceIn(string folder, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>(_ground.Environment)
        {
            ["PYTHONPATH"] = Environment.GetEnvironmentVariable("DATAMANIFEST_REFERENCE"),
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        return ToolProcess.Run(File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3", folder, environment, "", ["-m", "datamanifest.cli", .. arguments]);
    }

    private static void RequireReference()
    {
        if (Environment.GetEnvironmentVariable("DATAMANIFEST_REFERENCE") is not { Length: > 0 })
        {
            Assert.Inconclusive("set DATAMANIFEST_REFERENCE to a checkout of the family's Python tool, whose modules python3 can import");
        }
    }
}
