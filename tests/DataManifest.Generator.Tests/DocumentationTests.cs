using Microsoft.CodeAnalysis;

namespace DataManifest.Generator;

/// <summary>What the tooltip of a dataset shows.</summary>
[TestClass]
public sealed class DocumentationTests
{
    private const string Use = "public static class Program { public static object Run() => (Datasets.Co2.Name, Datasets.All.Count); }";

    [TestMethod]
    public void Summary_fullManifest_hasEveryFactAndNoSecret()
    {
        var text = GeneratorProject.Of("""
            [co2]
            uri = "https://user:pa@ss@example.org:8080/a%20b/co2.csv?download=1&token=abc#v2"
            description = "Carbon <dioxide> & more"
            doi = "https://doi.org/10.5555/a<b>\"c"
            checksum = "sha256:0f343b0931126a20f133d67c2b018a3b5b0f8e5ee22a1ea2a4ecf6a5a0b0c9c7"
            [co2._DOTNET]
            title = "Trends"
            creators = ["Lan, Xin", "NOAA"]
            license = "CC-BY-4.0"
            published = 2023-05-06
            """).Summary("My.Science.Datasets", "Co2");

        CollectionAssert.AreEqual(
            new[]
            {
                "Source: https://example.org:8080/a%20b/co2.csv?download=1#v2",
                "DOI: 10.5555/a<b>\"c",
                "Version: v2",
                "Format: csv",
                "Licence: CC-BY-4.0",
                "Cite as: Lan, X., & NOAA. (2023). Trends (Version v2) [Data set]. example.org.",
                "Checksum: sha256:0f343b093112…",
            },
            text.Elements("para").Select(paragraph => paragraph.Value).ToArray());
        Assert.StartsWith("Carbon <dioxide> & more", text.Value.Trim());
        CollectionAssert.AreEqual(
            new[] { "https://example.org:8080/a%20b/co2.csv?download=1#v2", "https://doi.org/10.5555/a%3Cb%3E%22c" },
            text.Descendants("see").Select(link => link.Attribute("href")!.Value).ToArray());
    }

    [TestMethod]
    [DataRow("s3://bucket/co2.csv", "Source: s3://bucket/co2.csv")]
    [DataRow("javascript:alert(1)", "Source: javascript:alert(1)")]
    [DataRow("data/co2.csv", "Source: data/co2.csv")]
    public void Summary_sourceThatNoBrowserOpens_isNoLink(string uri, string expected)
    {
        var text = GeneratorProject.Of($"[co2]\nkey = 'co2.csv'\nuri = '{uri}'\n").Summary("My.Science.Datasets", "Co2");

        Assert.AreEqual(expected, text.Elements("para").First().Value);
        Assert.IsEmpty(text.Descendants("see"));
    }

    [TestMethod]
    public void Summary_descriptionAlone_isNoCitation() => CollectionAssert.AreEqual(
        new[] { "Source", "Format" },
        GeneratorProject.Of("[co2]\nuri = 'https://example.org/co2.csv'\ndescription = 'Carbon'\n").Summary("My.Science.Datasets", "Co2")
            .Elements("para").Select(paragraph => paragraph.Value.Split(':')[0]).ToArray());

    [TestMethod]
    [DataRow("\"use co2_2024\"", "'Datasets.Co2' is obsolete: 'use co2_2024'")]
    [DataRow("true", "'Datasets.Co2' is obsolete: 'the manifest says that it should no longer be used.'")]
    public void Compile_useOfAnObsoleteDataset_isTheOnlyWarning(string obsolete, string message)
    {
        var project = GeneratorProject.Of($"[co2]\nuri = 'https://example.org/co2.csv'\n[co2._DOTNET]\nobsolete = {obsolete}\n[\"a/b\"]\nuri = 'x://h/b'\n_DOTNET.obsolete = true\n", Use);

        var finding = project.Compile().GetDiagnostics().Single(found => found.Severity >= DiagnosticSeverity.Warning);
        Assert.AreEqual("CS0618", finding.Id);
        Assert.Contains(message, finding.GetMessage(null));
        Assert.IsTrue(finding.Location.IsInSource && finding.Location.GetLineSpan().Path == "/src/File0.cs");
        Assert.StartsWith("Obsolete: ", project.Summary("My.Science.Datasets", "Co2").Elements("para").First().Value);
    }

    [TestMethod]
    [DataRow("false")]
    [DataRow("3")]
    public void Compile_datasetThatIsNotObsolete_hasNoWarning(string obsolete) =>
        Assert.IsEmpty(GeneratorProject.Of($"[co2]\nuri = 'https://example.org/co2.csv'\n[co2._DOTNET]\nobsolete = {obsolete}\n", Use).CompilerFindings());

    [TestMethod]
    [DataRow("1234567", "", "Size: 1.2 MB")]
    [DataRow("0", "", "Size: 0 B")]
    [DataRow("20", "files = [['a', 20]]", "Size: 20 B, 1 file")]
    [DataRow("5000000000", "files = [['a', 20], ['b', 1]]\nomitted_files = 1998", "Size: 5.0 GB, 2,000 files")]
    public void Summary_sizeThatIsKnown_isShownForTheDataThatTheManifestDeclares(string size, string files, string expected)
    {
        const string manifest = "[co2]\nuri = 'https://example.org/co2.csv'\n";
        var record = $"[[dataset]]\nname = 'co2'\nchecksum = 'sha256:{new string('1', 64)}'\nrecipe = 'r'\nsize = {size}\n{files}\n";
        string[] Facts(string toml) =>
        [
            .. (GeneratorProject.Of(toml) with { Manifests = [new("/p/datasets.toml", toml), new("/p/contents.toml", record, contents: "fetched")] })
                .Summary("My.Science.Datasets", "Co2").Elements("para").Select(paragraph => paragraph.Value),
        ];

        Assert.Contains(expected, Facts(manifest));
        Assert.Contains(expected, Facts(manifest + $"checksum = 'sha256:{new string('1', 64)}'\n"));
        Assert.IsFalse(Facts(manifest + $"checksum = 'sha256:{new string('2', 64)}'\n").Any(fact => fact.StartsWith("Size", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Compile_wayThroughAnObsoleteDatasetToAnother_hasNoWarning() => Assert.IsEmpty(
        GeneratorProject.Of(
            "[co2]\nuri = 'https://example.org/co2.csv'\n_DOTNET.obsolete = 'use co2/new'\n[\"co2/new\"]\nuri = 'https://example.org/new.csv'\n",
            "public static class Program { public static object Run() => Datasets.Co2.New.Name; }").CompilerFindings());
}
