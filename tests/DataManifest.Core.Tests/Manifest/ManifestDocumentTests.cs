using System.Diagnostics;
using System.Globalization;
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
    [DataRow("\ufeffx = 1\n", 1, 1)]
    [DataRow("\ufeff[a]\nuri = 1\n", 2, 7)]
    [DataRow("\ufeff[a", 1, 3)]
    public void A_byteOrderMark_hasNoColumn(string text, int line, int column)
    {
        var start = ManifestDocument.Parse(text, "").Diagnostics[0].Start;
        Assert.AreEqual((line, column), (start.Line, start.Column));
    }

    [TestMethod]
    [Timeout(20_000, CooperativeCancellation = false)]
    [DataRow("['c0']")]
    [DataRow("['c0', 'x{0}']")]
    public void A_longChain_ofWhichEveryLinkLeadsBack_isCheckedInLinearTime(string back)
    {
        const int length = 20_000;
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < length; i++)
        {
            var requires = string.Format(System.Globalization.CultureInfo.InvariantCulture, back, i).TrimEnd(']');
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[c{i}]\nshell = 'x'\nrequires = {requires}, 'c{Math.Min(i + 1, length - 1)}']\n[x{i}]\nshell = 'x'\nrequires = ['c0']\n");
        }

        var circles = ManifestDocument.Parse(text.ToString(), "").Diagnostics.Where(diagnostic => diagnostic.Rule == DiagnosticRules.RequirementCycle).Select(diagnostic => diagnostic.Dataset).ToList();
        CollectionAssert.AllItemsAreUnique(circles);
        Assert.HasCount(back.Contains('x', StringComparison.Ordinal) ? 2 * length : length, circles);
    }

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
    [DataRow("uri = 'https://example.org/x'", "'uri' is not a table, so no dataset; put it below the header of a dataset, such as [co2], or remove it.")]
    [DataRow("url = 'https://example.org/x'", "'url' is not a table, so no dataset; put it below the header of a dataset, such as [co2], or remove it.")]
    [DataRow("title = 'x'", "'title' is not a table, so no dataset; put it under a [title] header, or remove it.")]
    public void Parse_fieldOutsideOfAnyDataset_isToldApartFromARemark(string line, string message) =>
        Assert.AreEqual(message, ManifestDocument.Parse(line + "\n", "datasets.toml").Diagnostics.Single().Message);

    [TestMethod]
    [DataRow("d{0}", "d{1}", 0)]
    [DataRow("d{0}", "none{1}", 9_999)]
    public void Parse_tenThousandDatasets_isQuick(string name, string required, int findings)
    {
        var text = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"[{string.Format(CultureInfo.InvariantCulture, name, i)}]")
                .AppendLine(CultureInfo.InvariantCulture, $"uri = \"https://example.org/data/{i % 100}/file{i}.csv\"")
                .AppendLine(CultureInfo.InvariantCulture, $"aliases = [\"a{i}\"]");
            if (i > 0)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"requires = [\"{string.Format(CultureInfo.InvariantCulture, required, i, i - 1)}\"]");
            }
        }

        ManifestDocument.Parse(Two, "warm");
        var watch = Stopwatch.StartNew();
        var manifest = ManifestDocument.Parse(text.ToString(), "datasets.toml");
        for (var i = 0; i < 10_000; i++)
        {
            Assert.AreEqual($"d{i}", manifest.Find($"A{i}").Dataset!.Name);
        }

        watch.Stop();
        Assert.HasCount(findings, manifest.Diagnostics);
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
        Console.WriteLine($"{watch.Elapsed.TotalMilliseconds:F0} ms");
    }

    [TestMethod]
    public void Parse_aLongCircleOfRequirements_isReportedAtEachDataset()
    {
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"[d{i}]\nrequires = [\"d{(i + 1) % 10_000}\"]\n"));
        var manifest = ManifestDocument.Parse(text, "datasets.toml");
        Assert.HasCount(10_000, manifest.Diagnostics.Where(diagnostic => diagnostic.Rule == DiagnosticRules.RequirementCycle));
        StringAssert.Contains(manifest.Diagnostics[0].Message, "d0 -> d1 -> d2 -> d3 -> d4 -> d5 -> d6 -> d7 -> … -> d0");
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

    [TestMethod]
    public void Parse_theRoundTripVectors_givesTheirDatasetsAndSchema()
    {
        var cases = SharedVectors.Read("manifest_roundtrip.json").GetProperty("cases").EnumerateArray().ToList();
        Assert.IsNotEmpty(cases);
        foreach (var vector in cases)
        {
            var id = vector.GetProperty("id").GetString();
            var manifest = ManifestDocument.Parse(vector.GetProperty("manifest").GetString()!, id!);
            var expected = vector.GetProperty("expect");
            if (expected.TryGetProperty("error", out _))
            {
                // A field called name or persist is an unknown field, which readers must tolerate; all else that stops the other tools is reported.
                Assert.AreEqual(id is not ("r30" or "r31"), manifest.Diagnostics.Count > 0, id);
                continue;
            }

            CollectionAssert.AreEqual(SharedVectors.Strings(expected.GetProperty("datasets")), manifest.Datasets.Select(dataset => dataset.Name).ToList(), id);
            var schema = expected.GetProperty("schema_version");
            Assert.AreEqual(schema.ValueKind == System.Text.Json.JsonValueKind.Null ? 0 : schema.GetInt32(), manifest.Schema, id);
        }
    }
}
