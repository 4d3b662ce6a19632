using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Maintenance;

[TestClass]
public sealed class ExportTests : IDisposable
{
    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task ExportAsync_makes_a_project_that_has_its_data_beside_it()
    {
        _scene.Put("h/a.csv", "a");
        _scene.PutFolder("h/z", "z");
        _scene.Folder.Write("project/mine/own.csv", "own");
        _scene.Folder.Write("given.csv", "given");
        var database = _scene.Open($"""
            # comment
            [_META]
            schema = 1

            [_STORAGE]
            datasets_pools = []

            [_LOADERS]
            csv = "My:Read"

            [z]
            uri = "https://h/z.zip"
            extract = true
            checksum = "{FetchScene.Sha256("z")}"

            [a]
            uri = "https://user:secret@h/a.csv"
            checksum = "{FetchScene.Sha256("a")}"
            some_field = "kept"

            [own]
            uri = "https://h/own.csv"
            storage_path = "mine/own.csv"

            [given]
            uri = "https://h/given.csv"
            storage_path = "{_scene.Folder["given.csv"]}"
            skip_download = true

            [gone]
            uri = "https://h/gone.csv"

            [lazy]
            uri = "s3://b/x.zarr"
            lazy_access = true
            loader = "A:B"

            """);

        var preview = await database.ExportAsync(_scene.Folder["bundle"], dryRun: true, cancellationToken: Cancellation);
        Assert.AreEqual(4, preview.Changed);
        Assert.IsFalse(Directory.Exists(_scene.Folder["bundle"]));
        var report = await database.ExportAsync(_scene.Folder["bundle"], cancellationToken: Cancellation);

        Assert.AreEqual(
            "z Exported, a Exported, own Exported, given Exported, gone NotPresent, lazy LazyAccess",
            string.Join(", ", report.Results.Select(result => $"{result.Subject.Name} {(result.Reason == SkipReason.None ? result.Action : result.Reason)}")),
            string.Join(" ", report.Results.Select(result => result.Error?.Message)));
        Assert.AreEqual(
            $"""
            [_LOADERS]
            csv = "My:Read"

            [_META]
            schema = 1

            [_STORAGE]
            datasets_dir = "."

            [a]
            checksum = "{FetchScene.Sha256("a")}"
            some_field = "kept"
            uri = "https://h/a.csv"

            [given]
            uri = "https://h/given.csv"

            [own]
            uri = "https://h/own.csv"

            [z]
            checksum = "{FetchScene.Sha256("z")}"
            extract = true
            uri = "https://h/z.zip"

            """,
            File.ReadAllText(_scene.Folder["bundle/datamanifest.toml"]));
        _scene.Variables["DATAMANIFEST_DATASETS_DIR"] = "";
        var bundle = Database.Open(_scene.Folder["bundle/datamanifest.toml"], new DatabaseOptions { Host = Storage.HostEnvironment.Capture() with { Variables = new Dictionary<string, string> { ["HOME"] = _scene.Folder["home"] } } });
        Assert.AreEqual(_scene.Folder["bundle/h/a.csv"], Path.GetFullPath(bundle["a"].Path));
        var verified = await bundle.VerifyAsync(null, null, Cancellation);
        Assert.AreEqual(2, verified.Results.Count(result => result.Outcome == VerifyOutcome.Verified));
        Assert.IsFalse(verified.HasFailures);
    }

    [TestMethod]
    public async Task ExportAsync_leaves_out_what_has_the_wrong_content_and_adds_to_an_earlier_export()
    {
        _scene.Put("a", "a");
        _scene.Put("b", "changed");
        var database = _scene.Open($"[a]\nuri = 'https://h/a'\nkey = 'a'\n[b]\nuri = 'https://h/b'\nkey = 'b'\nchecksum = '{FetchScene.Sha256("b")}'\n");
        var first = await database.ExportAsync(_scene.Folder["bundle"], cancellationToken: Cancellation);
        Assert.AreEqual(DiagnosticRules.CopyDiffers, first.Results[1].Error?.Rule);
        Assert.IsFalse(File.Exists(_scene.Folder["bundle/b"]));
        Assert.DoesNotContain("[b]", await File.ReadAllTextAsync(_scene.Folder["bundle/datamanifest.toml"], Cancellation));

        _scene.Put("b", "b");
        var second = await database.ExportAsync(_scene.Folder["bundle"], new ObjectFilter { Terms = ["b"], OnlyDatasets = true }, cancellationToken: Cancellation);

        Assert.IsFalse(second.HasFailures, second.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
        var manifest = await File.ReadAllTextAsync(_scene.Folder["bundle/datamanifest.toml"], Cancellation);
        Assert.Contains("[a]", manifest);
        Assert.Contains("[b]", manifest);
        Assert.IsFalse((await database.ExportAsync(_scene.Folder["bundle"], cancellationToken: Cancellation)).HasFailures, "what is there already is no error");
    }

    [TestMethod]
    public async Task ExportAsync_to_another_project_or_with_nothing_to_export_writes_nothing()
    {
        var database = _scene.Open("[a]\nuri = 'https://h/a'\n");
        var manifest = await File.ReadAllTextAsync(_scene.ManifestPath, Cancellation);
        var refused = await Assert.ThrowsExactlyAsync<DataManifestException>(() => database.ExportAsync(_scene.Folder["project"], cancellationToken: Cancellation));
        Assert.AreEqual(DiagnosticRules.ExportTargetTaken, refused.Rule);
        Assert.AreEqual(manifest, await File.ReadAllTextAsync(_scene.ManifestPath, Cancellation));

        Assert.AreEqual(0, (await database.ExportAsync(_scene.Folder["bundle"], cancellationToken: Cancellation)).Changed);
        Assert.IsFalse(Directory.Exists(_scene.Folder["bundle"]));
    }
}
