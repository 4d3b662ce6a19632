namespace DataManifest.Tool;

/// <summary>Nothing is changed by a look at what would be.</summary>
[TestClass]
public sealed class DryRunTests : IDisposable
{
    private readonly Playground _ground = new();

    public void Dispose() => _ground.Dispose();

    [TestMethod]
    [DataRow("download")]
    [DataRow("fetch temp")]
    [DataRow("update-checksums")]
    [DataRow("delete temp")]
    [DataRow("move temp {0}/else")]
    [DataRow("remove temp")]
    [DataRow("export {0}/bundle")]
    [DataRow("refresh")]
    [DataRow("normalize")]
    [DataRow("repair")]
    [DataRow("format -i datamanifest.toml")]
    [DataRow("migrate datamanifest.toml")]
    [DataRow("config set datasets_dir data")]
    [DataRow("config unset project --project")]
    [DataRow("add file://{0}/www/temp.csv -n other")]
    [DataRow("import urls {0}/www/list.txt")]
    [DataRow("init --folder {0}/new")]
    [DataRow("list --delete")]
    [DataRow("list --move {0}/else")]
    public void Dry_run_changes_nothing(string line)
    {
        _ground.WriteTemp();
        _ground.Write("www/list.txt", "https://example.org/a.csv\n");
        File.AppendAllText(_ground.Manifest, "[_STORAGE]\nproject = \"p\"\n[old]\npython = \"m:f\"\nkey = \"made/old\"\n");
        _ground.Print("download", "temp");
        File.AppendAllText(_ground.At("www/temp.csv"), "more\n");
        var before = Snapshot();

        var result = _ground.Run([.. string.Format(System.Globalization.CultureInfo.InvariantCulture, line, _ground.Root).Split(' '), "--dry-run"]);

        Assert.AreEqual(0, result.Code, result.Error);
        Assert.AreSequenceEqual(before, Snapshot());
    }

    private string[] Snapshot() =>
    [
        .. Directory.EnumerateFiles(_ground.Root, "*", SearchOption.AllDirectories).Where(path => !path.StartsWith(_ground.At("home"), StringComparison.Ordinal))
            .Select(path => $"{path} {File.ReadAllText(path)}").Order(StringComparer.Ordinal),
    ];
}
