using System.Globalization;
using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Testing;
using DataManifest.Toml;

namespace DataManifest.Storage;

[TestClass]
public sealed class ConfigurationFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    private string Manifest => _folder["project/datasets.toml"];

    public void Dispose() => _folder.Dispose();

    [TestInitialize]
    public void MakeProject() => _folder.Write("project/datasets.toml", "# ours\n[a]\nuri = 'https://h/a'   # where\n");

    [TestMethod]
    public async Task SetAsync_inACheckoutWithoutConfiguration_makesTheIgnoredFolder()
    {
        var file = ConfigurationFile.OfCheckout(Open());
        Assert.IsTrue(await SetAsync(file, "datasets_dir", "", "data"));
        Assert.AreEqual("datasets_dir = \"data\"\n", await ReadAsync("project/.datamanifest/config.toml"));
        Assert.AreEqual("*\n", await ReadAsync("project/.datamanifest/.gitignore"));
        Assert.IsFalse(await SetAsync(file, "datasets_dir", "", "data"));
        Assert.AreEqual(_folder["project"] + "/data", Open().DatasetsDirectory);
    }

    [TestMethod]
    public async Task SetAsync_inTheUsersFile_makesItsFolders()
    {
        Assert.IsTrue(await SetAsync(ConfigurationFile.OfUser(Open()), "scratch", "", "/s/$USER"));
        Assert.AreEqual("scratch = \"/s/$USER\"\n", await ReadAsync("config/datamanifest/config.toml"));
        Assert.IsFalse(File.Exists(_folder["config/datamanifest/.gitignore"]));
    }

    [TestMethod]
    public async Task SetAsync_inAManifest_keepsEverythingElse()
    {
        var text = await ReadAsync("project/datasets.toml");
        var file = ConfigurationFile.OfManifest(Manifest, Open());
        Assert.IsTrue(await SetAsync(file, "project", "", "wind"));
        Assert.IsTrue(await SetAsync(file, "datasets_dir", "zz*", "/h"));
        Assert.AreEqual(text + "\n[_STORAGE]\nproject = \"wind\"\n\n[_STORAGE._HOST.\"zz*\"]\ndatasets_dir = \"/h\"\n", await ReadAsync("project/datasets.toml"));
        Assert.AreEqual("/h", Open("zz9").DatasetsDirectory);

        Assert.IsTrue(await file.UnsetAsync("datasets_dir", "zz*", TestContext.CancellationToken));
        Assert.AreEqual(text + "\n[_STORAGE]\nproject = \"wind\"\n", await ReadAsync("project/datasets.toml"));
        Assert.IsFalse(await file.UnsetAsync("datasets_dir", "zz*", TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task SetAsync_ofAHostsValue_standsUnderItsPattern_andGoesWithItsLastValue()
    {
        _folder.Write("project/.datamanifest/config.toml", "# mine\nscratch = '/s' # here\n\n[_HOST.\"a*\"]\nscratch = '/a'\n");
        var file = ConfigurationFile.OfCheckout(Open());
        await SetAsync(file, "scratch", "b*", "/b");
        await SetAsync(file, "lock_stale_age", "b*", "5");
        Assert.AreEqual(
            "# mine\nscratch = '/s' # here\n\n[_HOST.\"a*\"]\nscratch = '/a'\n\n[_HOST.\"b*\"]\nscratch = \"/b\"\nlock_stale_age = 5\n", await ReadAsync("project/.datamanifest/config.toml"));
        Assert.IsTrue(await file.UnsetAsync("scratch", "b*", TestContext.CancellationToken));
        Assert.IsTrue(await file.UnsetAsync("lock_stale_age", "b*", TestContext.CancellationToken));
        Assert.IsTrue(await file.UnsetAsync("scratch", "a*", TestContext.CancellationToken));
        Assert.AreEqual("# mine\nscratch = '/s' # here\n", await ReadAsync("project/.datamanifest/config.toml"));
        Assert.IsTrue(await file.UnsetAsync("scratch", cancellationToken: TestContext.CancellationToken));
        Assert.IsFalse(await file.UnsetAsync("scratch", cancellationToken: TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task UnsetAsync_withoutAFile_makesNone()
    {
        Assert.IsFalse(await ConfigurationFile.OfCheckout(Open()).UnsetAsync("scratch", cancellationToken: TestContext.CancellationToken));
        CollectionAssert.AreEqual(new[] { "project", "project/datasets.toml" }, _folder.Entries().ToArray());
    }

    [TestMethod]
    [DataRow("canonical", "on", "true")]
    [DataRow("canonical", "0", "false")]
    [DataRow("canonical", "maybe", "\"maybe\"")]
    [DataRow("lock_stale_age", "20", "20")]
    [DataRow("lock_stale_age", "20.0", "20")]
    [DataRow("lock_stale_age", "2.5", "2.5")]
    [DataRow("lock_stale_age", "x", "\"x\"")]
    [DataRow("datasets_pools", "a;b", "[\"a\", \"b\"]")]
    [DataRow("datacache_pools", "", "[]")]
    [DataRow("project", "1", "\"1\"")]
    public void Parse_givesTheTypeThatTheFieldHas(string name, string words, string written)
    {
        var table = new TomlTable();
        table.Add("x", StorageField.Parse(name, words.Split(';', StringSplitOptions.RemoveEmptyEntries)));
        Assert.AreEqual(TomlWriter.ToCanonical(TomlDocument.Parse($"x = {written}").Root), TomlWriter.ToCanonical(table));
    }

    [TestMethod]
    [DataRow("_X", "1")]
    [DataRow("a.b", "1")]
    [DataRow("", "1")]
    [DataRow("one", "1 2")]
    [DataRow("one", "")]
    public async Task A_name_orNumberOfValues_thatNoFieldHas_isRefused(string name, string words)
    {
        var values = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual(DiagnosticRules.InvalidStorageField, Assert.ThrowsExactly<DataManifestException>(() => StorageField.Parse(name, values)).Rule);
        if (values.Length == 1)
        {
            await Assert.ThrowsExactlyAsync<DataManifestException>(() => ConfigurationFile.OfCheckout(Open()).SetAsync(name, new TomlString("1"), cancellationToken: TestContext.CancellationToken));
            Assert.IsFalse(Directory.Exists(_folder["project/.datamanifest"]));
        }
    }

    [TestMethod]
    public async Task A_configurationFile_thatIsNoToml_isRefusedAndStays()
    {
        _folder.Write("project/.datamanifest/config.toml", "a = 1\n[broken\n");
        var refused = await Assert.ThrowsExactlyAsync<DataManifestException>(() => SetAsync(ConfigurationFile.OfCheckout(Open()), "scratch", "", "/s"));
        Assert.AreEqual(DiagnosticRules.ConfigurationNotWritable, refused.Rule);
        Assert.Contains("line 2", refused.Message);
        Assert.AreEqual("a = 1\n[broken\n", await ReadAsync("project/.datamanifest/config.toml"));
    }

    [TestMethod]
    public async Task A_valueWhereTheTableShouldBe_isRefused()
    {
        _folder.Write("project/.datamanifest/config.toml", "_HOST = 1\n");
        Assert.AreEqual(
            DiagnosticRules.ConfigurationNotWritable,
            (await Assert.ThrowsExactlyAsync<DataManifestException>(() => SetAsync(ConfigurationFile.OfCheckout(Open()), "scratch", "h", "/s"))).Rule);
    }

    [TestMethod]
    public async Task Many_writers_loseNoValue()
    {
        await Parallel.ForAsync(0, 20, TestContext.CancellationToken, async (i, cancellationToken) =>
            await ConfigurationFile.OfCheckout(Open()).SetAsync($"s{i}", new TomlString(i.ToString(CultureInfo.InvariantCulture)), cancellationToken: cancellationToken));
        Assert.HasCount(20, TomlDocument.Parse(await ReadAsync("project/.datamanifest/config.toml")).Root);
    }

    [TestMethod]
    public async Task The_report_saysWhichLayerDecides()
    {
        _folder.Write("config/datamanifest/config.toml", "scratch = '/user'\nproject = 'p'\nlock_stale_age = 7\n");
        _folder.Write("project/.datamanifest/config.toml", "[_HOST.\"log*\"]\nscratch = '/host'\n[_HOST.\"x*\"]\nscratch = '/other'\n");
        await SetAsync(ConfigurationFile.OfManifest(Manifest, Open()), "datasets_dir", "", "$scratch/d");
        await SetAsync(ConfigurationFile.OfManifest(Manifest, Open()), "datasets_pools", "", "p", "q");
        var storage = Open(variables: ("DATAMANIFEST_CANONICAL", "yes"));

        var fields = storage.Fields.ToDictionary(field => field.Name, field => $"{string.Join(';', field.Values)} {field.Layer} {field.HostPattern}".TrimEnd());
        Assert.AreEqual("/host Checkout log*", fields["scratch"]);
        Assert.AreEqual("/host/d Manifest", fields["datasets_dir"]);
        Assert.AreEqual($"{_folder["project"]}/p;{_folder["project"]}/q Manifest", fields["datasets_pools"]);
        Assert.AreEqual("p User", fields["project"]);
        Assert.AreEqual("7 User", fields["lock_stale_age"]);
        Assert.AreEqual("true Environment", fields["canonical"]);
        Assert.AreEqual(" Default", fields["default_remote"]);
        Assert.AreEqual("/home/ada/.cache/datamanifest/projects/p/cached Default", fields["datacache_dir"]);
        Assert.AreEqual("/home/ada/.local/share Default", fields["user_data_dir"]);
        Assert.AreEqual($"{_folder["project"]} Default", fields["repo"]);
        Assert.HasCount(12, fields);

        CollectionAssert.AreEqual(
            new[]
            {
                "Environment  True DATAMANIFEST_CANONICAL", "Checkout log* True scratch", "Checkout x* False scratch", "Manifest  True datasets_dir", "Manifest  True datasets_pools",
                "User  True scratch", "User  True project", "User  True lock_stale_age",
            },
            storage.Rules.Select(rule => $"{rule.Layer} {rule.HostPattern} {rule.IsForThisHost} {rule.Name}").ToArray());
    }

    [TestMethod]
    public void The_report_ofACircle_saysSoAndGoesOn()
    {
        _folder.Write("project/.datamanifest/config.toml", "a = '$b'\nb = '$a'\ndatasets_dir = '$a'\n");
        var fields = Open().Fields;
        Assert.Contains("$a -> ", fields.Single(field => field.Name == "datasets_dir").Problem.Replace("a ->", "$a ->", StringComparison.Ordinal));
        Assert.IsEmpty(fields.Single(field => field.Name == "a").Values);
        Assert.AreEqual("", fields.Single(field => field.Name == "project").Problem);
    }

    private Task<bool> SetAsync(ConfigurationFile file, string name, string hostPattern, params string[] words) =>
        file.SetAsync(name, StorageField.Parse(name, words), hostPattern, TestContext.CancellationToken);

    private Task<string> ReadAsync(string relative) => File.ReadAllTextAsync(_folder[relative], TestContext.CancellationToken);

    private StorageConfiguration Open(string hostName = "login3", params (string Name, string Value)[] variables)
    {
        var host = HostEnvironment.Capture() with
        {
            Variables = variables.Append(("HOME", "/home/ada")).Append(("XDG_CONFIG_HOME", _folder["config"])).ToDictionary(variable => variable.Item1, variable => variable.Item2),
            HostName = hostName,
            Platform = HostPlatform.Linux,
            WorkingDirectory = _folder.Path,
        };
        return new StorageConfiguration(_folder["project"], ManifestDocument.Parse(File.ReadAllBytes(Manifest), Manifest).Storage, host);
    }
}
