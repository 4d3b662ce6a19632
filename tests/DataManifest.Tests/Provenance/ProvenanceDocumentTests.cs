using DataManifest.Manifest;

namespace DataManifest.Provenance;

/// <summary>Citation files, the page for people, and the name of what a manifest pins.</summary>
[TestClass]
public sealed class ProvenanceDocumentTests
{
    private const string Manifest = """
        ["a/b"]
        uri = "https://h.example/1.csv"
        doi = "10.5281/zenodo.7"
        ["a/b"._DOTNET]
        title = "A *starred* <b>title</b>"
        license = "CC-BY-4.0"
        creators = ["Lan, Xin"]
        published = "2023"

        [A_b]
        uri = "https://h.example/2.csv"
        """;

    private static readonly Database Database = new(ManifestDocument.Parse(Manifest, ""));

    [TestMethod]
    public void BibTeX_labelsAreNeverTheSame()
    {
        var text = Database.DescribeProvenance(ProvenanceFormat.BibTeX);
        Assert.StartsWith("@misc{a_b,\n", text);
        Assert.Contains("\n}\n\n@misc{A_b_2,\n", text);
        Assert.EndsWith("\n}\n", text);
    }

    [TestMethod]
    public void Page_escapesWhatMarkdownWouldRead() => Assert.AreEqual(
        """
        # Data

        ## a/b

        Lan, X. (2023). A \*starred\* \<b\>title\</b\> \[Data set\]. h.example. https://doi.org/10.5281/zenodo.7

        Licence: [CC-BY-4.0](https://spdx.org/licenses/CC-BY-4.0.html)

        Source: <https://doi.org/10.5281/zenodo.7>

        ## A\_b

        A\_b \[Data set\]. \(n.d.\). h.example. https://h.example/2.csv

        Source: <https://h.example/2.csv>

        """.ReplaceLineEndings("\n").Replace("X. (2023)", @"X. \(2023\)", StringComparison.Ordinal), Database.DescribeProvenance(ProvenanceFormat.Markdown));

    [TestMethod]
    public void Cff_hasAReferenceForEach() => Assert.Contains("\nreferences:\n  - type: data\n", Database.DescribeProvenance(ProvenanceFormat.Cff));

    [TestMethod]
    public void SeveralManifests_giveOneDocument_andANameThatNoneKnowsIsAnError()
    {
        Database[] both = [Database, new(ManifestDocument.Parse("[A_b]\nuri = \"https://h.example/other.csv\"\n[c]\nuri = \"https://h.example/3.csv\"\nrequires = [\"A_b\"]\n", ""))];
        Assert.AreEqual(4, Count(Database.DescribeProvenance(both, ProvenanceFormat.BibTeX), "@misc{"));
        Assert.AreEqual(4, Count(Database.DescribeProvenance(both, ProvenanceFormat.Cff), "- type: data\n"));
        Assert.AreEqual(3, Count(Database.DescribeProvenance(both, ProvenanceFormat.Markdown, ["c", "a/b"]), "\n## "));

        var bill = Database.DescribeProvenance(both, ProvenanceFormat.CycloneDx, null, "App");
        foreach (var reference in (string[])["data:a/b", "data:A_b", "data:A_b#2", "data:c"])
        {
            Assert.AreEqual(1, Count(bill, $"\"bom-ref\": \"{reference}\""), reference);
        }

        Assert.Contains("did you mean 'A_b'?", Assert.ThrowsExactly<DataManifestException>(() => Database.DescribeProvenance(both, ProvenanceFormat.BibTeX, ["c", "A_c"])).Message);

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    [TestMethod]
    public void BillOfSeveralManifests_isValidByThePublishedSchema()
    {
        var bill = Database.DescribeProvenance([Database, new(ManifestDocument.Parse(Manifest, "")), Database], ProvenanceFormat.CycloneDx, null, "App", "1");
        Assert.AreEqual("", PublishedSchema.FaultsOf("DATAMANIFEST_CYCLONEDX", "bom-1.6.schema.json", bill));
    }

    [TestMethod]
    public void CacheKey_ofSeveralManifests_doesNotDependOnTheirOrder()
    {
        Database a = new(ManifestDocument.Parse("[a]\nuri = \"https://h.example/a.csv\"", "")), b = new(ManifestDocument.Parse("[b]\nuri = \"https://h.example/b.csv\"", ""));
        Assert.AreEqual(Database.ComputeCacheKey([a, b]), Database.ComputeCacheKey([b, a]));
        Assert.HasCount(3, new[] { Database.ComputeCacheKey([a, b]), a.ComputeCacheKey(), b.ComputeCacheKey() }.Distinct().ToArray());
    }

    [TestMethod]
    public void CacheKey_changesWithTheDataAndTheirPlaces_andWithNothingElse()
    {
        const string Pinned = """
            [co2]
            uri = "https://h.example/co2.csv"
            checksum = "md5:d41d8cd98f00b204e9800998ecf8427e"
            """;
        var key = KeyOf(Pinned);
        Assert.HasCount(64, key);
        foreach (var same in (string[])["# comment\n" + Pinned, Pinned.Replace("[co2]", "[other]", StringComparison.Ordinal), Pinned + "\ndescription = \"x\"", Pinned + "\n[co2._DOTNET]\nmirrors = [\"https://m.example/co2.csv\"]"])
        {
            Assert.AreEqual(key, KeyOf(same), same);
        }

        string[] others =
        [
            Pinned.Replace("d41d", "0000", StringComparison.Ordinal), Pinned + "\nversion = \"2\"", Pinned + "\nkey = \"elsewhere\"", Pinned + "\nstorage_path = \"x.csv\"",
            Pinned + "\n[b]\nuri = \"https://h.example/b.csv\"", Pinned + "\n[b]\nuri = \"https://h.example/c.csv\"", "",
        ];
        Assert.HasCount(others.Length + 1, others.Select(KeyOf).Append(key).Distinct().ToArray());
    }

    private static string KeyOf(string manifest) => new Database(ManifestDocument.Parse(manifest, "")).ComputeCacheKey();
}
