using System.Globalization;
using DataManifest.Fetching;
using DataManifest.State;

namespace DataManifest.Maintenance;

/// <summary>One project and one store, looked at and changed by this tool and by the format's reference tool in turn.</summary>
[TestClass]
public sealed class ReferenceMaintenanceTests : IDisposable
{
    private static readonly string[] Fields =
        ["kind", "name", "key", "hash", "cachetype", "version", "storage-path", "format", "params", "size", "location", "referenced", "present", "dirty", "created"];

    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task Both_list_the_same_objects_with_the_same_facts()
    {
        Fill();
        foreach (var (arguments, filter) in new (string[], ObjectFilter)[]
        {
            ([], new()),
            (["--all"], new() { IncludeOrphans = true }),
            (["--orphan"], new() { OnlyOrphans = true }),
            (["--dirty"], new() { OnlyDirty = true }),
            (["--outside"], new() { OnlyOutside = true }),
            (["--out-of-place"], new() { OnlyOutOfPlace = true }),
            (["--out-of-place", "--all"], new() { OnlyOutOfPlace = true, IncludeOrphans = true }),
            (["--cached", "--format", "txt"], new() { OnlyProduced = true, Format = "txt" }),
            (["--present"], new() { OnlyPresent = true }),
            (["--missing"], new() { OnlyMissing = true }),
            (["M.ORPH", "cached"], new() { Terms = ["M.ORPH", "cached"] }),
            (["m.f", "relocated", "--any"], new() { Terms = ["m.f", "relocated"], AnyTerm = true }),
            (["m.f", "relocated", "--any", "--invert"], new() { Terms = ["m.f", "relocated"], AnyTerm = true, Invert = true }),
        })
        {
            var expected = (await ReferenceAsync(["list", .. arguments, "--fields", .. Fields])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var inventory = await _scene.Reopen().InspectAsync(filter, InspectionDetail.Size | InspectionDetail.Created, Cancellation);
            CollectionAssert.AreEquivalent(expected, inventory.Objects.Select(Line).ToArray(), string.Join(' ', arguments));
            CollectionAssert.AreEqual(
                expected.Where(line => line.StartsWith("datasets", StringComparison.Ordinal)).ToArray(), inventory.Datasets.Select(Line).ToArray(), "in the order of the manifest");
        }
    }

    [TestMethod]
    public async Task What_one_moves_the_other_finds_and_brings_back()
    {
        Fill();
        Assert.AreEqual(2, (await _scene.Reopen().MoveAsync(ObjectSelection.Of(new ObjectFilter { Terms = ["clean"] }), _scene.Folder["new"], cancellationToken: Cancellation)).Changed);
        Assert.AreEqual(_scene.Folder["new/h/clean.csv"], (await ReferenceAsync("path", "clean")).Trim());
        await ReferenceAsync("normalize", "clean");
        Assert.AreEqual(_scene.Folder["store/h/clean.csv"], _scene.Reopen()["clean"].Path);

        await ReferenceAsync("move", "clean", _scene.Folder["newer"]);
        Assert.AreEqual(_scene.Folder["newer/h/clean.csv"], _scene.Reopen()["clean"].Location.Path);
        Assert.AreEqual(1, (await _scene.Reopen().NormalizeAsync(new ObjectFilter { Terms = ["/newer/h/clean.csv"] }, cancellationToken: Cancellation)).Changed);
        Assert.AreEqual(_scene.Folder["store/h/clean.csv"], (await ReferenceAsync("path", "clean")).Trim());
        Assert.DoesNotContain("clean", await ReferenceAsync("list", "--dirty", "--datasets", "--bare"));
    }

    [TestMethod]
    public async Task Both_refresh_to_the_same_state_file()
    {
        Fill();
        var before = _scene.State;
        var report = await _scene.Reopen().RefreshAsync(null, Cancellation);
        var ours = _scene.State;
        _scene.Folder.Write("project/.datamanifest/state.toml", before);
        await ReferenceAsync("refresh");

        Assert.AreEqual(_scene.State, ours);
        Assert.IsGreaterThan(3, report.Changed);
        Assert.AreEqual("", (await ReferenceAsync("list", "--dirty", "--bare")).Trim());
    }

    [TestMethod]
    public async Task An_export_is_a_project_that_the_reference_verifies()
    {
        Fill();
        Assert.IsFalse((await _scene.Reopen().ExportAsync(_scene.Folder["bundle"], cancellationToken: Cancellation)).HasFailures);
        var ours = await File.ReadAllTextAsync(_scene.Folder["bundle/datamanifest.toml"], Cancellation);
        await ReferenceAsync("export", _scene.Folder["theirs"]);

        Assert.AreEqual(await File.ReadAllTextAsync(_scene.Folder["theirs/datamanifest.toml"], Cancellation), ours);
        foreach (var file in Directory.GetFiles(_scene.Folder["theirs"], "*", SearchOption.AllDirectories))
        {
            Assert.AreEqual(await File.ReadAllTextAsync(file, Cancellation), await File.ReadAllTextAsync(file.Replace("/theirs/", "/bundle/", StringComparison.Ordinal), Cancellation));
        }
    }

    [TestMethod]
    public async Task Both_delete_and_remove_the_same()
    {
        Fill();
        await ReferenceAsync("delete", "clean");
        var theirs = (_scene.State, _scene.Folder.Entries());
        Fill();
        Assert.AreEqual(1, (await _scene.Reopen().DeleteAsync(ObjectSelection.Of("clean"), cancellationToken: Cancellation)).Changed);
        Assert.AreEqual(theirs.State, _scene.State);
        CollectionAssert.AreEqual(theirs.Item2.ToArray(), _scene.Folder.Entries().ToArray());

        Fill();
        await ReferenceAsync("remove", "folder");
        theirs = (_scene.State, _scene.Folder.Entries());
        Fill();
        Assert.IsTrue((await _scene.Reopen().RemoveAsync("folder", cancellationToken: Cancellation)).IsRemovedFromManifest);
        Assert.AreEqual(theirs.State, _scene.State);
        CollectionAssert.AreEqual(theirs.Item2.ToArray(), _scene.Folder.Entries().ToArray());
    }

    /// <summary>Objects of every kind and condition, in a manifest that is in the canonical form, which the reference would write.</summary>
    private void Fill()
    {
        _scene.Put("h/clean.csv", "clean");
        _scene.Put("h/relocated.csv", "12345");
        _scene.PutFolder("h/folder", "in a folder");
        _scene.Put("h/z.zip");
        _scene.PutFolder("h/z");
        _scene.Folder.Write("project/mine/own.csv", "own");
        var moved = _scene.Put("h/moved.csv", root: "archive");
        var pooled = _scene.Put("h/pooled.csv", root: "pool");
        var plain = _scene.Produce("m.f", "grid = '5'\nn = 2");
        var versioned = _scene.Produce("m.f", "grid = '5'\nb = 1.5", "v2");
        _scene.Produce("m.orph", "x = 1");
        var elsewhere = _scene.Produce("m.g", "x = 1", root: "elsewhere");
        var relocated = _scene.Produce("m.r", "x = 2");
        _scene.Record($"""
            [datacache."m.clean"]
            format = "txt"
            ref = ""

            [datacache."m.clean".instances]
            {_scene.Produce("m.clean", "q = 1")} = "{_scene.Datacache}/m.clean/{_scene.Produce("m.clean", "q = 1")}"

            [datacache."m.f"]
            format = "txt"
            ref = "m:f"

            [datacache."m.f".instances]
            {plain} = "{_scene.Datacache}/m.f/{plain}"

            [datacache."m.f@v2"]
            format = "txt"
            ref = ""

            [datacache."m.f@v2".instances]
            {versioned} = "{_scene.Datacache}/m.f/v2/{versioned}"

            [datacache."m.g"]
            format = ""
            ref = ""

            [datacache."m.g".instances]
            {elsewhere} = "{_scene.Folder[$"elsewhere/m.g/{elsewhere}"]}"

            [datacache."m.lost"]
            format = ""
            ref = ""

            [datacache."m.lost".instances]
            dd = "gone/dd"

            [datacache."m.r"]
            format = ""
            ref = ""

            [datacache."m.r".instances]
            {relocated} = "gone/{relocated}"

            [datasets."h/clean.csv"]
            sha256 = "{FetchScene.Sha256("clean")["sha256:".Length..]}"
            storage_path = "{_scene.Folder["store/h/clean.csv"]}"

            [datasets."h/folder"]
            storage_path = "{_scene.Folder["store/h/folder"]}"

            [datasets."h/missing.csv"]
            storage_path = "gone/missing.csv"

            [datasets."h/moved.csv"]
            storage_path = "{moved}"

            [datasets."h/pooled.csv"]
            storage_path = "{pooled}"

            [datasets."h/relocated.csv"]
            storage_path = "/gone/relocated.csv"

            """);
        _scene.Folder.Write("project/.datamanifest/.gitignore", "*\n");
        _scene.Open($"""
            [_META]
            schema = 1

            [absent]
            uri = "https://h/absent.nc"

            [clean]
            checksum = "{FetchScene.Sha256("clean")}"
            uri = "https://h/clean.csv"

            [folder]
            uri = "https://h/folder"

            [missing]
            uri = "https://h/missing.csv"

            [moved]
            uri = "https://h/moved.csv"

            [own]
            storage_path = "mine/own.csv"
            uri = "https://h/own.csv"

            [pooled]
            uri = "https://h/pooled.csv"

            [relocated]
            uri = "https://h/relocated.csv"

            [z]
            extract = true
            uri = "https://h/z.zip"

            """);
    }

    private Task<string> ReferenceAsync(params string[] arguments) => ReferenceTool.RunAsync(
        _scene.Folder, new(_scene.Variables) { ["DATAMANIFEST_DATASETS_DIR"] = _scene.Store, ["TZ"] = "UTC" }, Cancellation, arguments);

    private static string Line(StoredObject found)
    {
        var artifact = found as ProducedArtifact;
        return string.Join('\t', Fields.Select(field => field switch
        {
            "kind" => found.Kind,
            "name" => found.Name,
            "key" => found.Key,
            "hash" => artifact?.Identity.Hash,
            "cachetype" => artifact?.Identity.Cachetype,
            "version" => artifact?.Identity.Version,
            "storage-path" => (found as StoredDataset)?.StoragePath,
            "format" => found.Format,
            "params" => artifact is not { Parameters.Count: > 0 } ? "()" : string.Join(", ", artifact.Parameters.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={Text(entry.Value)}")),
            "size" => $"{found.Size ?? 0}",
            "location" => found.Location,
            "referenced" => found.IsReferenced ? "true" : "false",
            "present" => found.IsPresent ? "true" : "false",
            "dirty" => found.Dirty == DirtyState.Clean ? "" : $"{found.Dirty}".ToLowerInvariant(),
            _ => found.IsPresent ? found.Created?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) : "",
        }));
    }

    private static string Text(Toml.TomlValue value) => value switch
    {
        Toml.TomlString text => text.Value,
        Toml.TomlInteger number => $"{number.Value}",
        Toml.TomlFloat number => DataManifest.Text.PythonFloat.Format(number.Value),
        _ => "?",
    };
}
