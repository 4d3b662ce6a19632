using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

[TestClass]
public sealed class RsyncFetchTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("ssh")]
    [DataRow("sshfs")]
    [DataRow("rsync")]
    [DataRow("file")]
    public async Task FetchAsync_copies_a_file_from_another_host(string scheme)
    {
        using var server = await StartAsync();
        _scene.Folder.Write("remote/a $b.txt", "far");
        var result = await SingleAsync($"[x]\nkey = \"k/x.txt\"\nuri = \"{Uri(server, scheme)}/a $b.txt\"\nchecksum = \"{FetchScene.Sha256("far")}\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("far", File.ReadAllText(Path.Combine(_scene.Store, "k/x.txt")));
        Assert.IsEmpty(Leftovers());
    }

    [TestMethod]
    public async Task FetchAsync_copies_a_folder_and_leaves_a_sibling_of_the_source_name_alone()
    {
        using var server = await StartAsync();
        _scene.Folder.Write("remote/grid/b/c", "2");
        _scene.Folder.Write("remote/grid/a", "1");
        _scene.Folder.Write("store/k/grid", "somebody's");
        var result = await SingleAsync($"[x]\nkey = \"k/x\"\nuri = \"{Uri(server, "ssh")}/grid/\"\nchecksum = \"{FetchScene.Sha256("12")}\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("2", File.ReadAllText(Path.Combine(result.Path, "b", "c")));
        Assert.AreEqual("somebody's", File.ReadAllText(Path.Combine(_scene.Store, "k/grid")));
        Assert.IsEmpty(Leftovers());
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [DataRow("it's.txt")]
    [DataRow("a;touch owned.txt")]
    [DataRow("$(touch owned).txt")]
    [DataRow("-rf")]
    public async Task FetchAsync_takes_names_as_they_are_and_gives_a_copy_nobody_elses_rights(string name)
    {
        using var server = await StartAsync();
        File.SetUnixFileMode(_scene.Folder.Write("remote/" + name, "far"), UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var result = await SingleAsync($"[x]\nkey = \"x\"\nuri = \"{Uri(server, "ssh")}/{name}\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("far", File.ReadAllText(result.Path));
        Assert.AreEqual((UnixFileMode)0, File.GetUnixFileMode(result.Path) & (UnixFileMode.SetUser | UnixFileMode.SetGroup));
        Assert.IsFalse(Directory.EnumerateFiles(_scene.Folder.Path, "owned*", SearchOption.AllDirectories).Any());
    }

    [TestMethod]
    public async Task FetchAsync_of_a_missing_remote_file_says_what_rsync_said_and_stores_nothing()
    {
        using var server = await StartAsync();
        var result = await SingleAsync($"[x]\nkey = \"x\"\nuri = \"{Uri(server, "ssh").Replace("@", ":secret@", StringComparison.Ordinal)}/none\"\n");
        Assert.AreEqual(DiagnosticRules.CommandFailed, result.Error?.Rule, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, "No such file");
        Assert.DoesNotContain("secret", result.Error.ToString());
        Assert.IsFalse(Path.Exists(Path.Combine(_scene.Store, "x")));
        Assert.IsEmpty(Leftovers());
    }

    [TestMethod]
    [DataRow("ssh")]
    [DataRow("sshfs")]
    [DataRow("file")]
    public async Task FetchAsync_of_an_address_of_this_machine_copies_without_a_program(string scheme)
    {
        _scene.Variables["RSYNC_RSH"] = "false";
        _scene.Folder.Write("remote/a.txt", "near");
        var result = await SingleAsync($"[x]\nkey = \"x\"\nuri = \"{scheme}://{System.Net.Dns.GetHostName()}{_scene.Folder["remote"]}/a.txt\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("near", File.ReadAllText(result.Path));
    }

    private async Task<SshServer> StartAsync()
    {
        Directory.CreateDirectory(_scene.Folder["remote"]);
        var server = await SshServer.StartAsync(_scene.Folder, TestContext.CancellationToken);
        _scene.Variables["RSYNC_RSH"] = server.Shell;
        return server;
    }

    private string Uri(SshServer server, string scheme) => $"{scheme}://{Environment.UserName}@127.0.0.1:{server.Port}{_scene.Folder["remote"]}";

    private IEnumerable<string> Leftovers() => _scene.StoreEntries().Where(entry => entry.Contains(".part", StringComparison.Ordinal) || entry.EndsWith(".tmp", StringComparison.Ordinal));

    private async Task<FetchResult> SingleAsync(string manifest) =>
        (await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).Results.Single();
}
