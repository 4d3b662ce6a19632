using DataManifest.Contents;
using DataManifest.Manifest;
using DataManifest.Rows;
using DataManifest.Storage;

namespace DataManifest;

/// <summary>Data in the program's own assembly, which this one has under the names that a build gives them.</summary>
[TestClass]
public sealed class EmbeddedDataTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void OpenRead_readsWhatIsEmbedded_unlessACopyLiesBesideTheProgram()
    {
        WriteComplete("store/k.txt", "stored");
        Assert.AreEqual("embedded", Data("inside").ReadAllText());
        Assert.AreEqual(_folder["store/k.txt"], Data("inside").Path, "A path is a file's.");

        WriteComplete("bundle/k.txt", "bundled");
        Assert.AreEqual("bundled", Data("inside").ReadAllText());
        File.Delete(_folder["bundle/k.txt.complete"]);
        Assert.AreEqual("embedded", Data("inside").ReadAllText(), "A copy that may be cut off is none.");
    }

    [TestMethod]
    public void OpenRead_ofAFileInAFolder_readsWhatIsEmbedded()
    {
        Assert.AreEqual("embedded", new DatasetFile(Data("poles"), "n/inside.txt", 8).ReadAllText());
        Assert.AreEqual("embedded", new DatasetFile(Data("poles"), "w/inside.txt", 8).ReadAllText());
        Assert.ThrowsExactly<DatasetNotFoundException>(() => new DatasetFile(Data("poles"), "s/inside.txt", 8).OpenRead());
    }

    [TestMethod]
    public void OpenRead_ofADatasetWithASlashInItsName_isNotThatOfAFileInAFolder()
    {
        Assert.AreEqual("embedded", new DatasetFile(Data("100%/n"), "inside.txt", 8).ReadAllText());
        Assert.ThrowsExactly<DatasetNotFoundException>(() => Data("poles/n/inside.txt").OpenRead());
        Assert.ThrowsExactly<DatasetNotFoundException>(() => new DatasetFile(Data("poles/n"), "inside.txt", 8).OpenRead());
    }

    [TestMethod]
    public void OpenRead_ofWhatIsNotEmbedded_readsTheFile()
    {
        WriteComplete("store/k.txt", "stored");
        Assert.AreEqual("stored", Data("outside").ReadAllText());
    }

    [TestMethod]
    public async Task Rows_ofATableThatIsEmbedded_areReadThere()
    {
        using var table = new TableProbe("a,b\n1,x\n");
        using var other = new TableProbe("a,c\n1,x\n");
        var rows = new List<string>();
        await foreach (var row in table.Source().ReadAsync(Data("table")))
        {
            rows.Add($"{row[0]}{row[1]}");
        }

        Assert.AreEqual("1x 2y", string.Join(' ', rows));
        Assert.AreEqual("1x 2y", string.Join(' ', table.Source().Read(Data("table")).Select(row => $"{row[0]}{row[1]}")));
        var wrong = Assert.ThrowsExactly<RowException>(() => other.Source().Read(Data("table")).Count());
        Assert.AreEqual(("datasets/table", 1L), (wrong.File, wrong.Line));
    }

    [TestMethod]
    public void Path_ofWhatIsOnlyEmbedded_saysHowToReadIt()
    {
        Assert.Contains("OpenRead()", Assert.ThrowsExactly<DatasetNotFoundException>(() => Data("inside").Path).Message);
        var outside = Assert.ThrowsExactly<DatasetNotFoundException>(() => Data("outside").Path).Message;
        Assert.DoesNotContain("OpenRead()", outside);
        Assert.Contains("run 'dotnet build' to fetch and verify them, or call FetchAsync(); where", outside);
    }

    private Dataset Data(string name)
    {
        var bundle = Directory.Exists(_folder["bundle"]) ? _folder["bundle"] : "";
        var storage = new StorageConfiguration(_folder[""], Toml.TomlDocument.Parse("datasets_dir = \"store\"").Root, HostEnvironment.Capture());
        return new Dataset(
            new DatasetLocator(storage) { Program = typeof(EmbeddedDataTests).Assembly, BundleFolder = bundle }, new DatasetDeclaration { Name = name, Key = "k.txt", Uri = "https://h.example/k.txt" });
    }

    private void WriteComplete(string path, string text)
    {
        _folder.Write(path, text);
        _folder.Write(path + ".complete", "");
    }
}
