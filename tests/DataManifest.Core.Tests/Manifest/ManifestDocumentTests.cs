using System.Diagnostics;
using System.Text;
using DataManifest.Diagnostics;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Manifest;

[TestClass]
public sealed class ManifestDocumentTests
{
    private const string Two = """
        # comment
        [_META]
        schema = 1

        [_STORAGE]
        datasets_dir = "data"

        [_FUTURE]
        x = 1

        [zeta]
        uri = "https://example.org/z.csv"
        custom = { a = 1 }

        ["a/b"]
        uri = "https://example.org/b.zip"
        extract = true
        """;

    [TestMethod]
    public void Parse_aManifest_givesDatasetsInFileOrderAndStructuralTables()
    {
        var manifest = ManifestDocument.Parse(Two, "datasets.toml");
        CollectionAssert.AreEqual(new[] { "zeta", "a/b" }, manifest.Datasets.Select(dataset => dataset.Name).ToList());
        CollectionAssert.AreEqual(new[] { "_META", "_STORAGE", "_FUTURE" }, manifest.Structural.Select(entry => entry.Key).ToList());
        Assert.AreEqual(1, manifest.Schema);
        Assert.AreEqual("data", ((TomlString)manifest.Storage!["datasets_dir"]!).Value);
        Assert.IsInstanceOfType<TomlTable>(manifest.TableOf("zeta")!["custom"]);
        Assert.IsNull(manifest.TableOf("_META"));
        Assert.IsEmpty(manifest.Diagnostics);
        Assert.AreEqual("example.org/b", manifest.Get("a/b")!.ExtractionName);
    }

    [TestMethod]
    public void SpanOf_aField_fallsBackToHeaderAndFile()
    {
        var manifest = ManifestDocument.Parse(Two, "datasets.toml");
        Assert.AreEqual("\"https://example.org/z.csv\"", manifest.SpanOf("zeta", "uri").Of(Two));
        Assert.AreEqual("zeta", manifest.SpanOf("zeta", "checksum").Of(Two));
        Assert.AreEqual("\"a/b\"", manifest.SpanOf("a/b").Of(Two));
        Assert.AreEqual(new TextSpan(0, 0), manifest.SpanOf("none", "uri"));
        var located = manifest.Diagnose(DiagnosticRules.InvalidChecksum, "message", "zeta", "uri");
        Assert.AreEqual((new LinePosition(12, 7), new LinePosition(12, 34), "zeta"), (located.Start, located.End, located.Dataset));
    }

    [TestMethod]
    public void Parse_brokenToml_givesOneLocatedErrorAndNoDatasets()
    {
        var manifest = ManifestDocument.Parse("[a]\nuri = https\n", "datasets.toml");
        var error = manifest.Diagnostics.Single();
        Assert.AreEqual((DiagnosticRules.InvalidToml, 2), (error.Rule, error.Start.Line));
        Assert.IsTrue(manifest.HasErrors);
        Assert.IsEmpty(manifest.Datasets);
        Assert.AreEqual(DiagnosticRules.DatasetNotFound, manifest.Find("a").Rule);
    }

    [TestMethod]
    public void Parse_everyCutOfAManifest_neverThrows()
    {
        for (var length = 0; length <= Two.Length; length++)
        {
            Assert.IsNotNull(ManifestDocument.Parse(Two.Substring(0, length), "datasets.toml").Diagnostics);
        }
    }

    [TestMethod]
    public void Parse_bytesThatAreNotUtf8_givesOneLocatedError()
    {
        var manifest = ManifestDocument.Parse([.. Encoding.UTF8.GetBytes("[a]\ndescription = \""), 0xE9, (byte)'"'], "datasets.toml");
        var error = manifest.Diagnostics.Single();
        Assert.AreEqual((DiagnosticRules.NotUtf8, new LinePosition(2, 16)), (error.Rule, error.Start));
    }

    [TestMethod]
    public void Parse_topLevelValueOrArray_isAnErrorAndTheRestIsRead()
    {
        var manifest = ManifestDocument.Parse("title = 'x'\n_STORAGE = 5\n_flag = 1\n[[list]]\nuri = 'u'\n[ok]\nuri = 'https://example.org/x'\n", "datasets.toml");
        CollectionAssert.AreEqual(new[] { 1, 2, 4 }, manifest.Diagnostics.Select(diagnostic => diagnostic.Start.Line).ToList());
        Assert.IsTrue(manifest.Diagnostics.All(diagnostic => diagnostic.Rule == DiagnosticRules.NotATable));
        Assert.AreEqual("ok", manifest.Datasets.Single().Name);
    }

    [TestMethod]
    public void Parse_tenThousandDatasets_isQuick()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            text.Append("[d").Append(i).Append("]\nuri = \"https://example.org/data/").Append(i % 100).Append("/file").Append(i)
                .Append(".csv\"\naliases = [\"a").Append(i).Append("\"]\nrequires = [\"d").Append(Math.Max(0, i - 1)).Append("\"]\n");
        }

        ManifestDocument.Parse("[d0]\nrequires = []\n", "warm");
        var watch = Stopwatch.StartNew();
        var manifest = ManifestDocument.Parse(text.Replace("requires = [\"d0\"]\n[d1]", "[d1]").ToString(), "datasets.toml");
        for (var i = 0; i < 10_000; i++)
        {
            Assert.AreEqual($"d{i}", manifest.Find($"A{i}").Dataset!.Name);
        }

        watch.Stop();
        Assert.HasCount(1, manifest.Diagnostics.Where(diagnostic => diagnostic.Rule == DiagnosticRules.RequirementCycle), "d0 requires itself");
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
        Console.WriteLine($"{watch.Elapsed.TotalMilliseconds:F0} ms");
    }

    [TestMethod]
    public void Parse_conformanceFixtures_giveNoErrors()
    {
        var folder = SharedVectors.Folder("DATAMANIFEST_CONFORMANCE");
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(folder, "fixtures"), "*.toml").Where(file => !Path.GetFileName(file).StartsWith("cached_", StringComparison.Ordinal) && !Path.GetFileName(file).StartsWith("config_", StringComparison.Ordinal)),
            .. Directory.EnumerateFiles(Path.Combine(folder, "examples"), "*.toml"),
        ];
        Assert.IsGreaterThan(6, files.Length);
        foreach (var file in files)
        {
            var manifest = ManifestDocument.Parse(File.ReadAllBytes(file), file);
            Assert.IsFalse(manifest.HasErrors, file + ": " + string.Join("; ", manifest.Diagnostics.Select(diagnostic => diagnostic.Message)));
            Assert.IsNotEmpty(manifest.Datasets, file);
        }
    }
}
