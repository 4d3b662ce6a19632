using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

[TestClass]
public sealed class GitFetchTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("", "new")]
    [DataRow("branch = \"old\"", "old")]
    public async Task FetchAsync_clones_one_commit_of_the_branch(string line, string expected)
    {
        using var git = await GitDaemon.StartAsync(_scene.Folder, TestContext.CancellationToken);
        var report = await _scene.FetchAsync($"[x]\nuri = \"{git.Url}\"\nskip_checksum = true\n{line}\n", null, TestContext.CancellationToken);
        var result = report.Results.Single();
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(expected, File.ReadAllText(Path.Combine(result.Path, "a.txt")));
        Assert.IsTrue(File.Exists(Path.Combine(result.Path, ".complete")));
        Assert.IsTrue(File.Exists(Path.Combine(result.Path, ".git", "shallow")) || expected == "old", "only one commit is cloned");
        Assert.IsEmpty(report.Warnings);
    }

    [TestMethod]
    public async Task FetchAsync_clones_over_ssh()
    {
        using var git = await GitDaemon.StartAsync(_scene.Folder, TestContext.CancellationToken);
        using var server = await SshServer.StartAsync(_scene.Folder, TestContext.CancellationToken);
        var uri = $"ssh+git://{Environment.UserName}@127.0.0.1:{server.Port}{_scene.Folder["served/data.git"]}";
        _scene.Folder.Write("project/datasets.toml", $"[x]\nkey = \"x\"\nuri = \"{uri}\"\nskip_checksum = true\n");
        using var process = await FetchProcess.StartAsync(_scene, TestContext.CancellationToken, ("GIT_SSH_COMMAND", server.Shell));
        var (exitCode, output) = await process.EndAsync(TestContext.CancellationToken);
        Assert.AreEqual(0, exitCode, output);
        Assert.AreEqual("new", File.ReadAllText(Path.Combine(_scene.Store, "x", "a.txt")));
    }

    [TestMethod]
    public async Task PinAsync_does_not_pin_a_clone_and_the_fetch_says_why()
    {
        using var git = await GitDaemon.StartAsync(_scene.Folder, TestContext.CancellationToken);
        var manifest = $"[x]\nuri = \"{git.Url}\"\n";
        var database = _scene.Open(manifest);
        var report = await database.FetchAsync(null, null, TestContext.CancellationToken);
        Assert.AreEqual(DiagnosticRules.CloneNotPinned, report.Warnings.Single().Rule);
        Assert.AreEqual(2, report.Warnings[0].Position.Line);
        Assert.IsEmpty(await database.PinAsync(report, null, TestContext.CancellationToken));
        Assert.IsEmpty(await database.PinAsync(await database.FetchAsync(null, null, TestContext.CancellationToken), null, TestContext.CancellationToken));
        Assert.AreEqual(manifest, File.ReadAllText(_scene.ManifestPath));
    }

    [TestMethod]
    public async Task FetchAsync_of_a_clone_with_another_checksum_stores_nothing()
    {
        using var git = await GitDaemon.StartAsync(_scene.Folder, TestContext.CancellationToken);
        var report = await _scene.FetchAsync($"[x]\nkey = \"x\"\nuri = \"{git.Url}\"\nchecksum = \"{FetchScene.Sha256("new")}\"\n", null, TestContext.CancellationToken);
        Assert.AreEqual(DiagnosticRules.ChecksumMismatch, report.Results.Single().Error?.Rule);
        Assert.IsFalse(Path.Exists(Path.Combine(_scene.Store, "x")));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task FetchAsync_of_a_repository_without_files_stores_nothing(bool isEmpty)
    {
        using var git = await GitDaemon.StartAsync(_scene.Folder, TestContext.CancellationToken);
        if (isEmpty)
        {
            Directory.Delete(_scene.Folder["served/data.git"], recursive: true);
            GitDaemon.Git(_scene.Folder["served"], "init", "-q", "--bare", "data.git");
        }
        else
        {
            _scene.Folder.Write("served/data.git/HEAD", "ref: refs/heads/gone\n");
        }

        var result = (await _scene.FetchAsync($"[x]\nkey = \"x\"\nuri = \"{git.Url}\"\nskip_checksum = true\n", null, TestContext.CancellationToken)).Results.Single();
        Assert.AreEqual(DiagnosticRules.CommandMadeNothing, result.Error?.Rule, result.Error?.ToString());
        Assert.IsFalse(Path.Exists(Path.Combine(_scene.Store, "x")));
    }

    [TestMethod]
    public async Task FetchAsync_leaves_submodules_alone()
    {
        using var git = await GitDaemon.StartAsync(_scene.Folder, TestContext.CancellationToken);
        _scene.Folder.Write("work/.gitmodules", $"[submodule \"sub\"]\n\tpath = sub\n\turl = {git.Url}\n\tupdate = !touch {_scene.Folder["owned"]}\n");
        GitDaemon.Git(_scene.Folder["work"], "add", ".gitmodules");
        GitDaemon.Git(_scene.Folder["work"], "update-index", "--add", "--cacheinfo", "160000,1234567890123456789012345678901234567890,sub");
        GitDaemon.Git(_scene.Folder["work"], "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "sub");
        GitDaemon.Git(_scene.Folder["work"], "push", "-q", _scene.Folder["served/data.git"], "main");
        var result = (await _scene.FetchAsync($"[x]\nuri = \"{git.Url}\"\nskip_checksum = true\n", null, TestContext.CancellationToken)).Results.Single();
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.IsTrue(File.Exists(Path.Combine(result.Path, ".gitmodules")));
        Assert.IsEmpty(Directory.GetFileSystemEntries(Path.Combine(result.Path, "sub")));
        Assert.IsFalse(File.Exists(_scene.Folder["owned"]));
    }

    [TestMethod]
    [DataRow("git://me:secret@127.0.0.1:1/x.git", "")]
    [DataRow("https://me:secret@127.0.0.1:1/x.git", "")]
    [DataRow("git@-oProxyCommand=touch owned:x.git", "")]
    [DataRow("git://127.0.0.1:1/x.git", "branch = \"--upload-pack=touch owned\"")]
    public async Task FetchAsync_of_a_repository_that_cannot_be_cloned_fails_without_secrets_and_questions(string uri, string line)
    {
        var report = await _scene.FetchAsync($"[x]\nkey = \"x\"\nuri = \"{uri}\"\n{line}\n", null, TestContext.CancellationToken);
        var error = report.Results.Single().Error;
        Assert.AreEqual(DiagnosticRules.CommandFailed, error?.Rule, error?.ToString());
        Assert.DoesNotContain("secret", error!.ToString());
        Assert.IsFalse(File.Exists(_scene.Folder["project/owned"]));
        Assert.IsFalse(Path.Exists(Path.Combine(_scene.Store, "x")));
    }
}
