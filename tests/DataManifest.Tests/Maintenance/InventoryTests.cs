using System.Runtime.Versioning;
using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Maintenance;

[TestClass]
public sealed class InventoryTests : IDisposable
{
    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task InspectAsync_tells_of_each_dataset_where_it_is_and_what_its_record_is_worth()
    {
        _scene.Put("clean");
        _scene.Put("relocated", "12345");
        _scene.PutFolder("untracked", "123");
        _scene.Folder.Write("store/unmarked", "x");
        var elsewhere = _scene.Put("moved", root: "archive");
        _scene.Record($"""
            [datasets.clean]
            storage_path = "{_scene.Folder["store/clean"]}"
            [datasets.relocated]
            storage_path = "/gone/relocated"
            [datasets.missing]
            storage_path = "gone/missing"
            [datasets.moved]
            storage_path = "{elsewhere}"

            """);
        var database = _scene.Open("""
            [relocated]
            key = "relocated"
            uri = "https://h/r.csv"
            [clean]
            key = "clean"
            uri = "https://h/c"
            [missing]
            key = "missing"
            uri = "https://h/m"
            [absent]
            key = "absent"
            uri = "https://h/a"
            [untracked]
            key = "untracked"
            uri = "https://h/u"
            [unmarked]
            key = "unmarked"
            uri = "https://h/n"
            [moved]
            key = "moved"
            uri = "https://h/v"
            [lazy]
            uri = "s3://b/lazy.zarr"
            lazy_access = true
            loader = "A:B"

            """);
        var before = _scene.Folder.Entries();

        var inventory = await database.InspectAsync(null, InspectionDetail.Size, Cancellation);

        Assert.IsEmpty(inventory.Warnings);
        CollectionAssert.AreEqual(database.Manifest.Datasets.Select(dataset => dataset.Name).ToArray(), inventory.Datasets.Select(dataset => dataset.Name).ToArray());
        var found = inventory.Datasets.ToDictionary(dataset => dataset.Name);
        Assert.AreEqual(
            "relocated Relocated, clean Clean, missing Missing, absent Clean, untracked Untracked, unmarked Untracked, moved Clean, lazy Clean",
            string.Join(", ", inventory.Datasets.Select(dataset => $"{dataset.Name} {dataset.Dirty}")));
        Assert.AreEqual((_scene.Folder["store/relocated"], 5L, true), (found["relocated"].Location, found["relocated"].Size, found["relocated"].IsComplete));
        Assert.AreEqual((_scene.Folder["store/untracked"], 3L, DatasetState.Complete), (found["untracked"].Location, found["untracked"].Size, found["untracked"].State));
        Assert.AreEqual((true, false, DatasetState.Unmarked), (found["unmarked"].IsPresent, found["unmarked"].IsComplete, found["unmarked"].State));
        Assert.AreEqual(("", false, null), (found["missing"].Location, found["missing"].IsPresent, found["missing"].Size));
        Assert.AreEqual((elsewhere, true, true), (found["moved"].Location, found["moved"].IsOutside, found["moved"].IsOutOfPlace));
        Assert.AreEqual((false, Protection.LazyAccess), (found["lazy"].IsPresent, found["lazy"].Protection));
        Assert.IsTrue(inventory.Datasets.All(dataset => dataset.IsReferenced));
        Assert.AreEqual(new DateTimeOffset(File.GetLastWriteTimeUtc(found["clean"].Location), default), found["clean"].Created);
        CollectionAssert.AreEqual(before.ToArray(), _scene.Folder.Entries().ToArray(), "looking writes nothing");
    }

    [TestMethod]
    public async Task InspectAsync_finds_modified_data_only_when_it_reads_them()
    {
        _scene.Put("same", "same");
        _scene.Put("changed", "new");
        _scene.Record($"""
            [datasets.same]
            storage_path = "{_scene.Folder["store/same"]}"
            sha256 = "{FetchScene.Sha256("same")["sha256:".Length..]}"
            [datasets.changed]
            storage_path = "{_scene.Folder["store/changed"]}"
            sha256 = "{FetchScene.Sha256("old")["sha256:".Length..]}"

            """);
        var database = _scene.Open("[same]\nuri = 'https://h/s'\nkey = 'same'\n[changed]\nuri = 'https://h/c'\nkey = 'changed'\n");

        Assert.IsTrue((await database.InspectAsync(null, InspectionDetail.None, Cancellation)).Datasets.All(dataset => dataset.Dirty == DirtyState.Clean));
        var modified = await database.InspectAsync(new ObjectFilter { OnlyDirty = true }, InspectionDetail.Content, Cancellation);

        Assert.AreEqual("changed", modified.Datasets.Single().Name);
        Assert.AreEqual(DirtyState.Modified, modified.Datasets.Single().Dirty);
    }

    [TestMethod]
    public async Task InspectAsync_notices_a_file_that_lost_bytes_without_reading_it()
    {
        var source = _scene.Folder.Write("sources/a.csv", "whole");
        var database = _scene.Open($"[a]\nuri = 'file://{source}'\nkey = 'a.csv'\nchecksum = '{FetchScene.Sha256("whole")}'\n");
        Assert.IsFalse((await database.FetchAsync(null, null, Cancellation)).HasFailures);
        Assert.AreEqual(DirtyState.Clean, (await database.InspectAsync(null, InspectionDetail.None, Cancellation)).Datasets[0].Dirty);
        _scene.Folder.Write("store/a.csv", "wh");

        var found = (await _scene.Reopen().InspectAsync(new ObjectFilter { OnlyDirty = true }, InspectionDetail.None, Cancellation)).Datasets.Single();

        Assert.AreEqual((DirtyState.Modified, DatasetState.Damaged), (found.Dirty, found.State));
        Assert.AreEqual("a", (await _scene.Reopen().StatusAsync(Cancellation)).Incomplete.Single().Name);
    }

    [TestMethod]
    public async Task InspectAsync_finds_artifacts_with_and_without_records()
    {
        var plain = _scene.Produce("m.f", "grid = '5'\nn = 2");
        var versioned = _scene.Produce("m.f", "grid = '5'", "v2");
        var moved = _scene.Produce("m.g", "x = 1.5", root: "elsewhere");
        _scene.Produce("m.pool", "y = 1", root: "artifact-pool");
        _scene.Record($"""
            [datacache."m.f"]
            instances.{plain} = "{_scene.Datacache}/m.f/{plain}"
            [datacache."m.g"]
            instances.{moved} = "{_scene.Folder[$"elsewhere/m.g/{moved}"]}"
            [datacache."m.lost@v1"]
            instances.dd = "gone/dd"

            """);
        var database = _scene.Open("");

        var inventory = await database.InspectAsync(null, InspectionDetail.Size | InspectionDetail.Created, Cancellation);

        Assert.AreEqual(
            $"m.f/{plain} True, m.f/v2/{versioned} False, m.g/{moved} True, m.lost/v1/dd True",
            string.Join(", ", inventory.Produced.Select(artifact => $"{artifact.StorageKey} {artifact.IsReferenced}")));
        var first = inventory.Produced[0];
        Assert.AreEqual(("txt", "5", true, true), (first.Format, (first.Parameters["grid"] as Toml.TomlString)?.Value, first.IsValid, first.IsComplete));
        Assert.AreEqual(new DateTimeOffset(2020, 1, 2, 3, 4, 5, default), first.Created);
        Assert.AreEqual(Directory.GetFiles(first.Location).Sum(file => new FileInfo(file).Length), first.Size);
        Assert.AreEqual((true, true, DirtyState.Clean), (inventory.Produced[2].IsOutside, inventory.Produced[2].IsOutOfPlace, inventory.Produced[2].Dirty));
        Assert.AreEqual((false, DirtyState.Missing, _scene.Folder["project/gone/dd"]), (inventory.Produced[3].IsPresent, inventory.Produced[3].Dirty, inventory.Produced[3].Location));

        var pooled = (await database.InspectAsync(null, InspectionDetail.Pools, Cancellation)).Produced.Single(artifact => artifact.Name == "m.pool");
        Assert.AreEqual((Protection.ReadPool, false), (pooled.Protection, pooled.IsReferenced));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task InspectAsync_reports_damaged_sidecars_and_goes_on()
    {
        var good = _scene.Produce("m.f", "n = 1");
        var damaged = _scene.Produce("m.f", "n = 2");
        File.WriteAllText(_scene.Folder[$"datacache/m.f/{damaged}/config.toml"], "n = = 2");
        var wrong = _scene.Produce("m.f", "n = 3");
        File.WriteAllText(_scene.Folder[$"datacache/m.f/{wrong}/config.toml"], "extra = 'x'\n" + File.ReadAllText(_scene.Folder[$"datacache/m.f/{wrong}/config.toml"]));
        _scene.Folder.Write("datacache/other/config.toml", "theme = 'dark'\n");
        Directory.CreateDirectory(_scene.Folder["datacache/pipe"]);
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [_scene.Folder["datacache/pipe/config.toml"]]))
        {
            await pipe.WaitForExitAsync(Cancellation);
        }

        var inventory = await _scene.Open("").InspectAsync(null, InspectionDetail.Size | InspectionDetail.Created, Cancellation);

        var byHash = inventory.Produced.ToDictionary(artifact => artifact.Identity.Hash);
        Assert.HasCount(3, byHash);
        Assert.IsTrue(byHash[good].IsValid);
        Assert.IsFalse(byHash[damaged].IsValid);
        Assert.IsFalse(byHash[wrong].IsValid);
        Assert.HasCount(2, inventory.Warnings);
        Assert.IsTrue(inventory.Warnings.All(warning => warning.Rule == DiagnosticRules.DamagedSidecar));
        Assert.Contains("line 1", inventory.Warnings[0].Message);
        Assert.Contains("pipe", inventory.Warnings[1].Message);
    }

    [TestMethod]
    public async Task InspectAsync_with_a_damaged_state_file_and_a_key_that_leaves_the_store_says_so_and_lists_the_rest()
    {
        _scene.Put("a");
        _scene.Folder.Write("project/.datamanifest/state.toml", "[_META\n");
        var inventory = await _scene.Open("[a]\nuri = 'https://h/a'\nkey = 'a'\n[b]\nuri = 'https://h/b'\nkey = '../b'\n").InspectAsync(null, InspectionDetail.None, Cancellation);

        Assert.AreEqual((true, DirtyState.Untracked), (inventory.Datasets[0].IsPresent, inventory.Datasets[0].Dirty));
        Assert.AreEqual(DiagnosticRules.PathLeavesFolder, inventory.Datasets[1].Problem?.Rule);
        CollectionAssert.AreEqual(new[] { DiagnosticRules.UnreadableState, DiagnosticRules.PathLeavesFolder }, inventory.Warnings.Select(warning => warning.Rule).ToArray());
    }

    [TestMethod]
    public async Task InspectAsync_an_archive_that_is_recorded_in_place_of_its_folder_is_relocated_once_the_folder_is_there()
    {
        var archive = _scene.Put("k/a.zip", root: "cache");
        _scene.Record($"[datasets.\"k/a.zip\"]\nstorage_path = \"{archive}\"\n");
        var database = _scene.Open("[a]\nuri = 'https://h/a.zip'\nkey = 'k/a.zip'\nextract = true\n");
        var before = (await database.InspectAsync(null, InspectionDetail.None, Cancellation)).Datasets[0];
        _scene.PutFolder("k/a");
        var after = (await database.InspectAsync(null, InspectionDetail.None, Cancellation)).Datasets[0];

        Assert.AreEqual((archive, DirtyState.Clean, true), (before.Location, before.Dirty, before.IsOutOfPlace));
        Assert.AreEqual((_scene.Folder["store/k/a"], DirtyState.Relocated), (after.Location, after.Dirty));
    }

    [TestMethod]
    public async Task Find_takes_names_aliases_and_hash_beginnings()
    {
        var hash = _scene.Produce("m.f", "n = 1");
        var versioned = _scene.Produce("m.f", "n = 1", "v2");
        var inventory = await _scene.Open($"[co2]\nuri = 'https://h/co2'\naliases = ['c']\n[{hash[..3]}]\nuri = 'https://h/x'\n").InspectAsync(null, InspectionDetail.None, Cancellation);

        Assert.AreEqual("co2", inventory.Find("C").Single().Name);
        Assert.AreEqual(hash[..3], inventory.Find(hash[..3]).Single().Name, "a dataset's name wins");
        Assert.HasCount(2, inventory.Find(hash[..4]));
        Assert.HasCount(2, inventory.Find($"m.f/{hash}"));
        Assert.AreEqual($"m.f/v2/{versioned}", inventory.Find($"m.f/v2/{versioned[..2]}").Single().StorageKey);
        Assert.IsEmpty(inventory.Find("m.f"));
        Assert.IsEmpty(inventory.Find("m.f/v1/" + hash));
        Assert.IsEmpty(inventory.Find("none"));
    }
}
