using DataManifest.Diagnostics;

namespace DataManifest.Maintenance;

[TestClass]
public sealed class ObjectFilterTests : IDisposable
{
    private readonly StoreScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    [DataRow("30", 30)]
    [DataRow("90 s", 90)]
    [DataRow("1.5h", 5400)]
    [DataRow("2 Weeks", 1209600)]
    [DataRow("7d", 604800)]
    [DataRow(".5min", 30)]
    public void ParseAge_reads_a_number_and_a_unit(string text, double seconds) => Assert.AreEqual(seconds, ObjectFilter.ParseAge(text).TotalSeconds);

    [TestMethod]
    [DataRow("")]
    [DataRow("d")]
    [DataRow("7 years")]
    [DataRow("1,5h")]
    public void ParseAge_refuses_anything_else(string text) =>
        Assert.AreEqual(DiagnosticRules.InvalidAge, Assert.ThrowsExactly<DataManifestException>(() => ObjectFilter.ParseAge(text)).Rule);

    [TestMethod]
    public async Task Each_condition_narrows_as_in_the_other_tools()
    {
        var recorded = _scene.Produce("m.f", "grid = '5'");
        var orphan = _scene.Produce("m.orph", "grid = '6'");
        _scene.Put("here.csv");
        var outside = _scene.Put("out.csv", root: "else");
        _scene.Record($"""
            [datacache."m.f"]
            instances.{recorded} = "{_scene.Datacache}/m.f/{recorded}"
            [datasets."out.csv"]
            storage_path = "{outside}"
            [datasets."here.csv"]
            storage_path = "{_scene.Folder["store/here.csv"]}"

            """);
        var database = _scene.Open("[here]\nuri = 'https://h/here'\nkey = 'here.csv'\n[out]\nuri = 'https://h/o'\nkey = 'out.csv'\n[gone]\nuri = 'https://h/g.nc'\n");

        Assert.AreEqual("m.f here out gone", await ListAsync(new()));
        Assert.AreEqual("m.f m.orph here out gone", await ListAsync(new() { IncludeOrphans = true }));
        Assert.AreEqual("m.orph", await ListAsync(new() { OnlyOrphans = true }));
        Assert.AreEqual("m.f", await ListAsync(new() { OnlyProduced = true }));
        Assert.AreEqual("here out gone", await ListAsync(new() { OnlyDatasets = true }));
        Assert.AreEqual("m.f here out gone", await ListAsync(new() { OnlyDatasets = true, OnlyProduced = true }));
        Assert.AreEqual("here out", await ListAsync(new() { OnlyPresent = true }));
        Assert.AreEqual("gone", await ListAsync(new() { OnlyMissing = true }));
        Assert.AreEqual("out", await ListAsync(new() { OnlyOutside = true }));
        Assert.AreEqual("out", await ListAsync(new() { OnlyOutOfPlace = true }));
        Assert.AreEqual("", await ListAsync(new() { OnlyDirty = true }));
        Assert.AreEqual("gone", await ListAsync(new() { Format = "nc" }));
        Assert.AreEqual("m.orph", await ListAsync(new() { HashPrefixes = [orphan[..8].ToUpperInvariant(), "zz"] }));
        Assert.AreEqual("m.orph", await ListAsync(new() { Terms = ["M.ORPH", "txt"] }), "whoever searches is shown orphans");
        Assert.AreEqual("", await ListAsync(new() { Terms = ["m.orph", "csv"] }));
        Assert.AreEqual("m.orph here out", await ListAsync(new() { Terms = ["m.orph", "csv"], AnyTerm = true }));
        Assert.AreEqual("here gone", await ListAsync(new() { Terms = ["m.f", "else"], AnyTerm = true, Invert = true }));
        Assert.AreEqual("", await ListAsync(new() { OlderThan = TimeSpan.FromHours(1) }));
        File.SetLastAccessTimeUtc(outside, DateTime.UtcNow.AddDays(-2));
        Assert.AreEqual("out", await ListAsync(new() { OlderThan = TimeSpan.FromHours(1) }), "what is not there has no age");

        async Task<string> ListAsync(ObjectFilter filter) =>
            string.Join(' ', (await database.InspectAsync(filter, InspectionDetail.None, TestContext.CancellationToken)).Objects.Select(found => found.Name));
    }
}
