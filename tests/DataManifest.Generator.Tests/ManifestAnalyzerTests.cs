using DataManifest.Generator.Analysis;

namespace DataManifest.Generator;

[TestClass]
public sealed class ManifestAnalyzerTests(TestContext test)
{
    [TestMethod]
    public async Task Analyze_goodManifest_reportsNothing() =>
        Assert.IsEmpty(await GeneratorProject.Of("[co2]\nuri = \"https://example.org/co2.csv\"\n").AnalyzeAsync(test.CancellationToken));

    [TestMethod]
    public async Task Analyze_textThatIsNoToml_reportsItsPlace()
    {
        var findings = await GeneratorProject.Of("[co2]\nuri = \"open\n").AnalyzeAsync(test.CancellationToken);

        StringAssert.StartsWith(findings.Single(), "datasets.toml(2,");
        StringAssert.Contains(findings.Single(), "Error DM0101");
    }

    [TestMethod]
    public async Task Analyze_findingOfTheReader_isReportedAtItsLine()
    {
        var findings = await GeneratorProject.Of("[co2]\nuri = \"https://example.org/co2.csv\"\nchecksum = \"sha256:xyz\"\n").AnalyzeAsync(test.CancellationToken);

        StringAssert.StartsWith(findings.Single(), "datasets.toml(3,12): Error DM0206");
    }

    [TestMethod]
    public async Task Analyze_namesThatMeet_areReportedAtTheSecondOne()
    {
        var findings = await GeneratorProject.Of("""
            ["co2-a"]
            uri = "https://example.org/1.csv"
            [co2_a]
            uri = "https://example.org/2.csv"
            [equals]
            uri = "https://example.org/3.csv"
            ["x-y/z"]
            uri = "https://example.org/4.csv"
            ["x_y/z"]
            uri = "https://example.org/5.csv"
            ["x-y//z"]
            uri = "https://example.org/6.csv"
            """).AnalyzeAsync(test.CancellationToken);

        CollectionAssert.AreEqual(
            new[]
            {
                "datasets.toml(3,2): Warning DM0701: Dataset 'co2_a' is Datasets.Co2A2 in C#, because another member has the name Co2A. Rename one of them for a name that stays when the file changes.",
                "datasets.toml(5,2): Warning DM0701: Dataset 'equals' is Datasets.Equals2 in C#, because another member has the name Equals. Rename one of them for a name that stays when the file changes.",
                "datasets.toml(9,2): Warning DM0701: The group 'x_y/' is Datasets.XY2 in C#, because another member has the name XY. Rename one of them for a name that stays when the file changes.",
                "datasets.toml(11,2): Warning DM0701: Dataset 'x-y//z' is Datasets.XY.Z2 in C#, because another member has the name Z. Rename one of them for a name that stays when the file changes.",
            },
            findings.ToArray());
    }

    [TestMethod]
    public async Task Analyze_oneNameInTwoManifests_isReportedInTheSecondOne()
    {
        var project = GeneratorProject.Of("") with
        {
            Manifests =
            [
                new("/project/a.toml", "[co2]\nuri = \"https://example.org/co2.csv\"\n"),
                new("/project/b.toml", "\n[co2]\nuri = \"https://example.org/co2.csv\"\n"),
            ],
        };
        var findings = await project.AnalyzeAsync(test.CancellationToken);

        StringAssert.StartsWith(findings.Single(), "b.toml(2,2): Error DM0702: Dataset 'co2' is also in a.toml");
    }

    [TestMethod]
    public async Task Analyze_unmarkedFile_isNotRead() => Assert.IsEmpty(
        await (GeneratorProject.Of("") with { Manifests = [new("/project/other.toml", "[", isMarked: false)] }).AnalyzeAsync(test.CancellationToken));

    [TestMethod]
    public void SupportedDiagnostics_everyRule_hasAHelpLinkAndACode()
    {
        var rules = new ManifestAnalyzer().SupportedDiagnostics;

        Assert.IsTrue(rules.All(rule => rule.HelpLinkUri.EndsWith("docs/diagnostics.md#" + rule.Id.ToLowerInvariant(), StringComparison.Ordinal)));
        Assert.AreEqual(rules.Length, rules.Select(rule => rule.Id).Distinct().Count());
        Assert.Contains("DM0101", rules.Select(rule => rule.Id));
    }
}
