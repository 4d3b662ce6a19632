using System.Diagnostics;
using DataManifest.Diagnostics;

namespace DataManifest.Fetching;

[TestClass]
public sealed class ShellFetchTests : IDisposable
{
    private readonly FetchScene _scene = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task FetchAsync_runs_the_command_in_the_project_and_stores_the_file_that_it_makes()
    {
        _scene.Folder.Write("project/input.txt", "made");
        var result = await SingleAsync($"[x]\nkey = \"k/x.txt\"\nshell = \"cp input.txt $download_path\"\nchecksum = \"{FetchScene.Sha256("made")}\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("made", File.ReadAllText(Path.Combine(_scene.Store, "k/x.txt")));
        Assert.IsTrue(File.Exists(Path.Combine(_scene.Store, "k/x.txt.complete")));
        Assert.AreEqual(4, result.Bytes);
    }

    [TestMethod]
    public async Task FetchAsync_runs_the_command_in_the_projects_folder_with_this_process_environment_and_nobody_to_ask()
    {
        _scene.Folder.Write("project/tool.sh", "pwd > \"$1\"; printenv PATH >> \"$1\"; read answer || echo nobody >> \"$1\"; echo \"$2\" >> \"$1\"\n");
        var result = await SingleAsync("[x]\nkey = \"k/x y.txt\"\nversion = \"it's $key \\\"2\\\"\"\nshell = \"sh ./tool.sh $download_path '$version'\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        CollectionAssert.AreEqual(
            new[] { Path.GetFullPath(_scene.Folder["project"]), Environment.GetEnvironmentVariable("PATH"), "nobody", "it's $key \"2\"" }, File.ReadAllLines(result.Path));
    }

    [TestMethod]
    public async Task FetchAsync_prefers_the_command_to_the_uri_and_gives_it_the_uri()
    {
        var result = await SingleAsync($"[x]\nuri = \"{_scene.Server.Url("/a.csv")}\"\nshell = \"sh -c 'printf %s $uri > $download_path'\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(_scene.Server.Url("/a.csv"), File.ReadAllText(result.Path));
        Assert.IsEmpty(_scene.Server.Requests);
    }

    [TestMethod]
    public async Task FetchAsync_stores_a_folder_under_its_name_when_there_is_no_key()
    {
        var result = await SingleAsync($"[grid]\nshell = \"sh -c 'mkdir -p $download_path/b; printf 2 > $download_path/b/c; printf 1 > $download_path/a'\"\nchecksum = \"{FetchScene.Sha256("12")}\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual(Path.Combine(_scene.Store, "grid"), result.Path);
        Assert.AreEqual("2", File.ReadAllText(Path.Combine(result.Path, "b", "c")));
    }

    [TestMethod]
    public async Task FetchAsync_unpacks_the_archive_that_a_command_makes()
    {
        _scene.Folder.Write("project/in/a.txt", "1");
        var result = await SingleAsync("[x]\nkey = \"x.tar.gz\"\nextract = true\nshell = \"tar -czf $download_path -C in a.txt\"\n");
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("1", File.ReadAllText(Path.Combine(result.Path, "a.txt")));
    }

    [TestMethod]
    public async Task FetchAsync_gives_the_command_the_places_of_what_it_requires()
    {
        _scene.Folder.Write("pool/dep a/x.txt", "pooled");
        _scene.Folder.Write("pool/dep a/x.txt.complete", "");
        _scene.Server.Serve("/b.txt", "b");
        var manifest = $"""
            [_STORAGE]
            datasets_pools = ["{_scene.Folder["pool"]}"]
            [a]
            uri = "https://unreachable.invalid/x.txt"
            key = "dep a/x.txt"
            [b]
            uri = "{_scene.Server.Url("/b.txt")}"
            requires = ["a"]
            [c]
            key = "c.txt"
            requires = ["b", "a"]
            shell = "sh -c 'printf \"%s|\" \"$@\" > $download_path' - $path_a $path_b $path_1 $path_2 $requires_paths"
            """;
        var report = await _scene.FetchAsync(manifest, new FetchRequest { Names = ["c"] }, TestContext.CancellationToken);
        Assert.IsFalse(report.HasFailures, string.Join('\n', report.Results.Select(result => result.Error?.ToString())));
        var (a, b) = (_scene.Folder["pool/dep a/x.txt"], _scene.Stored("/b.txt"));
        Assert.AreEqual($"{a}|{b}|{a}|{b}|{a}|{b}|", File.ReadAllText(report.Results[2].Path));
    }

    [TestMethod]
    [DataRow("sh -c 'echo made; echo spoilt https://me:secret@example.org/x >&2; exit 3'", "DM0415", "exit code 3")]
    [DataRow("true", "DM0416", "left no file")]
    [DataRow("ln -s input.txt $download_path", "DM0416", "left no file")]
    [DataRow("no-such-program-at-all $download_path", "DM0414", "no-such-program-at-all")]
    [DataRow("sh -c 'echo wrong > $download_path'", "DM0501", "checksum")]
    public async Task FetchAsync_of_a_command_that_does_not_make_the_data_stores_nothing(string command, string code, string reason)
    {
        var result = await SingleAsync($"[x]\nkey = \"x.txt\"\nshell = \"{command}\"\nchecksum = \"{FetchScene.Sha256("made")}\"\n");
        Assert.AreEqual(code, result.Error?.Code, result.Error?.ToString());
        StringAssert.Contains(result.Error!.Message, reason);
        Assert.DoesNotContain("secret", result.Error.ToString());
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.StartsWith("x.txt", StringComparison.Ordinal) && !entry.EndsWith(".lock", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task FetchAsync_passes_every_line_of_output_on_without_secrets()
    {
        await SingleAsync("[x]\nkey = \"x.txt\"\nshell = \"sh -c 'for i in 1 2 3; do echo line $i; done; echo https://me:secret@example.org/ >&2; echo > $download_path'\"\n");
        var lines = _scene.Progress.Select(progress => progress.Output).Where(line => line.Length > 0).Order(StringComparer.Ordinal).ToArray();
        CollectionAssert.AreEqual(new[] { "https://example.org/", "line 1", "line 2", "line 3" }, lines);
    }

    [TestMethod]
    public async Task FetchAsync_leaves_the_secrets_of_the_uri_out_of_what_the_command_prints_in_other_forms()
    {
        var result = await SingleAsync("[x]\nkey = \"x.txt\"\nuri = \"https://me:pass%2Fword@h.example/x?token=0123456789&code=42\"\nshell = \"sh -c 'echo $uri pass/word; echo token 0123456789, 42; exit 1'\"\n");
        Assert.AreEqual(DiagnosticRules.CommandFailed, result.Error?.Rule);
        foreach (var said in _scene.Progress.Select(progress => progress.Output).Append(result.Error!.Message))
        {
            Assert.DoesNotContain("0123456789", said);
            Assert.DoesNotContain("pass", said);
        }

        Assert.Contains("token ***, 42", result.Error!.Message);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task FetchAsync_stores_what_a_command_left_read_only_and_clears_away_what_it_left_when_it_failed()
    {
        const string make = "mkdir -p $download_path/s; echo a > $download_path/a; echo b > $download_path/s/b; chmod 0555 $download_path $download_path/s";
        _scene.Folder.Write("project/datasets.toml", $"[good]\nkey = \"good\"\nshell = \"sh -c '{make}'\"\n[bad]\nkey = \"bad\"\nshell = \"sh -c '{make}; exit 1'\"\n");
        OtherAccount.Open(_scene.Folder["project"]);
        OtherAccount.Open(_scene.Store);
        var said = await OtherAccount.WriterAsync(_scene.Folder, TestContext.CancellationToken, "fetch", _scene.ManifestPath, _scene.Store);
        Assert.Contains("Fetched", said);
        Assert.Contains("exit code 1", said);
        CollectionAssert.AreEquivalent(new[] { "good", "good/.complete", "good/a", "good/s", "good/s/b" }, _scene.StoreEntries().ToArray());
        Assert.AreEqual("", await OtherAccount.WriterAsync(_scene.Folder, TestContext.CancellationToken, "delete", _scene.ManifestPath, _scene.Store) is "begin\n" ? "" : "failed");
        Assert.IsEmpty(_scene.StoreEntries());
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task FetchAsync_of_a_name_that_is_no_UTF8_says_so()
    {
        _scene.Folder.Write("project/make.sh", "mkdir \"$1\"\necho > \"$1/$(printf 'a\\377')\"\n");
        var result = await SingleAsync("[x]\nkey = \"x\"\nshell = \"sh make.sh $download_path\"\n");
        Assert.AreEqual(DiagnosticRules.ContentUnreadable, result.Error?.Rule, result.Error?.ToString());
        Assert.Contains("is no UTF-8", result.Error!.Message);
        Assert.IsEmpty(Directory.GetFileSystemEntries(_scene.Store), "nothing stays of it");
    }

    [TestMethod]
    public async Task FetchAsync_ends_a_command_that_takes_too_long_with_all_that_it_started()
    {
        var report = await _scene.FetchAsync(Sleeping(), new FetchRequest { CommandTimeout = TimeSpan.FromSeconds(0.7) }, TestContext.CancellationToken);
        Assert.AreEqual(DiagnosticRules.CommandTooSlow, report.Results[0].Error?.Rule, report.Results[0].Error?.ToString());
        await AssertEndedAsync();
    }

    [TestMethod]
    public async Task FetchAsync_that_is_cancelled_ends_the_command_within_two_seconds()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        var fetch = _scene.FetchAsync(Sleeping(), null, stop.Token);
        while (!File.Exists(_scene.Folder["project/pid"]))
        {
            await Task.Delay(20, TestContext.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => fetch);
        Assert.IsLessThan(2.0, watch.Elapsed.TotalSeconds);
        await AssertEndedAsync();
    }

    private static string Sleeping() => "[x]\nkey = \"x.txt\"\nshell = \"sh -c 'sleep 60 & echo $! > pid.new; mv pid.new pid; wait'\"\n";

    private async Task AssertEndedAsync()
    {
        var id = int.Parse(File.ReadAllText(_scene.Folder["project/pid"]), System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < 40 && IsRunning(id); i++)
        {
            await Task.Delay(50, TestContext.CancellationToken);
        }

        Assert.IsFalse(IsRunning(id), "the command's own child still runs");
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.EndsWith(".tmp", StringComparison.Ordinal)));
    }

    /// <summary>A dead process whose parent has not asked for its end yet is a zombie.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !(File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is ArgumentException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<FetchResult> SingleAsync(string manifest) =>
        (await _scene.FetchAsync(manifest, null, TestContext.CancellationToken)).Results.Single();
}
