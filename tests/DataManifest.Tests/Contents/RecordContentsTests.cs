using System.Text;
using DataManifest.Rows;

namespace DataManifest.Contents;

[TestClass]
public sealed class RecordContentsTests
{
    private const string Sites = "site,elev_m\nA,1\n";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Record_fileAndFolder_writesWhatTheyContainOnce()
    {
        using var folder = new ScratchFolder();
        Batch(folder, "b.csv", "x,y\n1,2\n");
        Dataset(folder, Sites);
        var (first, _) = await Record(folder);

        var batch = first.Datasets.Single(dataset => dataset.Name == "batch");
        CollectionAssert.AreEqual(new[] { "a.txt:2", "b.csv:8" }, batch.Files.Select(file => $"{file.Path}:{file.Length}").ToArray());
        Assert.AreEqual("b.csv", batch.Tables.Single().File);
        Assert.AreEqual(10, batch.Size);
        Assert.AreEqual(Encoding.UTF8.GetByteCount(Sites), first.Datasets.Single(dataset => dataset.Name == "sites").Size);
        Assert.AreEqual("site:string elev_m:int", Columns(first.Datasets.Single(dataset => dataset.Name == "sites").Tables.Single()));
        Assert.IsEmpty(first.Warnings);
        Assert.StartsWith(folder[".datamanifest"], first.Path);

        // What is known is not looked into again: other bytes under the same checksum make no difference.
        var text = await File.ReadAllTextAsync(first.Path, TestContext.CancellationToken);
        await File.WriteAllTextAsync(first.Path, text.Replace("elev_m", "height", StringComparison.Ordinal), TestContext.CancellationToken);
        var (second, _) = await Record(folder);
        Assert.AreEqual("site:string height:int", Columns(second.Datasets.Single(dataset => dataset.Name == "sites").Tables.Single()));

        await File.WriteAllTextAsync(first.Path, text[..^30], TestContext.CancellationToken);
        Assert.AreEqual(text, await File.ReadAllTextAsync((await Record(folder)).Report.Path, TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task Record_dataThatAnotherToolFetched_areLookedIntoUnderTheirDigest()
    {
        using var folder = new ScratchFolder();
        Batch(folder, "b.csv", "x,y\n1,2\n");
        Dataset(folder, Sites);
        folder.Write("datasets.toml", (await File.ReadAllTextAsync(folder["datasets.toml"], TestContext.CancellationToken)).Replace("checksum = ", "description = ", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync((await Record(folder)).Report.Path, TestContext.CancellationToken);

        // The store as another tool leaves it: data and markers, nothing of what this machine has seen.
        Directory.Delete(folder[".datamanifest"], recursive: true);
        Assert.AreEqual(text, await File.ReadAllTextAsync((await Record(folder)).Report.Path, TestContext.CancellationToken));
        Assert.Contains("elev_m", text);
        Assert.Contains("\nsize = 10\n", text);
    }

    [TestMethod]
    public async Task Record_newDataWithOtherColumns_warnsOnceWithTheDifference()
    {
        using var folder = new ScratchFolder();
        Dataset(folder, Sites);
        await Record(folder);

        Dataset(folder, "site,height\nA,1.5\n");
        var warning = (await Record(folder)).Report.Warnings.Single();
        Assert.AreEqual("DM0830", warning.Rule.Code);
        Assert.Contains("added 'height' (double); removed 'elev_m' (int)", warning.Message);
        Assert.AreEqual(3, warning.Position.Line);
        Assert.IsEmpty((await Record(folder)).Report.Warnings);
    }

    [TestMethod]
    public async Task Record_committedContentsOfOlderData_areWhatIsComparedWith()
    {
        using var folder = new ScratchFolder();
        Dataset(folder, Sites);
        var (report, database) = await Record(folder);
        Assert.IsTrue(database.WriteCommittedContents(report));
        Assert.IsFalse(database.WriteCommittedContents(report));
        Assert.AreEqual(folder["datasets.contents.toml"], database.CommittedContentsPath);

        Dataset(folder, "site\nA\n");
        Directory.Delete(folder[".datamanifest/contents"], recursive: true);
        var (changed, _) = await Record(folder);
        Assert.Contains("removed 'elev_m' (int)", changed.Warnings.Single().Message);
    }

    [TestMethod]
    public async Task Record_columnsOfTheManifest_areLookedIntoAnewAndContradictionsReported()
    {
        using var folder = new ScratchFolder();
        Dataset(folder, Sites);
        await Record(folder);
        Dataset(folder, Sites, "[sites._DOTNET]\ncolumns = { elev_m = 'double', site = 'int', other = 'int' }\n");
        var (report, _) = await Record(folder);

        Assert.AreEqual("site:int elev_m:double", Columns(report.Datasets.Single().Tables.Single()));
        Assert.HasCount(2, report.Warnings);
        Assert.IsTrue(report.Warnings.All(warning => warning.Rule.Code == "DM0832"));
        CollectionAssert.AreEquivalent(new[] { "5,46", "5,32" }, report.Warnings.Select(warning => $"{warning.Position.Line},{warning.Position.Column}").ToArray());
        Assert.StartsWith("Column 'other' in dataset 'sites' is declared, and the table has no such column.", report.Warnings[0].Message);
        Assert.StartsWith("Column 'site' in dataset 'sites' is declared as int, and line 2 has 'A'.", report.Warnings[1].Message);
    }

    [TestMethod]
    [DataRow("elev_m", "[sites._DOTNET]\ncolumns = { elev_m = 'int' }\ntable = { header = false }\n", Sites)]
    [DataRow("2020", "[sites._DOTNET]\ncolumns = { 2020 = 'DateOnly' }\n", "2020,1\n2021,2\n")]
    public async Task Record_columnThatOnlyTheFirstRowNames_isReportedAsDeclared(string column, string more, string text)
    {
        using var folder = new ScratchFolder();
        Dataset(folder, text, more);
        var (report, _) = await Record(folder);

        CollectionAssert.AreEqual(new[] { "DM0832", "DM0832" }, report.Warnings.Select(warning => warning.Rule.Code).ToArray());
        Assert.IsTrue(report.Warnings.All(warning => warning.Message.StartsWith($"Column '{column}' in dataset 'sites' is declared", StringComparison.Ordinal) && warning.Position.Line == 5));
    }

    [TestMethod]
    public async Task Record_whatIsNoTableOrNotOurs_isLeftOutWithANote()
    {
        using var folder = new ScratchFolder();
        Dataset(folder, "a\0b", "[own]\nstorage_path = 'own.csv'\nskip_download = true\n");
        folder.Write("own.csv", Sites);
        var (report, _) = await Record(folder);

        Assert.AreEqual("The data cannot be read as a table: it has bytes that no text has.", report.Datasets.Single().Notes.Single());
        Assert.IsEmpty(report.Datasets.Single().Tables);
    }

    [TestMethod]
    public async Task Record_manyFiles_listsTheFirstOnes()
    {
        using var folder = new ScratchFolder();
        var uris = Enumerable.Range(0, 2100).Select(i => new Uri(folder.Write($"source/f{i:d4}.txt", "x")).AbsoluteUri);
        folder.Write("datasets.toml", $"[many]\nuris = [{string.Join(", ", uris.Select(uri => $"'{uri}'"))}]\n[_STORAGE]\ndatasets_dir = 'data'\n");
        var contents = (await Record(folder)).Report.Datasets.Single();

        Assert.HasCount(2000, contents.Files);
        Assert.AreEqual("f1999.txt", contents.Files[^1].Path);
        Assert.AreEqual(100, contents.OmittedFiles);
        Assert.AreEqual(2100, contents.Size);
        Assert.AreEqual("Only the first 2000 of 2100 files are listed.", contents.Notes.Single());
    }

    [TestMethod]
    public async Task Record_manyColumnsInManyTables_looksIntoTheFirstTables()
    {
        using var folder = new ScratchFolder();
        var text = string.Join(',', Enumerable.Range(0, 12_000).Select(i => $"c{i}")) + "\n";
        var uris = new[] { "a.csv", "b.csv", "c.csv", "d.csv" }.Select(name => new Uri(folder.Write("source/" + name, name == "d.csv" ? "x\n1\n" : text)).AbsoluteUri);
        folder.Write("datasets.toml", $"[wide]\nuris = [{string.Join(", ", uris.Select(uri => $"'{uri}'"))}]\n[_STORAGE]\ndatasets_dir = 'data'\n");
        var contents = (await Record(folder)).Report.Datasets.Single();

        CollectionAssert.AreEqual(new[] { "a.csv", "b.csv", "d.csv" }, contents.Tables.Select(table => table.File).ToArray());
        Assert.AreEqual("'c.csv' has no typed rows, because the tables of a dataset have at most 32768 columns together.", contents.Notes.Single());
    }

    [TestMethod]
    public void IsLongerThan_compressedFile_countsWhatItUnpacksTo()
    {
        using var folder = new ScratchFolder();
        var content = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(content, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[300_000]);
        }

        var path = folder.Write("x.csv.gz", content.ToArray());
        Assert.IsLessThan(1000, new FileInfo(path).Length);
        Assert.IsTrue(TableText.IsLongerThan(299_999, path, TestContext.CancellationToken));
        Assert.IsFalse(TableText.IsLongerThan(300_000, path, TestContext.CancellationToken));
        Assert.IsTrue(TableText.IsLongerThan(2, folder.Write("plain.csv", "a,b"), TestContext.CancellationToken));
        Assert.IsFalse(TableText.IsLongerThan(3, folder.Write("plain.csv", "a,b"), TestContext.CancellationToken));
    }

    private static string Columns(TableSchema table) => string.Join(' ', table.Columns.Select(column => $"{column.Name}:{column.TypeName}"));

    private static void Batch(ScratchFolder folder, string name, string text)
    {
        folder.Write("parts/a.txt", "hi");
        folder.Write($"parts/{name}", text);
    }

    /// <summary>Writes the data and a manifest that pins them; a batch is in it when its files are there.</summary>
    private static void Dataset(ScratchFolder folder, string text, string more = "")
    {
        var path = folder.Write("source/sites.csv", text);
        var hex = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var batch = File.Exists(folder["parts/a.txt"]) ? $"[batch]\nuris = ['{new Uri(folder["parts/a.txt"])}', '{new Uri(folder["parts/b.csv"])}']\n" : "";
        folder.Write("datasets.toml", $"[sites]\nuri = '{new Uri(path)}'\nchecksum = 'sha256:{hex}'\n{more}{batch}[_STORAGE]\ndatasets_dir = 'data'\n");
    }

    private async Task<(ContentsReport Report, Database Database)> Record(ScratchFolder folder)
    {
        var database = Database.Open(folder["datasets.toml"]);
        var fetched = await database.FetchAsync(cancellationToken: TestContext.CancellationToken);
        Assert.IsFalse(fetched.HasFailures, fetched.Results.FirstOrDefault(result => result.Error is not null)?.Error?.Message);
        return (await database.RecordContentsAsync(fetched, TestContext.CancellationToken), database);
    }
}
