using DataManifest.Diagnostics;
using DataManifest.Fetching;

namespace DataManifest.Maintenance;

/// <summary>Data at an exact <c>storage_path</c>, and data that others provide, are their owner's: no operation writes, moves, marks or deletes them.</summary>
[TestClass]
public sealed class UserManagedDataTests : IDisposable
{
    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancellation => TestContext.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task NoOperation_touchesThem()
    {
        var database = Open();
        var before = Snapshot();
        var everything = ObjectSelection.Of(new ObjectFilter());

        await database.FetchAsync(null, null, Cancellation);
        Unchanged("fetched");
        await Open().FetchAsync(new FetchRequest { Recheck = Names }, null, Cancellation);
        Unchanged("fetched with a look at the data");
        await Open().VerifyAsync(cancellationToken: Cancellation);
        Unchanged("verified");
        await Open().RepairAsync(null, null, Cancellation);
        Unchanged("repaired");
        await Open().RefreshAsync(new RefreshRequest { Scan = true }, Cancellation);
        Unchanged("refreshed");
        var moved = await Open().MoveAsync(everything, _scene.Folder["elsewhere"], cancellationToken: Cancellation);
        Unchanged("moved");
        await Open().NormalizeAsync(cancellationToken: Cancellation);
        Unchanged("normalized");
        await Open().NormalizeAsync(copy: true, cancellationToken: Cancellation);
        Unchanged("normalized with copies");
        var deleted = await Open().DeleteAsync(everything, cancellationToken: Cancellation);
        Unchanged("deleted");
        await Open().ExportAsync(_scene.Folder["export"], cancellationToken: Cancellation);
        Unchanged("exported");
        foreach (var name in Names)
        {
            Assert.IsTrue((await Open().RemoveAsync(name, cancellationToken: Cancellation)).IsRemovedFromManifest, name);
        }

        Unchanged("removed");
        Assert.AreEqual("exact UserManaged, folder UserManaged, provided UserManaged, wrong UserManaged, archive UserManaged", Reasons(moved));
        Assert.AreEqual(Reasons(moved), Reasons(deleted));
        Assert.IsFalse(Directory.Exists(_scene.Folder["elsewhere"]));

        void Unchanged(string after) => CollectionAssert.AreEqual(before, Snapshot(), after);

        static string Reasons(MaintenanceReport report) => string.Join(", ", report.Results.Select(result => $"{result.Subject.Name} {result.Reason}"));
    }

    [TestMethod]
    public async Task FetchAsync_ofOneWithTheWrongContent_saysSoAndLeavesIt()
    {
        var results = (await Open().FetchAsync(new FetchRequest { Names = ["wrong"], Recheck = Names }, null, Cancellation)).Results;
        Assert.AreEqual(DiagnosticRules.ChecksumMismatch, results.Single().Error?.Rule);
        Assert.AreEqual("mine", File.ReadAllText(_scene.Folder["project/mine/wrong.csv"]));
    }

    /// <summary>A record that leads to data of the user's own, as another tool may have written it, gives nobody the right to touch them.</summary>
    [TestMethod]
    public async Task A_recordOfTheirPlace_changesNothing()
    {
        Open();
        _scene.Record("""
            [datasets."h/e.csv"]
            storage_path = "mine/exact.csv"
            [datasets.wrong]
            storage_path = "mine/exact.csv"

            """);
        var before = Snapshot();

        await Open().DeleteAsync(ObjectSelection.Of(new ObjectFilter()), cancellationToken: Cancellation);
        await Open().MoveAsync(ObjectSelection.Of(new ObjectFilter()), _scene.Folder["elsewhere"], cancellationToken: Cancellation);
        await Open().NormalizeAsync(cancellationToken: Cancellation);

        CollectionAssert.AreEqual(before, Snapshot());
    }

    private static readonly HashSet<string> Names = ["exact", "folder", "provided", "wrong", "archive"];

    private Database Open()
    {
        if (!File.Exists(_scene.ManifestPath))
        {
            _scene.Folder.Write("project/mine/exact.csv", "mine");
            _scene.Folder.Write("project/mine/wrong.csv", "mine");
            _scene.Folder.Write("project/mine/x.zip", "no zip at all");
            _scene.Folder.Write("project/mine/folder/sub/a.txt", "mine");
            _scene.Folder.Write("outside/provided.csv", "mine");
        }

        return _scene.Open($"""
            [exact]
            uri = "https://unreachable.invalid/e.csv"
            storage_path = "mine/exact.csv"
            [folder]
            uri = "https://unreachable.invalid/f"
            storage_path = "$repo/mine/folder"
            [provided]
            uri = "{_scene.Folder["outside/provided.csv"]}"
            skip_download = true
            [wrong]
            uri = "https://unreachable.invalid/w.csv"
            storage_path = "mine/wrong.csv"
            checksum = "{FetchScene.Sha256("other")}"
            [archive]
            uri = "https://unreachable.invalid/x.zip"
            storage_path = "mine/x.zip"
            extract = true

            """);
    }

    /// <summary>Every entry of the user's own with its content and the time of its last change.</summary>
    private string[] Snapshot() =>
    [
        .. _scene.Folder.Entries()
            .Where(entry => entry.StartsWith("project/mine", StringComparison.Ordinal) || entry.StartsWith("outside", StringComparison.Ordinal))
            .Select(entry => File.Exists(_scene.Folder[entry]) ? $"{entry} {File.ReadAllText(_scene.Folder[entry])} {File.GetLastWriteTimeUtc(_scene.Folder[entry]):O}" : entry),
    ];
}
