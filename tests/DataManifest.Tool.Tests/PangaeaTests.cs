namespace DataManifest.Tool;

/// <summary>The four kinds of datasets at PANGAEA: a table, one file, a collection of files, and a series of datasets.</summary>
[TestClass]
public sealed class PangaeaTests : IDisposable
{
    private readonly Playground _ground = new();
    private readonly LoopbackServer _server = LoopbackServer.Start();
    private readonly ServiceGateway _gateway;

    public PangaeaTests()
    {
        _gateway = new ServiceGateway(_server);
        _ground.Environment["DATAMANIFEST_API_GATEWAY"] = _server.Url("");
        _ground.Write("proj/datamanifest.toml", "[_META]\nschema = 1\n");
    }

    public void Dispose()
    {
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _ground.Dispose();
    }

    [TestMethod]
    public void Table_is_one_dataset_at_the_address_of_its_text()
    {
        Describe("930512", "Ocean temperatures", ("text/tab-separated-values", "https://doi.pangaea.de/10.1594/PANGAEA.930512?format=textfile"));
        _gateway.Answer("https://doi.pangaea.de/10.1594/PANGAEA.930512?format=textfile", "/* DATA DESCRIPTION:\nCitation: Berg\n*/\nDate\tTemp [°C]\n2020\t1\n");

        Assert.AreEqual(
            "Imported 1 dataset(s) from PANGAEA dataset 930512:\n  ocean-temperatures  ->  https://doi.pangaea.de/10.1594/PANGAEA.930512?format=textfile\n",
            _ground.Print("add", "https://doi.pangaea.de/10.1594/PANGAEA.930512"));

        var shown = _ground.Print("show", "10.1594/pangaea.930512");
        Assert.Contains("uri = \"https://doi.pangaea.de/10.1594/PANGAEA.930512?format=textfile\"\n", shown);
        Assert.Contains("doi = \"10.1594/PANGAEA.930512\"\n", shown);
        Assert.DoesNotContain("checksum", shown);
        Assert.AreEqual("Berg, A. (2021). Ocean temperatures [Data set]. PANGAEA. https://doi.org/10.1594/PANGAEA.930512\n", _ground.Print("cite", "--style", "apa"));
    }

    [TestMethod]
    public void Single_file_is_one_dataset_at_its_own_address()
    {
        Describe("1", "Sea floor", ("image/tiff", "https://store.pangaea.de/Publications/files/floor.tif"), ("text/html", "https://doi.pangaea.de/10.1594/PANGAEA.1?format=html"));

        _ground.Print("add", "10.1594/PANGAEA.1", "--name", "floor");

        Assert.Contains("uri = \"https://store.pangaea.de/Publications/files/floor.tif\"\n", _ground.Print("show", "floor"));
        Assert.AreEqual("floor\ttif\n", _ground.Print("list", "--fields", "name", "format"));
    }

    [TestMethod]
    public void Collection_is_a_batch_or_a_dataset_per_file_with_its_published_digest()
    {
        Describe("2", "Moorings", ("text/tab-separated-values", "https://doi.pangaea.de/10.1594/PANGAEA.2?format=textfile"));
        _gateway.Answer(
            "https://doi.pangaea.de/10.1594/PANGAEA.2?format=textfile",
            $"/* DATA DESCRIPTION: */\nBinary\tBinary (Size)\tBinary (Hash)\nnorth.nc\t10\t{ServiceRecords.Md5}\nin/south east.nc\t11\t{ServiceRecords.Md5}\n");

        Assert.Contains("moorings  ->  [2 files]", _ground.Print("add", "10.1594/PANGAEA.2"));
        Assert.Contains("Imported 2 dataset(s)", _ground.Print("add", "10.1594/PANGAEA.2", "--split", "--name", "each"));
        Assert.Contains("Imported 1 dataset(s)", _ground.Print("add", "10.1594/PANGAEA.2", "--pick", "north*", "--name", "picked"));

        Assert.AreEqual("each/in/south east.nc each/north.nc moorings picked", string.Join(' ', Names()));
        var south = _ground.Print("show", "each/in/south east.nc");
        Assert.Contains("\"https://download.pangaea.de/dataset/2/files/in/south%20east.nc\"", south);
        Assert.Contains($"checksum = \"md5:{ServiceRecords.Md5}\"\n", south);
        Assert.AreEqual("4 datasets: 4 missing.\n", _ground.Run("verify").Error, "the batch and its files do not lie in one another");
    }

    [TestMethod]
    public void Series_is_a_dataset_per_member_and_one_that_is_not_open_is_named()
    {
        Describe("3", "Cruise", ("application/zip", "https://doi.pangaea.de/10.1594/PANGAEA.3?format=zip"));
        _gateway.Answer(
            "https://ws.pangaea.de/es/pangaea/panmd/_search?q=parentIdDataSet:3&size=1000",
            """{"hits": {"total": {"value": 3}, "hits": [{"_id": "31"}, {"_id": "32"}, {"_id": "33"}]}}""");
        Describe("31", "Station A", ("text/tab-separated-values", "https://doi.pangaea.de/10.1594/PANGAEA.31?format=textfile"));
        _gateway.Answer("https://doi.pangaea.de/10.1594/PANGAEA.31?format=textfile", "Depth\tSalinity\n1\t35\n");
        Describe("32", "Station A", ("text/csv", "https://download.pangaea.de/dataset/32/files/b.csv"));
        _gateway.Answer("https://doi.pangaea.de/10.1594/PANGAEA.33?format=metadata_jsonld", """{"name": "Station C", "isAccessibleForFree": false, "conditionsOfAccess": "moratorium until 2030"}""");

        var told = _ground.Print("add", "doi:10.1594/PANGAEA.3");

        Assert.Contains("Imported 2 dataset(s) from PANGAEA dataset 3", told);
        Assert.Contains("moratorium until 2030", told);
        Assert.AreEqual("station-a station-a_2", string.Join(' ', Names()));
        Assert.Contains("doi = \"10.1594/PANGAEA.32\"", _ground.Print("show", "station-a_2"));
    }

    [TestMethod]
    public void Dataset_that_is_not_open_is_not_declared()
    {
        _gateway.Answer("https://doi.pangaea.de/10.1594/PANGAEA.4?format=metadata_jsonld", """{"name": "Closed", "isAccessibleForFree": false, "conditionsOfAccess": "access restricted"}""");

        Assert.Contains("access restricted", _ground.Print("add", "10.1594/PANGAEA.4"));

        Assert.IsEmpty(Names());
    }

    private void Describe(string id, string title, params (string Encoding, string Url)[] representations) => _gateway.Answer(
        $"https://doi.pangaea.de/10.1594/PANGAEA.{id}?format=metadata_jsonld",
        $$"""
        {"@type": "Dataset", "name": "{{title}}", "isAccessibleForFree": true, "datePublished": "2021-06-07", "license": "https://creativecommons.org/licenses/by/4.0/",
         "creator": [{"@type": "Person", "familyName": "Berg", "givenName": "Anna"}],
         "distribution": [{{string.Join(", ", representations.Select(each => $$"""{"@type": "DataDownload", "encodingFormat": "{{each.Encoding}}", "contentUrl": "{{each.Url}}"}"""))}}]}
        """);

    private string[] Names() => [.. _ground.Print("list", "--bare").Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}
