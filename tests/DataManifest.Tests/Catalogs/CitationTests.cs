using DataManifest.Citations;

namespace DataManifest.Catalogs;

/// <summary>Citations from what a manifest says.</summary>
[TestClass]
public sealed class CitationTests : IDisposable
{
    private const string Manifest = """
        [co2]
        uri = "https://h.example/co2.csv"
        doi = "https://doi.org/10.5281/zenodo.7"
        description = "not the title"

        [co2._DOTNET]
        title = "Trends: 50 % \"more\" {CO_2}"
        creators = ["Lan, Xin", "Keeling, Jean-Pierre B.", "NOAA Global Monitoring Laboratory"]
        license = "CC-BY-4.0"
        publisher = "Zenodo"
        published = 2023-05-06

        ["my data/b"]
        uri = "https://user:secret@h.example/b.csv?token=abc"
        """;

    private readonly CatalogScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [TestMethod]
    public void BibTeX_escapesAndKeepsNames() => Assert.AreEqual(
        """
        @misc{co2,
          author    = {Lan, Xin and Keeling, Jean-Pierre B. and {NOAA Global Monitoring Laboratory}},
          title     = {{Trends: 50 \% "more" \{CO\_2\}}},
          year      = {2023},
          publisher = {Zenodo},
          doi       = {10.5281/zenodo.7},
          url       = {https://doi.org/10.5281/zenodo.7},
          note      = {CC-BY-4.0}
        }
        """.ReplaceLineEndings("\n"), Cite("co2").ToBibTeX());

    [TestMethod]
    public void Apa_hasInitialsAndTheDoi() => Assert.AreEqual(
        "Lan, X., Keeling, J.-P. B., & NOAA Global Monitoring Laboratory. (2023). Trends: 50 % \"more\" {CO_2} [Data set]. Zenodo. https://doi.org/10.5281/zenodo.7",
        Cite("co2").ToApa());

    [TestMethod]
    public void ADatasetWithoutMetadata_isCitedByItsAddress_withoutSecrets()
    {
        var citation = Cite("my data/b");

        CollectionAssert.AreEqual(new[] { "title", "creators", "published", "doi" }, citation.Missing.ToArray());
        Assert.AreEqual("my data/b [Data set]. (n.d.). h.example. https://h.example/b.csv", citation.ToApa());
        StringAssert.StartsWith(citation.ToBibTeX(), "@misc{my_data_b,");
        Assert.DoesNotContain("secret", citation.ToBibTeX() + citation.ToApa());
    }

    [TestMethod]
    public void Apa_ofMoreThanTwentyCreators_leavesSomeOut()
    {
        var many = Cite("co2") with { Creators = [.. Enumerable.Range(1, 25).Select(i => new CitedCreator($"N{i}", "A"))] };

        Assert.Contains("N19, A., … N25, A. (2023)", many.ToApa());
        Assert.DoesNotContain("N20", many.ToApa());
    }

    private Citation Cite(string name) => _scene.Open(Manifest).Cite([name])[0];
}
