using System.Text.Json;
using DataManifest.Bindings;
using DataManifest.Manifest;

namespace DataManifest.Schemas;

[TestClass]
public sealed class FormatPageTests
{
    [TestMethod]
    public void Example_isASoundManifestThatUsesWhatItExplains()
    {
        var manifest = ManifestDocument.Parse(FormatPage.Example, "docs/format.md");
        Assert.IsEmpty(manifest.Diagnostics, string.Join('\n', manifest.Diagnostics));
        Assert.AreEqual(1, manifest.Schema);
        var ladder = new LoadLadder(manifest.Structural, ["csv"]);
        Assert.AreEqual(LoadRung.BuiltIn, ladder.Resolve(manifest.Get("co2")!).Rung);
        Assert.IsTrue(manifest.Get("pollen")!.Extract);
        Assert.IsTrue(ladder.Resolve(manifest.Get("grid_5x5")!).Loader!.IsExplicit);
        Assert.AreEqual(LoadRung.ManifestFormatDefault, ladder.Resolve(manifest.Get("anomalies")!).Rung);
        Assert.AreEqual(FetchRung.Shell, FetchLadder.Resolve(manifest.Get("anomalies")!).Rung);
        Assert.IsNotEmpty(manifest.Datasets.Where(dataset => dataset.Uris.Count > 0));
    }

    [TestMethod]
    public void Page_namesEveryFieldOfTheSchema()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Schema("datamanifest")));
        var definitions = schema.RootElement.GetProperty("$defs");
        var names = new[] { "dataset", "datasetDotnet", "scope" }
            .SelectMany(name => definitions.GetProperty(name).GetProperty("properties").EnumerateObject())
            .Concat(schema.RootElement.GetProperty("properties").EnumerateObject())
            .Select(property => property.Name)
            .ToList();
        var missing = names.Where(name => !FormatPage.Text.Contains($"`{name}`", StringComparison.Ordinal)).ToList();
        Assert.IsGreaterThan(40, names.Count);
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }
}
