using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

[TestClass]
public sealed class DatasetLookupTests
{
    private static readonly ManifestDocument Manifest = ManifestDocument.Parse(
        """
        [co2]
        uri = "https://example.org/d/co2.csv"
        doi = "10.1/shared"
        aliases = ["carbon"]

        [CO2]
        uri = "https://example.org/d/other.csv"

        [grid]
        uri = "https://github.com/org/MyGrid"
        doi = "10.1/SHARED"
        aliases = ["co2"]
        """,
        "datasets.toml");

    /// <summary>Queries for which an exact name wins here where the other tools find several datasets and stop.</summary>
    private static readonly string[] ExactNames = ["tempr", "TEMPR", "third"];

    [TestMethod]
    [DataRow("co2", "co2")]
    [DataRow("CO2", "CO2")]
    [DataRow("CARBON", "co2")]
    [DataRow("/d/other.csv", "CO2")]
    [DataRow("example.org/d/co2.csv", "co2")]
    [DataRow("mygrid", "grid")]
    public void Find_anExactNameOrAnyOtherTerm_givesTheDataset(string identifier, string expected) =>
        Assert.AreEqual(expected, Manifest.Find(identifier).Dataset!.Name);

    [TestMethod]
    public void Find_severalMatches_namesTheCandidates()
    {
        var lookup = Manifest.Find("10.1/Shared");
        Assert.IsNull(lookup.Dataset);
        Assert.AreEqual(DiagnosticRules.DatasetAmbiguous, lookup.Rule);
        Assert.AreEqual("'10.1/Shared' matches 2 datasets ('co2', 'grid'); write the name of the one that is meant.", lookup.Message);
        Assert.HasCount(2, Manifest.FindAll("10.1/shared"));
    }

    [TestMethod]
    [DataRow("gird", "did you mean 'grid'?")]
    [DataRow("carbno", "did you mean 'carbon'?")]
    [DataRow("something else", "see the manifest")]
    [DataRow("", "see the manifest")]
    public void Find_noMatch_suggestsWhatIsClose(string identifier, string expected)
    {
        var lookup = Manifest.Find(identifier);
        Assert.AreEqual(DiagnosticRules.DatasetNotFound, lookup.Rule);
        StringAssert.Contains(lookup.Message, expected);
    }

    [TestMethod]
    [DataRow("2", "co2 CO2 grid")]
    [DataRow("OTHER", "CO2")]
    [DataRow("org/mygrid", "grid")]
    [DataRow("nothing", "")]
    [DataRow("", "co2 CO2 grid")]
    public void Search_findsParts(string text, string expected) => Assert.AreEqual(expected, string.Join(' ', Manifest.Search(text).Select(dataset => dataset.Name)));

    [TestMethod]
    public void FindAll_andSearch_beginWithWhatIsNamed()
    {
        var manifest = ManifestDocument.Parse(
            "[first]\nuri = 'https://h/d/xy.csv'\naliases = ['x']\n[axb]\nuri = 'https://h/2'\n[X]\nuri = 'https://h/3'\naliases = ['x']\n[none]\nuri = 'https://h/4'\n[last]\nuri = 'https://h/x5'", "");
        Assert.AreEqual("X, first", Names(manifest.FindAll("x")));
        Assert.AreEqual("X, first, axb, last", Names(manifest.Search("x")));
        Assert.AreEqual("first, axb, X, none, last", Names(manifest.Search("")));

        static string Names(IEnumerable<DatasetDeclaration> datasets) => string.Join(", ", datasets.Select(dataset => dataset.Name));
    }

    [TestMethod]
    public void Find_everyVector_findsWhatTheOtherToolsFindUnlessAnExactNameWins()
    {
        var vectors = SharedVectors.Read("lookup.json");
        var datasets = vectors.GetProperty("datasets").EnumerateObject().Select(item => DatasetDeclaration.Read(item.Name, SharedVectors.Table(item.Value)));
        var index = new DatasetIndex([.. datasets]);
        foreach (var vector in vectors.GetProperty("partial").EnumerateArray())
        {
            var query = vector.GetProperty("query").GetString()!;
            CollectionAssert.AreEqual(SharedVectors.Strings(vector.GetProperty("partial_matches")), index.Search(query).Select(dataset => dataset.Name).ToList(), query);
        }

        var cases = vectors.GetProperty("cases").EnumerateArray().ToList();
        Assert.IsNotEmpty(cases);
        foreach (var vector in cases)
        {
            var query = vector.GetProperty("query").GetString()!;
            CollectionAssert.AreEqual(SharedVectors.Strings(vector.GetProperty("matches")), index.All(query).Select(dataset => dataset.Name).ToList(), query);
            var expected = ExactNames.Contains(query) ? query : vector.TryGetProperty("resolved", out var resolved) ? resolved.GetString() : null;
            Assert.AreEqual(expected, index.Find(query).Dataset?.Name, query);
        }
    }
}
