using System.Diagnostics;

namespace DataManifest.Storage;

/// <summary>One entry, several writers, killed writers: real files and real processes.</summary>
[TestClass]
public sealed class MaterializationTests
{
    private static readonly string HostName = HostEnvironment.Capture().HostName;

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task Run_publishes_a_file_with_its_marker_and_leaves_nothing_else()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder["a/x.csv"]);
        var outcome = await Materialize(entry, "new");

        Assert.AreEqual(MaterializationOutcome.Published, outcome);
        Assert.AreEqual("new", File.ReadAllText(entry.Target));
        CollectionAssert.AreEquivalent(new[] { "x.csv", "x.csv.complete" }, Names(folder["a"]));
        Assert.AreEqual(0, new FileInfo(entry.FileMarker).Length);
    }

    [TestMethod]
    public async Task Run_replaces_a_folder_as_a_whole()
    {
        using var folder = new ScratchFolder();
        folder.Write("x/old", "old");
        folder.Write("x/.complete", "");
        var entry = new EntryPaths(folder["x"]);
        await Materialize(entry, staging => Directory.CreateDirectory(staging).CreateSubdirectory("new"), overwrite: true);

        CollectionAssert.AreEquivalent(new[] { "new", ".complete" }, Names(entry.Target));
        CollectionAssert.AreEquivalent(new[] { "x" }, Names(folder.Path));
    }

    [TestMethod]
    public async Task Run_replaces_a_folder_by_a_file_and_the_other_way_round()
    {
        using var folder = new ScratchFolder();
        folder.Write("x/old", "old");
        var entry = new EntryPaths(folder["x"]);
        await Materialize(entry, "file");
        Assert.IsTrue(entry.IsComplete && File.Exists(entry.Target));

        await Materialize(entry, staging => Directory.CreateDirectory(staging), overwrite: true);
        Assert.IsTrue(entry.IsComplete && Directory.Exists(entry.Target));
        CollectionAssert.AreEquivalent(new[] { "x" }, Names(folder.Path));
    }

    [TestMethod]
    public async Task Run_keeps_the_old_entry_and_the_partial_when_the_writer_fails()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder.Write("x", "old"));
        folder.Write("x.complete", "");
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => Materialize(
            entry,
            staging =>
            {
                File.WriteAllText(staging, "half");
                File.WriteAllText(entry.Partial, "half");
                throw new InvalidDataException();
            },
            overwrite: true));

        Assert.AreEqual("old", File.ReadAllText(entry.Target));
        CollectionAssert.AreEquivalent(new[] { "x", "x.complete", "x.tmp.download" }, Names(folder.Path));
    }

    [TestMethod]
    public async Task Run_removes_staging_and_lock_when_it_is_cancelled()
    {
        using var folder = new ScratchFolder();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAsync<OperationCanceledException>(() => new Materialization(new EntryWriter(new EntryPaths(folder["x"]), Storage(30))).RunAsync(
            async (staging, cancellationToken) =>
            {
                await File.WriteAllTextAsync(staging, "half", cancellationToken);
                await cancel.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
            cancel.Token));

        Assert.IsEmpty(Names(folder.Path));
    }

    [TestMethod]
    public async Task Run_with_an_entry_that_is_complete_writes_nothing()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder.Write("x", "old"));
        folder.Write("x.complete", "");

        Assert.AreEqual(MaterializationOutcome.AlreadyComplete, await Materialize(entry, "new"));
        Assert.AreEqual("old", File.ReadAllText(entry.Target));
    }

    [TestMethod]
    public async Task A_writer_that_wrongly_lost_its_lock_never_mixes_its_bytes_with_the_others()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder["x"]);
        var slow = await new Materialization(new EntryWriter(entry, Storage(30))).RunAsync(
            async (staging, cancellationToken) =>
            {
                await File.WriteAllTextAsync(staging, "slow", cancellationToken);
                File.Delete(entry.Lock);
                Assert.AreEqual(MaterializationOutcome.Published, await Materialize(entry, "other"));
                await File.AppendAllTextAsync(staging, "slow", cancellationToken);
            },
            Cancellation);

        Assert.AreEqual(MaterializationOutcome.AlreadyComplete, slow);
        Assert.AreEqual("other", File.ReadAllText(entry.Target));
        CollectionAssert.AreEquivalent(new[] { "x", "x.complete" }, Names(folder.Path));
    }

    [TestMethod]
    public async Task Adopt_marks_an_entry_only_after_it_was_verified()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder.Write("x", "data"));
        var check = new EntryCheck(new EntryWriter(entry, Storage(30)));
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => check.AdoptAsync((_, _) => throw new InvalidDataException(), Cancellation));
        CollectionAssert.AreEquivalent(new[] { "x" }, Names(folder.Path));

        await check.AdoptAsync(async (path, cancellationToken) => Assert.AreEqual("data", await File.ReadAllTextAsync(path, cancellationToken)), Cancellation);
        Assert.IsTrue(entry.IsComplete);
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => check.AdoptAsync((_, _) => throw new InvalidDataException(), Cancellation), "Who made it complete may have wanted something else.");
        CollectionAssert.AreEquivalent(new[] { "x", "x.complete" }, Names(folder.Path));
    }

    [TestMethod]
    public async Task Run_in_a_folder_that_cannot_be_made_says_so_with_its_code()
    {
        using var folder = new ScratchFolder();
        folder.Write("file", "");
        var e = await Assert.ThrowsExactlyAsync<DataManifestException>(() => Materialize(new EntryPaths(folder["file/x"]), "new"));
        Assert.AreEqual("DM0306", e.Code);
        Assert.Contains("DATAMANIFEST_DATASETS_DIR", e.Remedy);
    }

    [TestMethod]
    public async Task Sixteen_threads_and_four_processes_make_one_entry_once()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder["x"]);
        var processes = Enumerable.Range(0, 4).Select(_ => StartWriter(entry.Target, 30, "folder", "keep", "data", 200, folder["log"])).ToList();
        var made = 0;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => new Materialization(new EntryWriter(entry, Storage(30))).RunAsync(
                async (staging, cancellationToken) =>
                {
                    Interlocked.Increment(ref made);
                    Directory.CreateDirectory(staging);
                    await Task.Delay(200, cancellationToken);
                },
                Cancellation),
            Cancellation)));
        var printed = new List<string>();
        foreach (var process in processes)
        {
            printed.Add(await process.StandardOutput.ReadToEndAsync(Cancellation));
            await process.WaitForExitAsync(Cancellation);
            Assert.AreEqual(0, process.ExitCode);
            process.Dispose();
        }

        var madeElsewhere = File.Exists(folder["log"]) ? File.ReadAllLines(folder["log"]).Length : 0;
        Assert.AreEqual(1, made + madeElsewhere);
        Assert.AreEqual(1, outcomes.Count(outcome => outcome == MaterializationOutcome.Published) + printed.Count(text => text.Contains("Published", StringComparison.Ordinal)));
        Assert.IsTrue(entry.IsComplete);
        Assert.IsEmpty(Names(folder.Path).Except(["x", "log"]));
    }

    [TestMethod]
    public async Task What_a_program_of_a_dead_writer_still_wrote_is_cleared_away()
    {
        using var folder = new ScratchFolder();
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync(Cancellation);
        var entry = new EntryPaths(folder["x"]);
        folder.Write("x.lock", $"{gone.Id} {HostName}");
        await Materialize(entry, staging =>
        {
            folder.Write($"x.{gone.Id}-0123456789ab.tmp", "late");
            File.WriteAllText(staging, "new");
        });
        CollectionAssert.AreEquivalent(new[] { "x", "x.complete" }, Names(folder.Path));
    }

    [TestMethod]
    [DataRow("file")]
    [DataRow("folder")]
    public async Task A_killed_writer_leaves_the_old_entry_and_the_next_one_takes_over_at_once(string kind)
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder["x"]);
        await Materialize(entry, staging => WriteKind(staging, kind, "old"));
        await KillAtHalf(entry, kind, folder["log"]);

        Assert.IsTrue(entry.IsComplete);
        Assert.AreEqual("old", ReadKind(entry.Target, kind));
        Assert.IsTrue(File.Exists(entry.Lock));

        var clock = Stopwatch.StartNew();
        await Materialize(entry, staging => WriteKind(staging, kind, "new"), overwrite: true);
        Assert.IsLessThan(5, clock.Elapsed.TotalSeconds);
        Assert.AreEqual("new", ReadKind(entry.Target, kind));
        Assert.IsEmpty(Names(folder.Path).Except(["x", "x.complete", "log"]), "The dead writer's staging is cleared away.");
    }

    [TestMethod]
    public async Task A_folder_moved_aside_by_a_dead_writer_is_put_back()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder["x"]);
        var dead = await KillAtHalf(entry, "folder", folder["log"]);
        folder.Write($"x.{dead}-0123456789ab.old.tmp/data", "old");
        folder.Write($"x.{dead}-0123456789ab.old.tmp/.complete", "");

        Assert.AreEqual(MaterializationOutcome.AlreadyComplete, await Materialize(entry, "new"));
        Assert.AreEqual("old", File.ReadAllText(folder["x/data"]));
    }

    [TestMethod]
    public async Task A_killed_writer_at_any_moment_leaves_the_old_folder_or_the_new_one()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder["x"]);
        await Materialize(entry, staging => WriteKind(staging, "folder", "old"));
        for (var round = 0; round < 8; round++)
        {
            using var writer = StartWriter(entry.Target, 30, "folder", "overwrite", "new", 20, folder["log"]);
            Assert.AreEqual("half", await writer.StandardOutput.ReadLineAsync(Cancellation));
            await Task.Delay(14 + (round * 2), Cancellation);
            writer.Kill();
            await writer.WaitForExitAsync(Cancellation);

            await new Materialization(new EntryWriter(entry, Storage(30))).RunAsync((_, _) => throw new AssertFailedException("Neither the old nor the new entry is there."), Cancellation);
            Assert.Contains(ReadKind(entry.Target, "folder"), new[] { "oldold", "newnew", "old" });
        }

        await Materialize(entry, staging => WriteKind(staging, "folder", "last"), overwrite: true);
        CollectionAssert.AreEquivalent(new[] { "x", "log" }, Names(folder.Path));
    }

    [TestMethod]
    public async Task A_writer_that_waits_says_for_whom_and_uses_what_the_other_made()
    {
        using var folder = new ScratchFolder();
        var entry = new EntryPaths(folder["x"]);
        using var writer = StartWriter(entry.Target, 30, "file", "keep", "data", 500, folder["log"]);
        Assert.AreEqual("half", await writer.StandardOutput.ReadLineAsync(Cancellation));
        var holders = new Recorder();
        var outcome = await new Materialization(new EntryWriter(entry, Storage(30)) { Waiting = holders }).RunAsync((_, _) => throw new AssertFailedException("It is there."), Cancellation);

        Assert.AreEqual(MaterializationOutcome.AlreadyComplete, outcome);
        Assert.AreEqual("datadata", File.ReadAllText(entry.Target));
        Assert.AreEqual(new LockHolder(writer.Id, HostName), holders.Values.Single());
        await writer.WaitForExitAsync(Cancellation);
    }

    [TestMethod]
    public async Task Acquire_says_every_ten_seconds_for_whom_it_waits()
    {
        using var folder = new ScratchFolder();
        await using var held = await EntryLock.AcquireAsync(folder["x.lock"], Storage(30), null, Cancellation);
        var holders = new Recorder();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(13));
        await Assert.ThrowsAsync<OperationCanceledException>(() => EntryLock.AcquireAsync(folder["x.lock"], Storage(30), holders, patience.Token));
        Assert.HasCount(2, holders.Values);
    }

    [TestMethod]
    [DataRow("{0} other-host", 26, true, DisplayName = "Another machine's lock beyond five ages is taken")]
    [DataRow("{0} other-host", 24, false, DisplayName = "Another machine's lock within five ages is waited for")]
    [DataRow("{0}", 0, false, DisplayName = "A bare number means this machine, and its process lives")]
    [DataRow("nonsense", 6, true, DisplayName = "An unreadable holder is passed over after one age")]
    [DataRow("nonsense", 4, false, DisplayName = "An unreadable holder is waited for while it is fresh")]
    public void IsStale_follows_the_familys_rules(string content, int ageSeconds, bool isStale)
    {
        var text = content.Replace("{0}", $"{Environment.ProcessId}", StringComparison.Ordinal);
        Assert.AreEqual(isStale, new LockFile(text, DateTime.UtcNow.AddSeconds(-ageSeconds)).IsStale(TimeSpan.FromSeconds(5), HostName, TimeSpan.Zero));
    }

    [TestMethod]
    public void IsStale_when_the_number_was_given_to_a_younger_process()
    {
        using var self = Process.GetCurrentProcess();
        var before = self.StartTime.ToUniversalTime().AddMinutes(-1);
        Assert.IsTrue(new LockFile($"{Environment.ProcessId} {HostName}", before).IsStale(TimeSpan.FromHours(1), HostName, TimeSpan.Zero));
    }

    [TestMethod]
    public void TryRemove_leaves_a_lock_that_is_not_the_one_that_was_judged()
    {
        using var folder = new ScratchFolder();
        var path = folder.Write("x.lock", $"{Environment.ProcessId} {HostName}");
        var judged = new LockFile("1 gone", DateTime.UtcNow.AddHours(-1));

        Assert.IsFalse(StaleLock.TryRemove(path, judged, out _));
        CollectionAssert.AreEqual(new[] { "x.lock" }, Names(folder.Path));
    }

    [TestMethod]
    public async Task A_stale_lock_is_taken_although_the_turn_is_another_users_leftover()
    {
        using var folder = new ScratchFolder();
        var path = folder.Write("x.lock", "1 elsewhere");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));

        // A file of another user that may not be opened. Not even root opens a folder as a file, and the answer is the same.
        Directory.CreateDirectory(path + ".claim");
        var watch = Stopwatch.StartNew();
        await using (await EntryLock.AcquireAsync(path, Storage(0.5), null, Cancellation))
        {
            Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
        }

        Assert.IsFalse(File.Exists(path));
    }

    [TestMethod]
    public async Task Two_writers_whose_lock_does_nothing_leave_one_whole_entry()
    {
        using var folder = new ScratchFolder();
        for (var round = 0; round < 20; round++)
        {
            var (entry, isFolder) = (new EntryPaths(folder[$"{round}/x"]), round % 2 == 0);
            var both = new Barrier(2);
            await Task.WhenAll(new[] { "a", "b" }.Select(who => Task.Run(
                () => new Materialization(new EntryWriter(entry, Storage(30))).RunAsync(
                    (staging, _) =>
                    {
                        // The other writer sees no lock.
                        File.Delete(entry.Lock);
                        both.SignalAndWait(Cancellation);
                        if (isFolder)
                        {
                            Directory.CreateDirectory(staging);
                        }

                        for (var i = 0; i < 50; i++)
                        {
                            File.AppendAllText(isFolder ? Path.Combine(staging, $"{i % 5}") : staging, who);
                        }

                        return Task.CompletedTask;
                    },
                    Cancellation),
                Cancellation)));
            Assert.IsTrue(entry.IsComplete);
            var content = isFolder ? string.Concat(Enumerable.Range(0, 5).Select(i => File.ReadAllText(Path.Combine(entry.Target, $"{i}")))) : File.ReadAllText(entry.Target);
            Assert.AreEqual(new string(content[0], 50), content);
            CollectionAssert.AreEquivalent(isFolder ? new[] { "x" } : ["x", "x.complete"], Names(folder[$"{round}"]));
        }
    }

    [TestMethod]
    public async Task Sixteen_writers_at_a_stale_lock_never_hold_it_together()
    {
        using var folder = new ScratchFolder();
        for (var round = 0; round < 10; round++)
        {
            var path = folder.Write("x.lock", "1 elsewhere");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
            var holders = 0;
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
                async () =>
                {
                    await using var held = await EntryLock.AcquireAsync(path, Storage(0.5), null, Cancellation);
                    Assert.AreEqual(1, Interlocked.Increment(ref holders));
                    await Task.Yield();
                    Assert.IsTrue(held.IsHeld);
                    Interlocked.Decrement(ref holders);
                },
                Cancellation)));
            Assert.IsEmpty(Names(folder.Path));
        }
    }

    [TestMethod]
    public async Task Release_leaves_a_lock_that_somebody_else_has_taken()
    {
        using var folder = new ScratchFolder();
        var held = await EntryLock.AcquireAsync(folder["x.lock"], Storage(30), null, Cancellation);
        Assert.IsTrue(held.IsHeld);
        File.Delete(folder["x.lock"]);
        folder.Write("x.lock", $"{Environment.ProcessId} {HostName}");

        Assert.IsFalse(held.IsHeld);
        await held.DisposeAsync();
        Assert.IsTrue(File.Exists(folder["x.lock"]));
    }

    [TestMethod]
    public async Task Acquire_touches_its_lock_while_it_is_held()
    {
        using var folder = new ScratchFolder();
        await using var held = await EntryLock.AcquireAsync(folder["x.lock"], Storage(0.3), null, Cancellation);
        var first = File.GetLastWriteTimeUtc(folder["x.lock"]);
        Assert.AreEqual($"{Environment.ProcessId} {HostName}", LockFile.TryRead(folder["x.lock"])!.Content);
        for (var i = 0; i < 100 && File.GetLastWriteTimeUtc(folder["x.lock"]) == first; i++)
        {
            await Task.Delay(50, Cancellation);
        }

        Assert.IsGreaterThan(first, File.GetLastWriteTimeUtc(folder["x.lock"]));
        Assert.IsTrue(held.IsHeld);
    }

    private static StorageConfiguration Storage(double staleAge) => new(
        "", null, Hosts.Create(new() { ["HOME"] = "/home/ada", ["DATAMANIFEST_LOCK_STALE_AGE"] = staleAge.ToString(System.Globalization.CultureInfo.InvariantCulture) }, name: HostName));

    private Task<MaterializationOutcome> Materialize(EntryPaths entry, string text) => Materialize(entry, staging => File.WriteAllText(staging, text));

    private Task<MaterializationOutcome> Materialize(EntryPaths entry, Action<string> write, bool overwrite = false) =>
        new Materialization(new EntryWriter(entry, Storage(30))) { Overwrite = overwrite }.RunAsync(
            (staging, _) =>
            {
                write(staging);
                return Task.CompletedTask;
            },
            Cancellation);

    private async Task<int> KillAtHalf(EntryPaths entry, string kind, string log)
    {
        using var writer = StartWriter(entry.Target, 30, kind, "overwrite", "half", 60000, log);
        Assert.AreEqual("half", await writer.StandardOutput.ReadLineAsync(Cancellation));
        writer.Kill();
        await writer.WaitForExitAsync(Cancellation);
        return writer.Id;
    }

    private static Process StartWriter(string target, int staleAge, string kind, string mode, string text, int milliseconds, string log) => Process.Start(
        new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "DataManifest.StoreWriter.dll"), target, $"{staleAge}", kind, mode, text, $"{milliseconds}", log])
        {
            RedirectStandardOutput = true,
        })!;

    private static void WriteKind(string path, string kind, string text)
    {
        if (kind == "folder")
        {
            Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, "1"), text);
        }
        else
        {
            File.WriteAllText(path, text);
        }
    }

    private static string ReadKind(string path, string kind) =>
        kind == "folder" ? string.Concat(new[] { "1", "2" }.Select(name => Path.Combine(path, name)).Where(File.Exists).Select(File.ReadAllText)) : File.ReadAllText(path);

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))];

    private sealed class Recorder : IProgress<LockHolder>
    {
        public List<LockHolder> Values { get; } = [];

        public void Report(LockHolder value) => Values.Add(value);
    }
}
