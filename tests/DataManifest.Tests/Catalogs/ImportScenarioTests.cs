using System.Text.Json;
using DataManifest.Diagnostics;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>
/// The format's recorded runs of <c>import</c>. Departures: a dataset that would share its place in the store gets a key of its own, and what is declared already is not declared again.
/// </summary>
[TestClass]
public sealed class ImportScenarioTests : IDisposable
{
    private readonly CatalogScene _scene = new();

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public async Task TextFiles_areImportedAsRecorded()
    {
        var steps = Steps("import csv / urls / pooch");
        foreach (var i in new[] { 0, 1, 2, 4 })
        {
            await ImportsAsRecordedAsync(steps[i]);
        }

        foreach (var (i, rule) in new[] { (3, DiagnosticRules.BaseUrlMissing), (5, DiagnosticRules.CatalogUnreadable), (6, DiagnosticRules.CatalogUnreadable) })
        {
            var before = _scene.ManifestText;
            var error = await Assert.ThrowsExactlyAsync<DataManifestException>(() => ImportAsync(steps[i]));
            Assert.AreEqual(rule, error.Rule);
            Assert.AreEqual(before, _scene.ManifestText);
        }

        Assert.Contains("key = \"h/temp_4.csv\"", _scene.Dataset("temp_4"), "it would lie where 'temp' lies");
        var again = await ImportAsync(steps[7]);
        CollectionAssert.AreEqual(new[] { "temp", "salt_4", "temp_2", "wind.tar" }, again.Entries.Select(entry => entry.Dataset.Name).ToArray());
        Assert.AreEqual(CatalogOutcome.Added, again.Entries[1].Outcome, "the address is another one");
        Assert.IsTrue(again.Entries.Where((_, i) => i != 1).All(entry => entry.Outcome == CatalogOutcome.Unchanged));
    }

    [TestMethod]
    public async Task YamlFiles_areImportedAsRecorded()
    {
        var steps = Steps("import dvc / intake");
        await ImportsAsRecordedAsync(steps[0]);
        await ImportsAsRecordedAsync(steps[1]);

        var folder = await ImportAsync(steps[2]);
        Assert.IsTrue(folder.Entries.Count == 3 && folder.Entries.All(entry => entry.Outcome == CatalogOutcome.Unchanged), "the folder has what was imported file by file");

        await ImportsAsRecordedAsync(steps[3]);
    }

    private JsonElement[] Steps(string name)
    {
        var scenario = CatalogVectors.Scenario(name);
        foreach (var file in scenario.GetProperty("files").EnumerateObject().Where(file => file.Value.TryGetProperty("text", out _)))
        {
            _scene.Folder.Write(file.Name, file.Value.GetProperty("text").GetString()!);
        }

        _scene.Open();
        return [.. scenario.GetProperty("steps").EnumerateArray()];
    }

    private async Task ImportsAsRecordedAsync(JsonElement step)
    {
        var report = await ImportAsync(step);

        Assert.AreEqual(step.GetProperty("stdout").GetString(), report.ToText() + "\n");
        var after = step.GetProperty("after");
        Assert.AreEqual(WithoutKeys(after.GetProperty("manifest").GetString()!), WithoutKeys(_scene.ManifestText));
        if (after.GetProperty("state").GetString() is { } state)
        {
            Assert.AreEqual(Placed(state), _scene.State);
        }
    }

    private Task<CatalogReport> ImportAsync(JsonElement step)
    {
        var arguments = step.GetProperty("argv").EnumerateArray().Select(word => Placed(word.GetString()!)).ToList();
        return _scene.ImportAsync(
            Enum.Parse<CatalogKind>(arguments[1], ignoreCase: true),
            arguments[2],
            request => request with { BaseUrl = Option("--base-url"), CacheDirectory = Option("--cache-dir"), DryRun = arguments.Contains("--dry-run") },
            TestContext.CancellationToken);

        string Option(string name) => arguments.IndexOf(name) is var at and >= 0 ? arguments[at + 1] : "";
    }

    private string Placed(string text) => text.Replace("{ROOT}", _scene.Folder.Path, StringComparison.Ordinal);

    private static string WithoutKeys(string manifest) =>
        string.Join('\n', TomlWriter.ToCanonical(TomlDocument.Parse(manifest).Root).Split('\n').Where(line => !line.StartsWith("key = ", StringComparison.Ordinal)));
}
