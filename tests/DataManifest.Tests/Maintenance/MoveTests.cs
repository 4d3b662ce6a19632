using System.Collections.Concurrent;
using System.IO.Compression;
using System.Runtime.Versioning;
using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Maintenance;

[TestClass]
public sealed class MoveTests : IDisposable
{
    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    /// <summary>W-34: markers go along, and an unpacked folder keeps its own name.</summary>
    [TestMethod]
    public async Task MoveAsync_brings_data_and_markers_to_their_addresses_and_records_them()
    {
        _scene.Put("h/a.csv");
        _scene.PutFolder("h/z");
        _scene.Put("h/z.zip");
        var database = _scene.Open("[a]\nuri = 'https://h/a.csv'\n[z]\nuri = 'https://h/z.zip'\nextract = true\n");

        var preview = await database.MoveAsync(ObjectSelection.Of("a"), _scene.Folder["new"], dryRun: true, cancellationToken: Cancellation);
        Assert.AreEqual((_scene.Folder["store/h/a.csv"], _scene.Folder["new/h/a.csv"]), (preview.Results[0].From, preview.Results[0].To));
        Assert.IsFalse(Directory.Exists(_scene.Folder["new"]));
        var report = await database.MoveAsync(ObjectSelection.Of(new ObjectFilter()), _scene.Folder["new"], cancellationToken: Cancellation);

        Assert.AreEqual(2, report.Changed, report.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
        CollectionAssert.AreEqual(
            new[] { "new", "new/h", "new/h/a.csv", "new/h/a.csv.complete", "new/h/z", "new/h/z/.complete", "new/h/z/sub", "new/h/z/sub/a.txt" }, Below("new"));
        CollectionAssert.AreEqual(new[] { "store", "store/h", "store/h/z.zip", "store/h/z.zip.complete" }, Below("store"));
        var reopened = _scene.Reopen();
        Assert.AreEqual(_scene.Folder["new/h/a.csv"], reopened["a"].Path);
        Assert.AreEqual(_scene.Folder["new/h/z"], reopened["z"].Path);

        // What was moved can be moved again, back, and deleted.
        Assert.AreEqual(2, (await reopened.MoveAsync(ObjectSelection.Of(new ObjectFilter()), _scene.Folder["newer"], cancellationToken: Cancellation)).Changed);
        Assert.AreEqual(2, (await _scene.Reopen().NormalizeAsync(cancellationToken: Cancellation)).Changed);
        Assert.AreEqual(_scene.Folder["store/h/a.csv"], _scene.Reopen()["a"].Path);
        CollectionAssert.AreEqual(new[] { "new", "new/h" }, Below("new"));
        CollectionAssert.AreEqual(new[] { "newer", "newer/h" }, Below("newer"));
    }

    [TestMethod]
    [DataRow("abc", true)]
    [DataRow("abd", false)]
    public async Task NormalizeAsync_after_a_move_that_was_killed_while_it_deleted_the_source_takes_the_same_data_alone(string leftBehind, bool isTaken)
    {
        _scene.Put("h/a.csv", "abc");
        Assert.AreEqual(1, (await _scene.Open("[a]\nuri = 'https://h/a.csv'\n").MoveAsync(ObjectSelection.Of(new ObjectFilter()), _scene.Folder["new"], cancellationToken: Cancellation)).Changed);
        _scene.Put("h/a.csv", leftBehind);
        File.Delete(Path.Combine(_scene.Store, "h/a.csv.complete"));

        var report = await _scene.Reopen().NormalizeAsync(cancellationToken: Cancellation);

        Assert.AreEqual(isTaken ? ObjectAction.Moved : ObjectAction.Failed, report.Results.Single().Action);
        Assert.AreEqual(isTaken, File.Exists(Path.Combine(_scene.Store, "h/a.csv.complete")));
        Assert.AreEqual(!isTaken, File.Exists(_scene.Folder["new/h/a.csv"]));
        Assert.AreEqual("abc", _scene.Reopen()["a"].ReadAllText());
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [UnsupportedOSPlatform("windows")]
    public async Task MoveAsync_to_another_volume_copies_compares_and_deletes()
    {
        var volume = Directory.CreateDirectory($"/dev/shm/datamanifest-test-{Guid.NewGuid():N}");
        try
        {
            _scene.Put("h/a.csv", "abc");
            var folder = _scene.PutFolder("h/f");
            File.CreateSymbolicLink(Path.Combine(folder, "link"), "sub/a.txt");
            File.SetUnixFileMode(Path.Combine(folder, "sub/a.txt"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            File.SetLastWriteTimeUtc(Path.Combine(folder, "sub/a.txt"), new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
            var database = _scene.Open("[a]\nuri = 'https://h/a.csv'\n[f]\nuri = 'https://h/f'\n");

            var report = await database.MoveAsync(ObjectSelection.Of(new ObjectFilter()), volume.FullName, cancellationToken: Cancellation);

            Assert.AreEqual(2, report.Changed, report.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
            CollectionAssert.AreEqual(new[] { "store", "store/h" }, Below("store"));
            CollectionAssert.AreEquivalent(
                new[] { "h", "h/a.csv", "h/a.csv.complete", "h/f", "h/f/.complete", "h/f/link", "h/f/sub", "h/f/sub/a.txt" },
                Directory.GetFileSystemEntries(volume.FullName, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(volume.FullName, path)).ToArray());
            Assert.AreEqual("sub/a.txt", new FileInfo($"{volume}/h/f/link").LinkTarget);
            Assert.AreEqual(2020, File.GetLastWriteTimeUtc($"{volume}/h/f/sub/a.txt").Year);
            Assert.IsTrue(File.GetUnixFileMode($"{volume}/h/f/sub/a.txt").HasFlag(UnixFileMode.UserExecute));
            Assert.AreEqual($"{volume}/h/f", _scene.Reopen()["f"].Path);
        }
        finally
        {
            volume.Delete(recursive: true);
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task MoveAsync_of_large_data_to_another_volume_tells_how_far_it_is_and_for_whom_it_waits()
    {
        const long length = 100_000_000;
        var volume = Directory.CreateDirectory($"/dev/shm/datamanifest-test-{Guid.NewGuid():N}");
        try
        {
            _scene.PutFolder("h/f");
            using (var large = File.Create(_scene.Folder["store/h/f/large"]))
            {
                large.SetLength(length);
            }

            var reports = new ConcurrentQueue<FetchProgress>();
            var path = _scene.Folder.Write("store/h/f.lock", "1 elsewhere");
            var moving = _scene.Open("[f]\nuri = 'https://h/f'\n").MoveAsync(ObjectSelection.Of("f"), volume.FullName, progress: new Recorder(reports), cancellationToken: Cancellation);
            while (!reports.Any(report => report is { Phase: FetchPhase.Waiting, Source: "process 1 on elsewhere" }))
            {
                await Task.Delay(10, Cancellation);
            }

            File.Delete(path);
            Assert.AreEqual(1, (await moving).Changed);
            foreach (var phase in new[] { FetchPhase.Copying, FetchPhase.Verifying })
            {
                var told = reports.Where(report => report.Phase == phase).ToList();
                Assert.IsTrue(told.All(report => report.Total >= length && report.Bytes <= report.Total && report.Dataset == "f"));
                Assert.AreEqual(told[0].Total, told[^1].Bytes, $"{phase} is told to its end");
            }

            Assert.AreEqual(FetchPhase.Finished, reports.Last().Phase);
        }
        finally
        {
            volume.Delete(recursive: true);
        }
    }

    [TestMethod]
    public async Task MoveAsync_fails_for_one_and_moves_the_others()
    {
        _scene.Put("a", "a");
        _scene.Put("b", "b");
        _scene.Folder.Write("new/a", "somebody else's");
        var database = _scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a'\n[b]\nuri = 'https://h/b'\nkey = 'b'\n[c]\nuri = 'https://h/c'\n");

        var report = await database.MoveAsync(ObjectSelection.Of(new ObjectFilter()), _scene.Folder["new"], cancellationToken: Cancellation);

        CollectionAssert.AreEqual(new[] { ObjectAction.Failed, ObjectAction.Moved, ObjectAction.Skipped }, report.Results.Select(result => result.Action).ToArray());
        Assert.AreEqual(DiagnosticRules.PlaceTaken, report.Results[0].Error!.Rule);
        Assert.AreEqual("somebody else's", File.ReadAllText(_scene.Folder["new/a"]));
        Assert.AreEqual(_scene.Folder["store/a"], _scene.Reopen()["a"].Path);
        Assert.DoesNotContain("datasets.a]", _scene.State);
        var inside = await database.MoveAsync(ObjectSelection.Of("a"), _scene.Folder["store/a/x"], cancellationToken: Cancellation);
        Assert.AreEqual(DiagnosticRules.PlaceTaken, inside.Results[0].Error?.Rule);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task MoveAsync_that_cannot_write_leaves_data_and_record_as_they_were()
    {
        _scene.Put("a", "a");
        _scene.Folder.Write("occupied", "a file where a folder should be");
        var database = _scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a'\n");

        var report = await database.MoveAsync(ObjectSelection.Of("a"), _scene.Folder["occupied/deep"], cancellationToken: Cancellation);

        Assert.AreEqual(DiagnosticRules.ObjectNotChanged, report.Results[0].Error?.Rule);
        Assert.AreEqual(_scene.Folder["store/a"], _scene.Reopen()["a"].Path);
        Assert.DoesNotContain("[datasets", _scene.State);
        CollectionAssert.AreEqual(new[] { "store", "store/a", "store/a.complete" }, Below("store"));
    }

    [TestMethod]
    public async Task MoveAsync_and_NormalizeAsync_end_a_move_whose_copy_is_there_and_leave_other_complete_data_alone()
    {
        _scene.PutFolder("same");
        _scene.PutFolder("same", root: "new");
        _scene.Put("other", "mine");
        _scene.Put("other", "theirs", root: "new");
        var database = _scene.Open("[same]\nuri = 'https://h/s'\nkey = 'same'\n[other]\nuri = 'https://h/o'\nkey = 'other'\n");

        var report = await database.MoveAsync(ObjectSelection.Of(new ObjectFilter()), _scene.Folder["new"], cancellationToken: Cancellation);

        CollectionAssert.AreEqual(new[] { ObjectAction.Moved, ObjectAction.Failed }, report.Results.Select(result => result.Action).ToArray());
        Assert.AreEqual(DiagnosticRules.PlaceTaken, report.Results[1].Error?.Rule);
        CollectionAssert.AreEqual(new[] { "store", "store/other", "store/other.complete" }, Below("store"));
        Assert.AreEqual("theirs", File.ReadAllText(_scene.Folder["new/other"]));
        Assert.AreEqual(_scene.Folder["new/same"], _scene.Reopen()["same"].Path);

        _scene.PutFolder("same");
        Assert.AreEqual(ObjectAction.Moved, (await _scene.Reopen().NormalizeAsync(cancellationToken: Cancellation)).Results.Single().Action);
        Assert.IsFalse(Directory.Exists(_scene.Folder["new/same"]));
        Assert.AreEqual(_scene.Folder["store/same"], _scene.Reopen()["same"].Path);
    }

    [TestMethod]
    public async Task MoveAsync_artifacts_keep_their_address()
    {
        var hash = _scene.Produce("m.f", "n = 1", "v2");
        _scene.Record($"[datacache.\"m.f@v2\"]\ninstances.{hash} = \"{_scene.Datacache}/m.f/v2/{hash}\"\n");
        var database = _scene.Open("");

        Assert.AreEqual(1, (await database.MoveAsync(ObjectSelection.Of(hash), _scene.Folder["new"], cancellationToken: Cancellation)).Changed);
        Assert.Contains($"{hash} = \"{_scene.Folder[$"new/m.f/v2/{hash}"]}\"", _scene.State);
        Assert.IsTrue(File.Exists(_scene.Folder[$"new/m.f/v2/{hash}/.complete"]));

        Assert.AreEqual(1, (await _scene.Reopen().NormalizeAsync(cancellationToken: Cancellation)).Changed);
        Assert.Contains($"{hash} = \"{_scene.Datacache}/m.f/v2/{hash}\"", _scene.State);
    }

    [TestMethod]
    public async Task NormalizeAsync_moves_copies_or_unpacks_and_verifies_first()
    {
        var moved = _scene.Put("moved", "moved", root: "new");
        var pooled = _scene.Put("pooled", "pooled", root: "pool");
        var adopted = _scene.Folder.Write("cache/odd-name", "adopted");
        var wrong = _scene.Put("wrong", "wrong", root: "new");
        Directory.CreateDirectory(_scene.Folder["cache"]);
        using (var zip = ZipFile.Open(_scene.Folder["cache/arc.bin"], ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("x.txt").Open());
            writer.Write("inside");
        }

        _scene.Record($"""
            [datasets.moved]
            storage_path = "{moved}"
            [datasets.pooled]
            storage_path = "{pooled}"
            [datasets.adopted]
            storage_path = "{adopted}"
            [datasets.wrong]
            storage_path = "{wrong}"
            [datasets."arc.zip"]
            storage_path = "{_scene.Folder["cache/arc.bin"]}"

            """);
        var database = _scene.Open($"""
            [moved]
            uri = "https://h/m"
            key = "moved"
            checksum = "{FetchScene.Sha256("moved")}"
            [pooled]
            uri = "https://h/p"
            key = "pooled"
            [adopted]
            uri = "https://h/q"
            key = "adopted"
            checksum = "{FetchScene.Sha256("adopted")}"
            [wrong]
            uri = "https://h/w"
            key = "wrong"
            checksum = "{FetchScene.Sha256("right")}"
            [arc]
            uri = "https://h/arc.zip"
            key = "arc.zip"
            extract = true
            checksum = "{FetchScene.Sha256("inside")}"

            """);

        var report = await database.NormalizeAsync(cancellationToken: Cancellation);

        Assert.AreEqual(
            "moved Moved, pooled Copied, adopted Copied, wrong Failed, arc Unpacked", string.Join(", ", report.Results.Select(result => $"{result.Subject.Name} {result.Action}")),
            string.Join(" ", report.Results.Select(result => result.Error?.Message)));
        Assert.AreEqual(DiagnosticRules.CopyDiffers, report.Results[3].Error!.Rule);
        Assert.IsFalse(File.Exists(moved));
        Assert.IsTrue(File.Exists(pooled) && File.Exists(adopted) && File.Exists(wrong) && File.Exists(wrong + ".complete"));
        CollectionAssert.AreEqual(
            new[] { "store", "store/adopted", "store/adopted.complete", "store/arc", "store/arc/.complete", "store/arc/x.txt", "store/moved", "store/moved.complete", "store/pooled", "store/pooled.complete" },
            Below("store"));
        var reopened = _scene.Reopen();
        Assert.IsTrue(new[] { "moved", "pooled", "adopted", "arc" }.All(name => Path.GetDirectoryName(reopened[name].Path) == _scene.Store));
        CollectionAssert.AreEqual(new[] { "wrong" }, (await reopened.NormalizeAsync(dryRun: true, cancellationToken: Cancellation)).Results.Select(result => result.Subject.Name).ToArray());
    }

    [TestMethod]
    public async Task NormalizeAsync_with_copy_keeps_sources_and_marks_nothing_that_nobody_vouches_for()
    {
        var marked = _scene.Put("marked", root: "new");
        var unmarked = _scene.Folder.Write("new/unmarked", "x");
        _scene.Record($"[datasets.marked]\nstorage_path = \"{marked}\"\n\n[datasets.unmarked]\nstorage_path = \"{unmarked}\"\n");
        var database = _scene.Open("[marked]\nuri = 'https://h/m'\nkey = 'marked'\n[unmarked]\nuri = 'https://h/u'\nkey = 'unmarked'\n");

        var report = await database.NormalizeAsync(copy: true, cancellationToken: Cancellation);

        Assert.AreEqual(2, report.Changed);
        Assert.IsTrue(File.Exists(marked) && File.Exists(unmarked));
        CollectionAssert.AreEqual(new[] { "store", "store/marked", "store/marked.complete", "store/unmarked" }, Below("store"));
    }

    [TestMethod]
    public async Task NormalizeAsync_repoints_when_complete_data_are_in_place_already()
    {
        var old = _scene.Put("a", "old", root: "new");
        _scene.Put("a", "in place");
        _scene.Record($"[datasets.a]\nstorage_path = \"{old}\"\n");

        var report = await _scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a'\n").NormalizeAsync(cancellationToken: Cancellation);

        Assert.AreEqual(ObjectAction.Repointed, report.Results.Single().Action);
        Assert.IsTrue(File.Exists(old));
        Assert.AreEqual(_scene.Folder["store/a"], _scene.Reopen()["a"].Path);
    }

    private sealed class Recorder(ConcurrentQueue<FetchProgress> target) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value) => target.Enqueue(value);
    }

    private string[] Below(string root) => [.. _scene.Folder.Entries().Where(entry => entry == root || entry.StartsWith(root + "/", StringComparison.Ordinal))];
}
