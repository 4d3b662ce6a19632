using DataManifest.Manifest;

namespace DataManifest.Storage;

/// <summary>Names in paths that stand for nothing: they stay, as in the reference, and somebody is told.</summary>
[TestClass]
public sealed class UnknownSymbolTests
{
    private const string Manifest = "/wrk/study/datasets.toml";
    private const string UserFile = "/home/ada/.config/datamanifest/config.toml";

    [TestMethod]
    [DataRow("", "datasets_dir = '$scrach/d'", UserFile, 2, "did you mean $scratch?", DisplayName = "in a config file")]
    [DataRow("_STORAGE = { datasets_dir = '$scrach/d' }", "", Manifest, 1, "did you mean $scratch?", DisplayName = "in the manifest")]
    [DataRow("_STORAGE = { work = '${scrach}/w', datasets_dir = '$work/d' }", "", Manifest, 1, "leads to $scrach", DisplayName = "by way of a symbol")]
    [DataRow("[_STORAGE._HOST.'*']\ndatasets_dir = '$scrach/d'", "", Manifest, 2, "did you mean $scratch?", DisplayName = "for some machines")]
    [DataRow("_STORAGE = { datacache_dir = '$elsewhere/d' }", "", Manifest, 1, "There are $key, ", DisplayName = "near to none")]
    [DataRow("[x]\nuri = 'https://example.org/x'\nstorage_path = '$scrach/$key'\n[y]\nuri = 'https://example.org/y'\nstorage_path = '$scrach/$key'", "", Manifest, 3, "The storage_path of dataset 'x'", DisplayName = "of several datasets, told once")]
    public void Name_in_a_path_that_is_neither_symbol_nor_variable_is_a_warning_at_its_place(string manifest, string user, string file, int line, string message)
    {
        var database = Open(manifest, user);
        var found = database.CheckStorage().Single();
        Assert.AreEqual(("DM0311", file, line), (found.Rule.Code, found.File, found.Position.Line));
        Assert.Contains(message, found.Message);
    }

    [TestMethod]
    public void Folder_keeps_the_name_as_it_is_written()
    {
        var database = Open("_STORAGE = { datasets_dir = '$scrach/d' }", "");
        Assert.AreEqual("/wrk/study/$scrach/d", database.Locator.Storage.DatasetsDirectory);
    }

    [TestMethod]
    public void Variable_of_the_environment_with_such_a_name_is_named()
    {
        var found = Open("", "", new() { ["DATAMANIFEST_DATASETS_DIR"] = "$scrach/d" }).CheckStorage().Single();
        Assert.AreEqual("", found.File);
        Assert.StartsWith("The variable DATAMANIFEST_DATASETS_DIR leads to $scrach,", found.Message);
    }

    [TestMethod]
    [DataRow("_STORAGE = { datasets_dir = '$scratch/$project/$SET', datacache_dir = '$repo/$user_cache_dir' }", "", DisplayName = "what there is")]
    [DataRow("[x]\nuri = 'https://example.org/x'\nstorage_path = '$datasets_dir/${key}'", "", DisplayName = "the key")]
    [DataRow("", "datasets_pools = ['$elsewhere/d']", DisplayName = "a pool that only other machines have")]
    [DataRow("_STORAGE = { datasets_dir = '$datasets_dir' }", "", DisplayName = "a circle, which is an error of its own")]
    public void Nothing_is_told_of(string manifest, string user) => Assert.IsEmpty(Open(manifest, user).CheckStorage());

    private static Database Open(string manifest, string user, Dictionary<string, string>? variables = null)
    {
        var host = Hosts.Create(new(variables ?? []) { ["HOME"] = "/home/ada", ["SET"] = "set" }, files: (UserFile, "scratch = '/scratch/ada'\n" + user));
        return new Database(ManifestDocument.Parse(manifest, Manifest), new() { Host = host });
    }
}
