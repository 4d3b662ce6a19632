using System.Diagnostics;
using System.Security.Cryptography;
using DataManifest.Storage;

namespace DataManifest.Fetching;

/// <summary>Locks, and what lies in their place, that nobody will ever release.</summary>
[TestClass]
public sealed class LockFaultTests : IDisposable
{
    private static readonly TimeSpan StaleAge = TimeSpan.FromSeconds(1);

    private readonly FetchScene _scene = new();

    public LockFaultTests() => _scene.Variables["DATAMANIFEST_LOCK_STALE_AGE"] = "1";

    public required TestContext TestContext { get; init; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("")]
    [DataRow("garbage of three words")]
    [DataRow("999999999999 elsewhere")]
    [DataRow("-1 elsewhere")]
    [DataRow("{ \"pid\": 1 }")]
    public async Task A_lock_that_names_no_process_is_taken_after_one_age(string content)
    {
        _scene.Folder.Write("store/127.0.0.1/a.csv.lock", content);
        var watch = Stopwatch.StartNew();
        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync()).Outcome);
        Assert.IsGreaterThanOrEqualTo(StaleAge * 0.9, watch.Elapsed);
        Assert.IsLessThan(StaleAge * 5, watch.Elapsed, "the wait for a holder on another machine");
        Assert.Contains("took over from an unnamed process, which is gone", _scene.Progress.Select(progress => progress.Output));
        AssertOnlyTheData();
    }

    [TestMethod]
    public async Task A_lock_whose_holders_clock_is_ahead_is_taken_when_nobody_touches_it()
    {
        _scene.Variables["DATAMANIFEST_LOCK_STALE_AGE"] = "0.2";
        File.SetLastWriteTimeUtc(_scene.Folder.Write("store/127.0.0.1/a.csv.lock", "1 elsewhere"), DateTime.UtcNow.AddHours(1));
        var watch = Stopwatch.StartNew();
        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync()).Outcome);
        Assert.IsGreaterThanOrEqualTo(TimeSpan.FromSeconds(1), watch.Elapsed);
        AssertOnlyTheData();
    }

    [TestMethod]
    public async Task A_lock_whose_holders_clock_is_ahead_is_waited_for_while_it_is_touched()
    {
        _scene.Variables["DATAMANIFEST_LOCK_STALE_AGE"] = "0.4";
        var path = _scene.Folder.Write("store/127.0.0.1/a.csv.lock", "1 elsewhere");
        var fetch = FetchAsync();
        for (var i = 0; i < 26; i++)
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(1));
            await Task.Delay(100, Cancellation);
            Assert.IsFalse(fetch.IsCompleted);
        }

        File.Delete(path);
        Assert.AreEqual(FetchOutcome.Fetched, (await fetch).Outcome);
    }

    [TestMethod]
    [DataRow("garbage", "an unnamed process")]
    [DataRow("1 \u001b[2Jelse\nwhere", "process 1 on  [2Jelse where")]
    public async Task A_lock_that_says_nothing_or_too_much_is_waited_for_with_a_message_on_one_line(string content, string shown)
    {
        _scene.Variables["DATAMANIFEST_LOCK_STALE_AGE"] = "30";
        var path = _scene.Folder.Write("store/127.0.0.1/a.csv.lock", content);
        var fetch = FetchAsync();
        while (!_scene.Progress.Any(progress => progress.Phase == FetchPhase.Waiting))
        {
            await Task.Delay(20, Cancellation);
        }

        File.Delete(path);
        Assert.AreEqual(FetchOutcome.Fetched, (await fetch).Outcome);
        Assert.AreEqual(shown, _scene.Progress.First(progress => progress.Phase == FetchPhase.Waiting).Source);
    }

    [TestMethod]
    public async Task Two_datasets_with_the_same_data_are_one_download_and_no_word_of_waiting()
    {
        _scene.Server.Serve("/same.csv", new byte[40_000], new ServeOptions { ChunkSize = 10_000, ChunkDelay = TimeSpan.FromMilliseconds(100) });
        var url = _scene.Server.Url("/same.csv");
        var report = await _scene.FetchAsync($"[a]\nuri = \"{url}\"\n[b]\nuri = \"{url}\"\n", cancellationToken: Cancellation);
        Assert.IsTrue(report.Results.All(result => result.Error is null));
        Assert.AreEqual(1, _scene.Server.Count("/same.csv"));
        Assert.DoesNotContain(FetchPhase.Waiting, _scene.Progress.Select(progress => progress.Phase));
    }

    [TestMethod]
    [DataRow("folder")]
    [DataRow("link")]
    public async Task What_is_no_lock_and_has_its_name_is_told_of_at_once(string kind)
    {
        Directory.CreateDirectory(_scene.Stored(""));
        _ = kind == "folder" ? Directory.CreateDirectory(_scene.Stored("/a.csv.lock")) : File.CreateSymbolicLink(_scene.Stored("/a.csv.lock"), "/nowhere");
        await FailsAsync($"because a {kind} has this name");
    }

    [TestMethod]
    public async Task A_record_that_cannot_be_locked_is_a_warning_at_once()
    {
        Directory.CreateDirectory(_scene.Folder["project/.datamanifest/state.toml.lock"]);
        _scene.Server.Serve("/a.csv", "data");
        var watch = Stopwatch.StartNew();
        var report = await _scene.FetchAsync(Manifest("/a.csv"), null, Cancellation);
        Assert.AreEqual(FetchOutcome.Fetched, report.Results.Single().Outcome);
        StringAssert.Contains(report.Warnings.Single().Message, "because a folder has this name");
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public async Task Another_projects_dataset_that_has_the_locks_name_stays()
    {
        _scene.Server.Serve("/a.csv.lock", "what a package manager writes");
        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync("/a.csv.lock")).Outcome);
        File.SetLastWriteTimeUtc(_scene.Stored("/a.csv.lock"), DateTime.UtcNow.AddHours(-1));
        await FailsAsync("because a file of another dataset has this name");
        Assert.AreEqual("what a package manager writes", File.ReadAllText(_scene.Stored("/a.csv.lock")));
    }

    [TestMethod]
    public async Task A_stale_lock_in_a_store_that_cannot_be_written_is_told_of_at_once()
    {
        using var volume = SmallVolume.Mount(_scene.Store, 4);
        await LeaveLockAsync();
        volume.MakeReadOnly();
        await FailsAsync("cannot be removed: Read-only");
    }

    [TestMethod]
    public async Task A_stale_lock_of_another_user_is_told_of_at_once_and_leaves_no_copies()
    {
        await LeaveLockAsync();
        using var others = ImmutableFile.Make(_scene.Stored("/a.csv.lock"));
        await FailsAsync("cannot be removed");
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/a.csv.lock" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    [DataRow("a.csv.{0}-0123456789ab.tmp", "")]
    [DataRow("a.csv.tmp.download.{0}-0123456789ab.part", "a.csv.tmp.download.{0}-0123456789ab.part.resume")]
    [DataRow("a.csv.tmp.download", "a.csv.tmp.download.resume")]
    [DataRow("a.csv.tmp.download.resume", "a.csv.tmp.download")]
    public async Task What_another_users_killed_fetch_left_does_not_stop_this_one(string immutable, string other)
    {
        var dead = await LeaveLockAsync();
        foreach (var name in new[] { immutable, other }.Where(name => name.Length > 0))
        {
            _scene.Folder.Write("store/127.0.0.1/" + Named(name), "left");
        }

        using var others = ImmutableFile.Make(_scene.Stored("/" + Named(immutable)));
        Assert.AreEqual(FetchOutcome.Fetched, (await FetchAsync()).Outcome);
        Assert.IsEmpty(_scene.StoreEntries().Where(entry => entry.EndsWith(".lock", StringComparison.Ordinal)));
        var left = _scene.StoreEntries().Except(["127.0.0.1", "127.0.0.1/a.csv", "127.0.0.1/a.csv.complete", "127.0.0.1/" + Named(immutable), "127.0.0.1/" + Named(other)]);
        Assert.IsEmpty(left, string.Join(", ", left));

        string Named(string name) => name.Replace("{0}", $"{dead}", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("", "theirs")]
    [DataRow("", "")]
    [DataRow("mine", "theirs")]
    [DataRow("mine", "")]
    public async Task What_somebody_else_completed_meanwhile_is_used_only_if_it_is_what_is_declared_here(string before, string meanwhile)
    {
        _scene.Server.Serve("/a.csv", System.Text.Encoding.UTF8.GetBytes("mine"));
        var database = _scene.Open(Manifest("/a.csv") + $"checksum = \"{FetchScene.Sha256("mine")}\"\n");
        if (before.Length > 0)
        {
            _scene.Folder.Write("store/127.0.0.1/a.csv", before);
        }

        Directory.CreateDirectory(_scene.Folder["store/127.0.0.1"]);
        Task<FetchReport> fetch;
        await using (await EntryLock.AcquireAsync(_scene.Stored("/a.csv.lock"), database.Locator.Storage, null, Cancellation))
        {
            fetch = database.FetchAsync(null, null, Cancellation);
            await Task.Delay(300, Cancellation);
            File.Delete(_scene.Stored("/a.csv"));
            if (meanwhile.Length > 0)
            {
                _scene.Folder.Write("store/127.0.0.1/a.csv", meanwhile);
                _scene.Folder.Write("store/127.0.0.1/a.csv.complete", "");
            }
        }

        var result = (await fetch).Results.Single();
        Assert.AreEqual(FetchOutcome.Fetched, result.Outcome, result.Error?.ToString());
        Assert.AreEqual("mine", File.ReadAllText(result.Path));
        Assert.AreEqual(FetchScene.Sha256("mine"), result.ComputedChecksum);
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/a.csv", "127.0.0.1/a.csv.complete" }, _scene.StoreEntries().ToArray());
    }

    [TestMethod]
    public async Task A_fetch_that_cannot_leave_its_partial_says_why_it_ended()
    {
        var body = RandomNumberGenerator.GetBytes(3_000_000);
        _scene.Server.Serve("/a.csv", body, new ServeOptions { ETag = "\"v1\"", StallAfter = 2_000_000 });
        _scene.Folder.Write("store/127.0.0.1/a.csv.tmp.download.resume", "another user's");
        using var others = ImmutableFile.Make(_scene.Stored("/a.csv.tmp.download.resume"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var fetch = _scene.FetchAsync(Manifest("/a.csv"), null, stop.Token);
        while (_scene.Server.Requests is not [{ BytesSent: >= 2_000_000 }])
        {
            await Task.Delay(10, Cancellation);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => fetch);
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/a.csv.tmp.download.resume" }, _scene.StoreEntries().ToArray());
    }

    private string Manifest(string path) => $"[x]\nuri = \"{_scene.Server.Url(path)}\"\n";

    private async Task<FetchResult> FetchAsync(string path = "/a.csv")
    {
        if (_scene.Server.Count(path) == 0 && path == "/a.csv")
        {
            _scene.Server.Serve(path, "data");
        }

        return (await _scene.FetchAsync(Manifest(path), null, Cancellation)).Results.Single();
    }

    private async Task FailsAsync(string problem)
    {
        var watch = Stopwatch.StartNew();
        var error = (await FetchAsync()).Error;
        Assert.AreEqual("DM0306", error?.Code, error?.ToString());
        StringAssert.Contains(error!.Message, problem);
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
        Assert.AreEqual(0, _scene.Server.Count("/a.csv"));
    }

    /// <summary>Leaves the lock of a process that is gone; gives its number.</summary>
    private async Task<int> LeaveLockAsync()
    {
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync(Cancellation);
        _scene.Folder.Write("store/127.0.0.1/a.csv.lock", $"{gone.Id} {HostEnvironment.Capture().HostName}");
        return gone.Id;
    }

    private void AssertOnlyTheData() =>
        CollectionAssert.AreEqual(new[] { "127.0.0.1", "127.0.0.1/a.csv", "127.0.0.1/a.csv.complete" }, _scene.StoreEntries().ToArray());
}
