using DataManifest.Citations;
using DataManifest.Loading;

namespace DataManifest.Provenance;

/// <summary>Citations in the Citation File Format, which <c>DATAMANIFEST_CFF</c> knows the schema of.</summary>
[TestClass]
public sealed class CffTests
{
    private static readonly Citation Co2 = new()
    {
        Name = "co2",
        Title = "Trends: 50 % \"more\" {CO_2}",
        Creators = [new("Lan", "Xin"), new("Keeling", "Jean-Pierre B."), new("NOAA Global Monitoring Laboratory", ""), new("Lan", "Xin")],
        Published = "2023-05-06",
        Publisher = "Zenodo",
        Doi = "10.5281/zenodo.7",
        Url = "https://doi.org/10.5281/zenodo.7",
        License = "CC-BY-4.0",
    };

    private static readonly Citation Plain = new() { Name = "my data/b", Title = "my data/b", Publisher = "h.example", Url = "https://h.example/b.csv" };

    [TestMethod]
    public void One_isTheSubject() => Assert.AreEqual(
        """
        cff-version: 1.2.0
        message: "If you use these data, please cite them as below."
        type: dataset
        title: "Trends: 50 % \"more\" {CO_2}"
        authors:
          - family-names: "Lan"
            given-names: "Xin"
          - family-names: "Keeling"
            given-names: "Jean-Pierre B."
          - name: "NOAA Global Monitoring Laboratory"
        doi: "10.5281/zenodo.7"
        url: "https://doi.org/10.5281/zenodo.7"
        license: "CC-BY-4.0"
        date-released: "2023-05-06"

        """.ReplaceLineEndings("\n"), Cff.Of([Co2]));

    [TestMethod]
    public void Several_areReferences_eachOnce()
    {
        var text = Cff.Of([Co2, Plain, Plain]);
        Assert.Contains("\nreferences:\n  - type: data\n    title: \"Trends: 50 % \\\"more\\\" {CO_2}\"\n    authors:\n      - family-names: \"Lan\"\n", text);
        Assert.EndsWith(
            "\n    year: 2023\n    publisher:\n      name: \"Zenodo\"\n  - type: data\n    title: \"my data/b\"\n    authors:\n      - name: \"h.example\"\n    url: \"https://h.example/b.csv\"\n"
                + "    publisher:\n      name: \"h.example\"\n", text);
    }

    [TestMethod]
    [DataRow("CC-BY-4.0", "license: \"CC-BY-4.0\"")]
    [DataRow("cc by 4.0", "license: \"CC-BY-4.0\"")]
    [DataRow("MIT OR Apache-2.0", "license:\n  - \"MIT\"\n  - \"Apache-2.0\"")]
    [DataRow("CC-BY-3.0-IGO", "license-url: \"https://spdx.org/licenses/CC-BY-3.0-IGO.html\"")]
    [DataRow("https://example.org/terms of use", "license-url: \"https://example.org/terms%20of%20use\"")]
    [DataRow("LicenseRef-ours", "")]
    [DataRow("MIT AND CC-BY-4.0", "")]
    [DataRow("(MIT AND ISC) OR CC-BY-4.0", "")]
    [DataRow("LicenseRef-ours OR MIT", "")]
    [DataRow("GPL-2.0-only WITH Classpath-exception-2.0", "")]
    [DataRow("ask us", "")]
    public void Licence_isOneThatTheFormatKnows_orAnAddress(string license, string expected)
    {
        var text = Cff.Of([Plain with { License = license }]);
        Assert.AreEqual(Cff.Of([Plain]) + (expected.Length > 0 ? expected + "\n" : ""), text);
    }

    [TestMethod]
    public void Schema_findsNothingWrong()
    {
        var hostile = Co2 with { Title = "\u2028\u0085\ufeff\t\\ \"x\" \U0001F30D: - # &", Doi = "10.5281/a<b>", Url = "https://doi.org/10.5281/a<b>", Published = "2023", Version = "1.0" };
        Citation[] all = [Co2, Plain, Plain, hostile, .. new[] { "MIT OR ISC", "CC-BY-3.0-IGO", "LicenseRef-x", "x y", "https://h.example/a b", "MIT AND ISC" }.Select(license => Plain with { License = license })];
        foreach (var citations in all.Select(citation => new[] { citation }).Append(all).Append([]))
        {
            var text = Cff.Of(citations);
            using var json = new StreamReader(YamlToJson.Convert(text));
            Assert.AreEqual("", PublishedSchema.FaultsOf("DATAMANIFEST_CFF", "schema.json", json.ReadToEnd()), text);
        }
    }

    [TestMethod]
    public void Titles_areReadBackAsTheyWere()
    {
        const string Title = "\u2028\u0085\ufeff\t\\ \"x\" \U0001F30D: - # &";
        using var json = System.Text.Json.JsonDocument.Parse(YamlToJson.Convert(Cff.Of([Plain with { Title = Title }])));
        Assert.AreEqual(Title, json.RootElement.GetProperty("title").GetString());
    }
}
