using System.Reflection;
using DataManifest.Storage;

namespace DataManifest;

[TestClass]
public sealed class DatabaseTests
{
    [TestMethod]
    public void Open_finds_the_manifest_upward_and_its_folder_is_the_root()
    {
        using var folder = new ScratchFolder();
        var manifest = folder.Write("datasets.toml", "[x]\nuri = \"https://h/x.csv\"\n");
        Directory.CreateDirectory(folder["a/b"]);
        var database = Database.Open(options: Options(folder["a/b"]));
        Assert.AreEqual(manifest, database.Manifest.Path);
        Assert.AreEqual(folder.Path, database.Locator.Storage.ProjectRoot);
    }

    [TestMethod]
    public void An_opened_database_keeps_the_configuration_of_its_opening()
    {
        using var folder = new ScratchFolder();
        var variable = $"DATAMANIFEST_TEST_{Guid.NewGuid():N}";
        folder.Write("datasets.toml", "[a]\nuri = \"https://h/a.csv\"\n[b]\nuri = \"https://h/b.csv\"\n[env]\nuri = \"https://h/c.csv\"\nstorage_path = \"$" + variable + "/$key\"\n");
        var config = folder.Write(".datamanifest/config.toml", "datasets_dir = \"one\"\n");
        Environment.SetEnvironmentVariable(variable, folder["first"]);
        try
        {
            var opened = Database.Open(folder["datasets.toml"]);
            Assert.AreEqual(folder["one/h/a.csv"], opened["a"].Location.Path);

            File.WriteAllText(config, "datasets_dir = \"two\"\n");
            Environment.SetEnvironmentVariable(variable, folder["second"]);

            Assert.AreEqual(folder["one/h/b.csv"], opened["b"].Location.Path);
            Assert.AreEqual(folder["first/h/c.csv"], opened["env"].Location.Path);
            Assert.AreEqual(folder["two/h/b.csv"], Database.Open(folder["datasets.toml"])["b"].Location.Path);
            Assert.AreEqual(folder["second/h/c.csv"], Database.Open(folder["datasets.toml"])["env"].Location.Path);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [TestMethod]
    public void Open_prefers_the_variable_and_then_the_family_names_in_their_order()
    {
        using var folder = new ScratchFolder();
        folder.Write("Datasets.toml", "");
        var second = folder.Write("datasets.toml", "");
        var other = folder.Write("other/my.toml", "");
        Assert.AreEqual(second, ManifestDiscovery.Find(folder.Path, new Dictionary<string, string> { ["DATAMANIFEST_TOML"] = "" }));
        var first = folder.Write("datamanifest.toml", "");
        Assert.AreEqual(first, ManifestDiscovery.FindUpward(folder.Path));
        Assert.AreEqual(other, ManifestDiscovery.Find(folder.Path, new Dictionary<string, string> { ["DATASETS_TOML"] = "other/my.toml" }));
        Assert.AreEqual(other, Database.Open(options: Options(folder.Path, ("DATAMANIFEST_TOML", other))).Manifest.Path);
    }

    [TestMethod]
    [DataRow("datasets.toml", "datasets.toml", "")]
    [DataRow("datasets.toml datamanifest.toml other.toml", "datamanifest.toml", "datasets.toml")]
    [DataRow("DataManifest.toml Datasets.toml datasets.toml", "DataManifest.toml", "datasets.toml Datasets.toml")]
    public void Manifests_that_are_passed_over_are_those_beside_the_one_that_is_found(string files, string found, string others)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("Needs a file system on which case counts.");
        }

        using var folder = new ScratchFolder();
        foreach (var file in files.Split(' '))
        {
            folder.Write(file, "");
        }

        Assert.AreEqual(folder[found], ManifestDiscovery.FindUpward(folder.Path));
        Assert.AreEqual(others, string.Join(' ', ManifestDiscovery.PassedOver(folder[found])));
    }

    [TestMethod]
    public void PassedOver_in_a_folder_that_cannot_be_listed_is_none()
    {
        using var folder = new ScratchFolder();
        Assert.IsEmpty(ManifestDiscovery.PassedOver(folder["gone/datasets.toml"]));
        folder.Write("shut/datasets.toml", "");
        folder.Write("shut/Datasets.toml", "");
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            return; // Nothing is shut to them.
        }

        File.SetUnixFileMode(folder["shut"], UnixFileMode.UserExecute);
        Assert.IsEmpty(ManifestDiscovery.PassedOver(folder["shut/datasets.toml"]));
        File.SetUnixFileMode(folder["shut"], UnixFileMode.UserExecute | UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [TestMethod]
    public void Open_without_a_manifest_or_with_a_broken_one_is_one_coded_error()
    {
        using var folder = new ScratchFolder();
        Assert.AreEqual("DM0305", Assert.ThrowsExactly<ManifestException>(() => Database.Open(folder["none.toml"], Options(folder.Path))).Code);

        var broken = folder.Write("datasets.toml", "[x]\nuri = = 1\n");
        var e = Assert.ThrowsExactly<ManifestException>(() => Database.Open(broken, Options(folder.Path)));
        Assert.AreEqual(("DM0101", 2), (e.Code, e.Diagnostic.Start.Line));
        Assert.StartsWith($"{broken}(2,", e.Message);
    }

    [TestMethod]
    public void Indexer_finds_by_name_and_alias_and_says_what_is_wrong_otherwise()
    {
        using var folder = new ScratchFolder();
        var database = Database.Open(
            folder.Write("datasets.toml", "[co2]\nuri = \"https://h/co2.csv\"\naliases = [\"carbon\"]\ndoi = \"10.1/x\"\n[b]\nuri = \"https://h/b.csv\"\ndoi = \"10.1/x\"\n"), Options(folder.Path));
        Assert.AreEqual("co2", database["carbon"].Name);
        Assert.AreSame(database.Datasets[0], database["co2"]);
        Assert.AreEqual("DM0221", Assert.ThrowsExactly<DataManifestException>(() => database["none"]).Code);
        Assert.AreEqual("DM0222", Assert.ThrowsExactly<DataManifestException>(() => database["10.1/x"]).Code);
    }

    [TestMethod]
    public void Dataset_shows_its_fields_and_reads_its_data()
    {
        using var folder = new ScratchFolder();
        var options = new DatabaseOptions { Host = DatasetLocatorTests.Host(folder) };
        var data = Database.Open(folder.Write("datasets.toml", "[x]\nuri = \"https://h/x.csv\"\nversion = \"2\"\ndoi = \"10.1/x\"\ndescription = \"d\"\n[f]\nuri = \"https://h/f\"\n"), options)["x"];
        Assert.AreEqual(("x", "h/x.csv#2", "2", "10.1/x", "d", "csv", "https://h/x.csv"), (data.Name, data.Key, data.Version, data.Doi, data.Description, data.Format, data.Uri));

        folder.Write("store/h/x.csv#2", "a,b");
        folder.Write("store/h/x.csv#2.complete", "");
        Assert.AreEqual("a,b", data.ReadAllText());
        using var stream = data.OpenRead();
        Assert.AreEqual(3, stream.Length);

        folder.Write("store/h/f/.complete", "");
        Assert.Contains("is the folder", Assert.ThrowsExactly<DataManifestException>(() => Database.Open(folder["datasets.toml"], options)["f"].ReadAllText()).Message);
    }

    [TestMethod]
    public void Path_of_missing_data_says_where_it_looked_and_how_to_get_them()
    {
        using var folder = new ScratchFolder();
        var data = Database.Open(folder.Write("datasets.toml", "[x]\nuri = \"https://user:secret@h/x.csv?token=secret\"\n"), new DatabaseOptions { Host = DatasetLocatorTests.Host(folder) })["x"];
        var e = Assert.ThrowsExactly<DatasetNotFoundException>(() => data.Path);
        Assert.AreEqual(("DM0301", "x"), (e.Code, e.DatasetName));
        Assert.AreEqual(folder["store/h/x.csv"], e.ProbedPaths[0]);
        foreach (var part in new[] { "'x'", folder["store/h/x.csv"], "dotnet build", "DATAMANIFEST_DATASETS_DIR" })
        {
            Assert.Contains(part, e.Message);
        }

        Assert.DoesNotContain("secret", e.ToString());
    }

    [TestMethod]
    public void Generated_datasets_read_their_declaration_at_the_first_use()
    {
        var data = new Generated(DatasetLocator.ForAssembly(Assembly.GetExecutingAssembly(), "datasets_dir = \"$repo/d\"\n"));
        Assert.AreEqual("h/x.csv", data.Key);
        Assert.EndsWith("d/h/x.csv", data.Location.Path.Replace('\\', '/'));
    }

    [TestMethod]
    public void Root_of_a_program_is_the_note_then_a_manifest_above_then_its_folder()
    {
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder["bin"]);
        Assert.AreEqual(folder["bin"], Root(folder["bin"] + Path.DirectorySeparatorChar));

        folder.Write("datasets.toml", "");
        Assert.AreEqual(folder.Path, Root(folder["bin"]));

        var manifest = folder.Write("project/datasets.toml", "");
        var second = folder.Write("second/datasets.toml", "");
        folder.Write("bin/App.datamanifest.toml", $"manifest = '{manifest}'\n");
        Assert.AreEqual(folder["project"], Root(folder["bin"]));
        folder.Write("bin/App.datamanifest.toml", $"manifest = ['{manifest}', '{second}']\n");
        Assert.AreEqual(folder["second"], Root(folder["bin"], 1));
        Assert.AreEqual(folder.Path, Root(folder["bin"], 2));
        folder.Write("bin/App.datamanifest.toml", $"manifest = '{manifest}'\nroot = '{folder["elsewhere"]}'\n");
        Assert.AreEqual(folder["elsewhere"], Root(folder["bin"]));

        File.Delete(manifest);
        Assert.AreEqual(folder.Path, Root(folder["bin"]));
        folder.Write("bin/App.datamanifest.toml", "not toml");
        Assert.AreEqual(folder.Path, Root(folder["bin"]));

        static string Root(string program, int which = 0) => ProgramRoot.Find(program, ProgramNote.Read(program, "App"), which);
    }

    [TestMethod]
    public void Folders_that_a_project_sets_count_less_than_the_variables_of_the_machine()
    {
        using var folder = new ScratchFolder();
        folder.Write("App.datamanifest.toml", "[storage]\ndatasets_dir = '/of/project'\ndatacache_dir = ''\n");
        var fields = ProgramNote.Read(folder.Path, "App").Storage;

        Assert.AreEqual("/of/project", Directory());
        Assert.AreEqual("/of/project", Directory(("DATAMANIFEST_DATASETS_DIR", "")));
        Assert.AreEqual("/of/user", Directory(("DATAMANIFEST_DATASETS_DIR", "/of/user")));

        string Directory(params (string Name, string Value)[] variables) =>
            new StorageConfiguration(folder.Path, null, Options(folder.Path, variables).Host!.WithStorage(fields)).DatasetsDirectory;
    }

    private static DatabaseOptions Options(string workingDirectory, params (string Name, string Value)[] variables) => new()
    {
        Host = Hosts.Create(variables.Prepend(("HOME", "/home/ada")).ToDictionary(variable => variable.Item1, variable => variable.Item2), workingDirectory: workingDirectory),
    };

    private sealed class Generated(DatasetLocator locator) : Dataset(locator, "x", "uri = \"https://h/x.csv\"\n");
}
