using System.Runtime.Versioning;
using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Maintenance;

[TestClass]
public sealed class DeleteTests : IDisposable
{
    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task DeleteAsync_takes_data_marker_and_record_and_nothing_else()
    {
        _scene.Put("a.csv");
        _scene.Folder.Write("store/a.csv.tmp.download", "part");
        _scene.Folder.Write("store/a.csv.tmp.download.resume", "proof");
        _scene.Folder.Write("store/a.csv.tmp.download.mirror0", "part");
        _scene.Folder.Write("store/a.csv.tmp.download.3.resume", "proof");
        _scene.Folder.Write("store/a.csv.tmp.download.members/files/sub/1", "member");
        _scene.Folder.Write("store/c.csv.tmp.download.members/files/1", "member");
        _scene.PutFolder("b");
        _scene.Put("c.csv");
        _scene.Record($"""
            [datasets."a.csv"]
            storage_path = "{_scene.Folder["store/a.csv"]}"
            [datasets.b]
            storage_path = "{_scene.Folder["store/b"]}"
            [datasets."c.csv"]
            storage_path = "{_scene.Folder["store/c.csv"]}"

            """);
        var manifest = "# mine\n[a]\nuri = 'https://h/a'\nkey = 'a.csv'\naliases = ['first']\n[b]\nuri = 'https://h/b'\nkey = 'b'\n[c]\nuri = 'https://h/c'\nkey = 'c.csv'\n";
        var database = _scene.Open(manifest);

        var preview = await database.DeleteAsync(ObjectSelection.Of("first"), dryRun: true, cancellationToken: Cancellation);
        Assert.AreEqual((true, 1, ObjectAction.Deleted, _scene.Folder["store/a.csv"]), (preview.IsDryRun, preview.Changed, preview.Results[0].Action, preview.Results[0].From));
        Assert.IsTrue(File.Exists(_scene.Folder["store/a.csv"]));

        var report = await database.DeleteAsync(ObjectSelection.Of(new ObjectFilter { Terms = ["/a.csv", "/b"], AnyTerm = true }), cancellationToken: Cancellation);

        Assert.IsFalse(report.HasFailures, report.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
        CollectionAssert.IsSubsetOf(new[] { "store/c.csv", "store/c.csv.complete", "store/c.csv.tmp.download.members/files/1" }, _scene.Folder.Entries().ToArray());
        Assert.IsFalse(_scene.Folder.Entries().Any(entry => entry.StartsWith("store/a", StringComparison.Ordinal) || entry.StartsWith("store/b", StringComparison.Ordinal)));
        Assert.AreEqual($"[_META]\nschema = 5\n\n[datasets.\"c.csv\"]\nstorage_path = \"{_scene.Folder["store/c.csv"]}\"\n", _scene.State);
        Assert.AreEqual(manifest, File.ReadAllText(_scene.ManifestPath));
    }

    [TestMethod]
    public async Task DeleteAsync_with_removeFromManifest_edits_the_manifest_by_the_entries_alone()
    {
        _scene.Put("a.csv");
        var database = _scene.Open("# top\n\n# of a\n[a]\nuri = 'https://h/a'\nkey = 'a.csv'\n\n# of b\n[b] # tail\nuri = 'https://h/b'\nkey = 'b'\n");

        var report = await database.DeleteAsync(ObjectSelection.Of(new ObjectFilter()), removeFromManifest: true, cancellationToken: Cancellation);

        CollectionAssert.AreEqual(new[] { ObjectAction.Deleted, ObjectAction.Skipped }, report.Results.Select(result => result.Action).ToArray());
        Assert.AreEqual((true, SkipReason.NotPresent), (report.Results[0].IsRemovedFromManifest, report.Results[1].Reason));
        Assert.AreEqual("# top\n\n# of b\n[b] # tail\nuri = 'https://h/b'\nkey = 'b'\n", File.ReadAllText(_scene.ManifestPath));
    }

    [TestMethod]
    public async Task DeleteAsync_leaves_alone_what_others_look_after()
    {
        _scene.Folder.Write("project/mine/exact.csv", "x");
        _scene.Folder.Write("provided.csv", "x");
        var pooled = _scene.Put("pooled.csv", root: "pool");
        var adopted = _scene.Folder.Write("cache/some-name", "x");
        var artifact = _scene.Produce("m.f", "n = 1", root: "artifact-pool");
        _scene.Record($"""
            [datasets."pooled.csv"]
            storage_path = "{pooled}"
            [datasets."adopted.csv"]
            storage_path = "{adopted}"
            [datacache."m.f"]
            instances.{artifact} = "{_scene.Folder[$"artifact-pool/m.f/{artifact}"]}"

            """);
        var database = _scene.Open($"""
            [exact]
            uri = "https://h/e"
            storage_path = "mine/exact.csv"
            [provided]
            uri = "{_scene.Folder["provided.csv"]}"
            skip_download = true
            [lazy]
            uri = "s3://b/x"
            lazy_access = true
            loader = "A:B"
            [pooled]
            uri = "https://h/p"
            key = "pooled.csv"
            [adopted]
            uri = "https://h/q"
            key = "adopted.csv"

            """);
        var before = _scene.Folder.Entries();
        var state = _scene.State;

        var report = await database.DeleteAsync(ObjectSelection.Of(new ObjectFilter { IncludeOrphans = true }), cancellationToken: Cancellation);

        Assert.AreEqual(
            "m.f ReadPool, exact UserManaged, provided UserManaged, lazy LazyAccess, pooled ReadPool, adopted AdoptedInPlace",
            string.Join(", ", report.Results.Select(result => $"{result.Subject.Name} {result.Reason}")));
        Assert.AreEqual(0, report.Changed);
        CollectionAssert.AreEqual(before.ToArray(), _scene.Folder.Entries().ToArray());
        Assert.AreEqual(state, _scene.State);
    }

    /// <summary>W-03, W-04: neither the whole store nor another dataset's data go along.</summary>
    [TestMethod]
    public async Task DeleteAsync_refuses_places_that_hold_or_belong_to_something_else()
    {
        _scene.Put("batch/inner.csv");
        _scene.Put("batch/own.csv");
        _scene.Folder.Write("store/batch/.complete", "");
        _scene.Record($"[datasets.all]\nstorage_path = \"{_scene.Store}\"\n\n[datasets.home]\nstorage_path = \"{_scene.Folder.Path}\"\n");
        var database = _scene.Open("[batch]\nuri = 'https://h/b'\nkey = 'batch'\n[inner]\nuri = 'https://h/i'\nkey = 'batch/inner.csv'\n[all]\nuri = 'https://h/l'\nkey = 'all'\n[home]\nuri = 'https://h/m'\nkey = 'home'\n");
        _scene.Folder.Write(".complete", "");
        var before = _scene.Folder.Entries();

        var report = await database.DeleteAsync(ObjectSelection.Of(new ObjectFilter()), cancellationToken: Cancellation);

        Assert.AreEqual(0, report.Changed);
        var failed = report.Results.Where(result => result.Action == ObjectAction.Failed).ToDictionary(result => result.Subject.Name, result => result.Error!);
        Assert.IsTrue(failed.Values.All(error => error.Rule == DiagnosticRules.PlaceNotOwn));
        Assert.Contains("'inner'", failed["batch"].Message);
        Assert.Contains("'batch'", failed["inner"].Message);
        CollectionAssert.IsSubsetOf(new[] { "batch", "inner", "home" }, failed.Keys);
        CollectionAssert.AreEqual(before.ToArray(), _scene.Folder.Entries().ToArray());
        await Assert.ThrowsExactlyAsync<DataManifestException>(() => database.RemoveAsync("batch", cancellationToken: Cancellation));
        Assert.Contains("[batch]", File.ReadAllText(_scene.ManifestPath));
    }

    [TestMethod]
    public async Task DeleteAsync_takes_the_archive_with_the_folder_unless_another_dataset_is_the_archive()
    {
        _scene.Put("k/a.zip");
        _scene.PutFolder("k/a");
        _scene.Put("k/b.zip");
        _scene.PutFolder("k/b");
        var database = _scene.Open("""
            [a]
            uri = "https://h/a.zip"
            key = "k/a.zip"
            extract = true
            [b]
            uri = "https://h/b.zip"
            key = "k/b.zip"
            extract = true
            [raw]
            uri = "https://h/b.zip"
            key = "k/b.zip"

            """);

        var report = await database.DeleteAsync(ObjectSelection.Of(new ObjectFilter { Format = "zip" }), dryRun: true, cancellationToken: Cancellation);
        Assert.IsFalse(report.HasFailures);
        foreach (var name in new[] { "a", "b" })
        {
            Assert.AreEqual(ObjectAction.Deleted, (await database.DeleteAsync(ObjectSelection.Of(name), cancellationToken: Cancellation)).Results[0].Action);
        }

        CollectionAssert.AreEqual(new[] { "store", "store/k", "store/k/b.zip", "store/k/b.zip.complete" }, _scene.Folder.Entries().Where(entry => entry.StartsWith("store", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public async Task DeleteAsync_artifacts_by_hash_takes_record_and_recipe()
    {
        var kept = _scene.Produce("m.f", "n = 1");
        var deleted = _scene.Produce("m.f", "n = 1", "v2");
        _scene.Record($"[datacache.\"m.f@v2\"]\ninstances.{deleted} = \"{_scene.Datacache}/m.f/v2/{deleted}\"\n");
        var database = _scene.Open("");

        await ThrowsAsync(DiagnosticRules.StoredObjectAmbiguous, ObjectSelection.Of(deleted[..6]));
        await ThrowsAsync(DiagnosticRules.StoredObjectNotFound, ObjectSelection.Of("m.f"));
        var report = await database.DeleteAsync(ObjectSelection.Of($"m.f/v2/{deleted[..6]}"), cancellationToken: Cancellation);

        Assert.AreEqual(1, report.Changed);
        Assert.AreEqual("[_META]\nschema = 5\n", _scene.State);
        Assert.IsFalse(Directory.Exists(_scene.Folder[$"datacache/m.f/v2/{deleted}"]));
        Assert.IsTrue(Directory.Exists(_scene.Folder[$"datacache/m.f/{kept}"]));

        async Task ThrowsAsync(DiagnosticRule rule, ObjectSelection selection) => Assert.AreEqual(
            rule, (await Assert.ThrowsExactlyAsync<DataManifestException>(() => database.DeleteAsync(selection, cancellationToken: Cancellation))).Rule);
    }

    [TestMethod]
    public async Task DeleteAsync_with_a_record_that_leads_to_a_folder_of_something_else_touches_nothing()
    {
        _scene.Folder.Write("important/config.toml", "theme = 'dark'\n");
        _scene.Record($"[datacache.\"m.f\"]\ninstances.dd = \"{_scene.Folder["important"]}\"\n");

        var report = await _scene.Open("").DeleteAsync(ObjectSelection.Of("dd"), cancellationToken: Cancellation);

        Assert.AreEqual(DiagnosticRules.PlaceNotOwn, report.Results.Single().Error?.Rule);
        Assert.IsTrue(File.Exists(_scene.Folder["important/config.toml"]));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task DeleteAsync_deletes_links_and_not_what_they_lead_to_and_folders_that_are_read_only()
    {
        var precious = _scene.Folder.Write("precious/a.csv", "x");
        Directory.CreateDirectory(_scene.Store);
        Directory.CreateSymbolicLink(_scene.Folder["store/link"], _scene.Folder["precious"]);
        _scene.PutFolder("ro");
        File.CreateSymbolicLink(_scene.Folder["store/ro/out"], precious);
        File.SetUnixFileMode(_scene.Folder["store/ro/sub"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var database = _scene.Open("[link]\nuri = 'https://h/l'\nkey = 'link'\n[ro]\nuri = 'https://h/r'\nkey = 'ro'\n");

        var report = await database.DeleteAsync(ObjectSelection.Of(new ObjectFilter()), cancellationToken: Cancellation);

        Assert.AreEqual(2, report.Changed, report.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(_scene.Store));
        Assert.IsTrue(File.Exists(precious));
    }

    [TestMethod]
    public async Task DeleteAsync_waits_for_whoever_writes_the_data()
    {
        _scene.Put("a");
        var database = _scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a'\n");
        Task<MaintenanceReport> deletion;
        await using (await Storage.EntryLock.AcquireAsync(_scene.Folder["store/a.lock"], database.Locator.Storage, null, Cancellation))
        {
            deletion = database.DeleteAsync(ObjectSelection.Of("a"), cancellationToken: Cancellation);
            await Task.Delay(300, Cancellation);
            Assert.IsFalse(deletion.IsCompleted);
            Assert.IsTrue(File.Exists(_scene.Folder["store/a"]));
        }

        Assert.AreEqual(1, (await deletion).Changed);
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(_scene.Store));
    }

    [TestMethod]
    public async Task A_deletion_tells_for_whom_it_waits_and_can_be_stopped_meanwhile()
    {
        using var writer = System.Diagnostics.Process.Start("sleep", "60");
        try
        {
            _scene.Put("a");
            _scene.Folder.Write("store/a.lock", $"{writer.Id} {Environment.MachineName}");
            var told = new TaskCompletionSource<FetchProgress>();
            foreach (var delete in new Func<Database, IProgress<FetchProgress>, CancellationToken, Task>[]
            {
                (database, progress, token) => database.DeleteAsync(ObjectSelection.Of("a"), progress: progress, cancellationToken: token),
                (database, progress, token) => database.RemoveAsync("a", progress: progress, cancellationToken: token),
            })
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
                told = new TaskCompletionSource<FetchProgress>();
                var deletion = delete(_scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a'\n"), new Teller(told), stop.Token);
                var waiting = await told.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
                Assert.AreEqual(("a", FetchPhase.Waiting, $"process {writer.Id} on {Environment.MachineName}"), (waiting.Dataset, waiting.Phase, waiting.Source));
                await stop.CancelAsync();
                await Assert.ThrowsAsync<OperationCanceledException>(() => deletion.WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
                Assert.IsTrue(File.Exists(_scene.Folder["store/a"]));
            }
        }
        finally
        {
            writer.Kill();
        }
    }

    private sealed class Teller(TaskCompletionSource<FetchProgress> told) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => told.TrySetResult(value);
    }

    [TestMethod]
    public async Task RemoveAsync_takes_the_entry_and_its_data()
    {
        _scene.Put("a");
        _scene.Record($"[datasets.a]\nstorage_path = \"{_scene.Folder["store/a"]}\"\n");
        var database = _scene.Open("[b]\nuri = 'https://h/b'\n\n# about a\n[a]\nuri = 'https://h/a'\nkey = 'a'\n");

        var preview = await database.RemoveAsync("a", dryRun: true, cancellationToken: Cancellation);
        Assert.AreEqual((ObjectAction.Deleted, true), (preview.Action, preview.IsRemovedFromManifest));
        Assert.IsTrue(File.Exists(_scene.Folder["store/a"]));
        var result = await database.RemoveAsync("a", cancellationToken: Cancellation);

        Assert.AreEqual((ObjectAction.Deleted, true), (result.Action, result.IsRemovedFromManifest));
        Assert.AreEqual("[b]\nuri = 'https://h/b'\n", File.ReadAllText(_scene.ManifestPath));
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(_scene.Store));
        Assert.AreEqual("[_META]\nschema = 5\n", _scene.State);
    }

    [TestMethod]
    [DataRow("twin", SkipReason.SharedData)]
    [DataRow("exact", SkipReason.UserManaged)]
    [DataRow("nowhere", SkipReason.NotPresent)]
    public async Task RemoveAsync_keeps_data_that_are_not_the_entrys_alone(string name, SkipReason reason)
    {
        _scene.Put("a");
        _scene.Folder.Write("project/mine.csv", "x");
        var database = _scene.Open("""
            [a]
            uri = "https://h/a"
            key = "a"
            [twin]
            uri = "https://h/a"
            key = "a"
            [exact]
            uri = "https://h/e"
            storage_path = "mine.csv"
            [nowhere]
            uri = "https://h/n"

            """);
        var before = _scene.Folder.Entries();

        var result = await database.RemoveAsync(name, cancellationToken: Cancellation);

        Assert.AreEqual((ObjectAction.Skipped, reason, true), (result.Action, result.Reason, result.IsRemovedFromManifest));
        Assert.IsNull(_scene.Reopen().Manifest.Get(name));
        CollectionAssert.AreEqual(before.ToArray(), _scene.Folder.Entries().ToArray());
    }

    [TestMethod]
    public async Task RemoveAsync_with_keepData_changes_the_manifest_alone()
    {
        _scene.Put("a");
        var result = await _scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a'\n").RemoveAsync("a", keepData: true, cancellationToken: Cancellation);

        Assert.AreEqual(SkipReason.KeptOnRequest, result.Reason);
        Assert.IsTrue(File.Exists(_scene.Folder["store/a.complete"]));
        Assert.AreEqual("", File.ReadAllText(_scene.ManifestPath));
    }
}
