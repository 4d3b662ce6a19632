using DataManifest.Toml;

namespace DataManifest.Storage;

[TestClass]
public sealed class StorageConfigurationTests
{
    private const string Root = "/wrk/study";

    [TestMethod]
    [DataRow(HostPlatform.Linux, "/home/ada/.local/share", "/home/ada/.cache")]
    [DataRow(HostPlatform.MacOS, "/home/ada/Library/Application Support", "/home/ada/Library/Caches")]
    [DataRow(HostPlatform.Windows, @"C:\Users\ada\AppData\Local", @"C:\Users\ada\AppData\Local")]
    public void Folders_are_those_of_the_platform(HostPlatform platform, string data, string cache)
    {
        var storage = new StorageConfiguration("", null, Hosts.Create(new() { ["HOME"] = "/home/ada", ["LOCALAPPDATA"] = @"C:\Users\ada\AppData\Local" }, platform));
        Assert.AreEqual($"{data}/datamanifest/shared/datasets", storage.DatasetsDirectory);
        Assert.AreEqual($"{cache}/datamanifest/projects/share/cached", storage.DatacacheDirectory);
    }

    [TestMethod]
    [DataRow("XDG_DATA_HOME=/x/d;XDG_CACHE_HOME=/x/c", "/x/d", "/x/c")]
    [DataRow("XDG_DATA_HOME= ;XDG_CACHE_HOME=", "/home/ada/.local/share", "/home/ada/.cache", DisplayName = "blank ones count as unset")]
    [DataRow("XDG_DATA_HOME=~/d", "~/d", "/home/ada/.cache", DisplayName = "no home in them")]
    [DataRow("HOME=/home/ada/", "/home/ada/.local/share", "/home/ada/.cache")]
    [DataRow("HOME=/", "/.local/share", "/.cache", DisplayName = "the root as home")]
    [DataRow("HOME=/nowhere", "/nowhere/.local/share", "/nowhere/.cache", DisplayName = "a home that does not exist")]
    public void Folders_on_Linux_follow_the_XDG_variables(string variables, string data, string cache)
    {
        var set = variables.Split(';').Select(variable => variable.Split('=')).Prepend(["HOME", "/home/ada"]).GroupBy(pair => pair[0]).ToDictionary(pairs => pairs.Key, pairs => pairs.Last()[1]);
        var storage = new StorageConfiguration("/", Storage("d = '$user_data_dir'\nc = '$user_cache_dir'"), Hosts.Create(set));
        Assert.AreEqual((data, cache), (storage.Fields.Single(field => field.Name == "d").Values[0], storage.Fields.Single(field => field.Name == "c").Values[0]));
    }

    [TestMethod]
    [DataRow("~", "/")]
    [DataRow("~/x", "/x")]
    public void Home_that_is_the_root_is_one_slash(string expression, string path) =>
        Assert.AreEqual(path, new StorageConfiguration(Root, null, Hosts.Create(new() { ["HOME"] = "/" })).Expand(expression));

    [TestMethod]
    [DataRow("7", 7)]
    [DataRow("0.5", 0.5)]
    [DataRow("'1_0'", 10)]
    [DataRow("' 1e2 '", 100)]
    [DataRow("true", 1)]
    [DataRow("'_1'", 30)]
    [DataRow("0", 30)]
    [DataRow("'x'", 30)]
    [DataRow("[1]", 8, DisplayName = "a list is no value: the next rung counts")]
    [DataRow("1979-05-27", 8, DisplayName = "nor is a date")]
    public void LockStaleAge_is_the_first_scalar_if_it_is_positive(string written, double seconds)
    {
        var storage = new StorageConfiguration(
            Root, Storage("lock_stale_age = " + written), Hosts.Create(files: ("/home/ada/.config/datamanifest/config.toml", "lock_stale_age = 8")));
        Assert.AreEqual(seconds, storage.LockStaleAge.TotalSeconds);
    }

    [TestMethod]
    public void DefaultRemote_is_the_first_text_as_written()
    {
        var user = ("/home/ada/.config/datamanifest/config.toml", "default_remote = '$scratch:/x'");
        Assert.AreEqual("$scratch:/x", new StorageConfiguration(Root, Storage("default_remote = 5"), Hosts.Create(files: user)).DefaultRemote);
        Assert.AreEqual("h:", new StorageConfiguration(Root, Storage("default_remote = 'h:'"), Hosts.Create(files: user)).DefaultRemote);
        Assert.AreEqual("", new StorageConfiguration(Root, null, Hosts.Create()).DefaultRemote);
    }

    [TestMethod]
    public void Home_on_Windows_is_the_profile_and_backslashes_end_it()
    {
        var host = Hosts.Create(new() { ["USERPROFILE"] = @"C:\Users\ada\" }, HostPlatform.Windows);
        Assert.AreEqual(@"C:\Users\ada\data", new StorageConfiguration(@"C:\p", Storage("datasets_dir = '~\\data'"), host).DatasetsDirectory);
        Assert.AreEqual(@"C:\Users\ada/.config/datamanifest/config.toml", new StorageConfiguration(@"C:\p", null, host).UserConfigurationFile);
    }

    [TestMethod]
    public void Home_of_another_account_is_looked_up_and_an_unknown_one_stays_as_written()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var root = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(account => account[2] == "0");
        var storage = new StorageConfiguration(Root, null, Hosts.Create());
        Assert.AreEqual($"{root[5]}/x", storage.Expand($"~{root[0]}/x"));
        Assert.AreEqual($"{Root}/~no-such-account/x", storage.Expand("~no-such-account/x"));
    }

    [TestMethod]
    public void An_unreadable_configuration_file_is_ignored_with_a_warning_that_names_the_place()
    {
        var storage = new StorageConfiguration(Root, null, Hosts.Create(files: ($"{Root}/.datamanifest/config.toml", "# mine\ndatasets_dir = = 1\n")));
        Assert.AreEqual("/home/ada/.local/share/datamanifest/shared/datasets", storage.DatasetsDirectory);
        var warning = storage.Diagnostics.Single();
        Assert.AreEqual(("DM0304", 2), (warning.Rule.Code, warning.Position.Line));
        Assert.StartsWith($"{Root}/.datamanifest/config.toml(2,", warning.Message);
    }

    [TestMethod]
    public void ConsultedVariables_has_what_decided_and_what_could_have()
    {
        var storage = new StorageConfiguration(
            Root, Storage("datasets_dir = \"$SCRATCH/d\""), Hosts.Create(new() { ["HOME"] = "/h", ["SCRATCH"] = "/s", ["DATAMANIFEST_DATACACHE_DIR"] = "", ["OTHER"] = "1" }));
        Assert.AreEqual("/s/d", storage.DatasetsDirectory);
        Assert.AreEqual("/h/.cache/datamanifest/projects/study/cached", storage.DatacacheDirectory);

        Assert.AreEqual("/s", storage.ConsultedVariables["SCRATCH"]);
        Assert.IsNull(storage.ConsultedVariables["DATAMANIFEST_DATASETS_DIR"]);
        Assert.IsNull(storage.ConsultedVariables["DATAMANIFEST_DATACACHE_DIR"]);
        Assert.IsFalse(storage.ConsultedVariables.ContainsKey("OTHER"));
    }

    [TestMethod]
    public void A_symbol_that_stands_for_itself_is_an_error_that_shows_the_circle()
    {
        var storage = new StorageConfiguration(Root, Storage("a = \"$b\"\nb = \"${a}\"\ndatasets_dir = \"$a\""), Hosts.Create());
        var e = Assert.ThrowsExactly<DataManifestException>(() => storage.DatasetsDirectory);
        Assert.AreEqual("DM0302", e.Code);
        Assert.Contains("datasets_dir -> a -> b -> a", e.Message);
    }

    [TestMethod]
    [DataRow("lo*3", true)]
    [DataRow("**", true)]
    [DataRow("l*g*n?", true)]
    [DataRow("login[!0-24-9]", true)]
    [DataRow("login[]3]", true)]
    [DataRow("login[3", false)]
    [DataRow("login", false)]
    [DataRow("login3?", false)]
    [DataRow("", false)]
    public void Host_patterns_match_whole_names(string pattern, bool isMatch) => Assert.AreEqual(isMatch, HostGlob.IsMatch(pattern, "login3", ignoreCase: false));

    [TestMethod]
    [Timeout(5000, CooperativeCancellation = true)]
    public void Host_patterns_take_no_exponential_time() =>
        Assert.IsFalse(HostGlob.IsMatch(string.Concat(Enumerable.Repeat("*a", 50)) + "b", new string('a', 5000), ignoreCase: false));

    private static TomlTable Storage(string toml) => TomlDocument.Parse(toml).Root;
}
