using DataManifest.Contents;

namespace DataManifest;

[TestClass]
public sealed class ContentsTextTests
{
    private static readonly DatasetContents Sites = new(
        "a \"quoted\"/name", "sha256:00", "r", [new("data/π \n.csv", 5_000_000_000), new("x", 0)], 7,
        [
            new("data/π \n.csv", new TableFormat(false, '\t', false, 3, '%', false, true) { Missing = ["-999", "\""] }, 12, [new("a\t", ColumnType.Double, true, "B"), new("", ColumnType.Text, false)]),
            new("x", new TableFormat(IsJsonLines: true), 0, [new("d", ColumnType.Date, true)]),
        ],
        ["A note."]);

    [TestMethod]
    public void Write_thenRead_givesTheSame()
    {
        var sized = Sites with { Size = 5_000_000_123 };
        Assert.AreEqual(sized.Size, ContentsReader.Read(ContentsWriter.Write([sized])).Single().Size);
        Assert.IsNull(ContentsReader.Read(ContentsWriter.Write([Sites])).Single().Size);
        var other = Sites with { Name = "A", Files = [], OmittedFiles = 0, Tables = [], Notes = [] };
        var text = ContentsWriter.Write([Sites, other]);
        var read = ContentsReader.Read(text);

        CollectionAssert.AreEqual(new[] { "A", Sites.Name }, read.Select(dataset => dataset.Name).ToArray());
        Assert.AreEqual(text, ContentsWriter.Write(read.Reverse()));
        CollectionAssert.AreEqual(Sites.Files.ToArray(), read[1].Files.ToArray());
        Assert.AreEqual(7, read[1].OmittedFiles);
        CollectionAssert.AreEqual(Sites.Tables[0].Columns.ToArray(), read[1].Tables[0].Columns.ToArray());
        Assert.AreEqual(Sites.Tables[0].Format with { Missing = [] }, read[1].Tables[0].Format with { Missing = [] });
        CollectionAssert.AreEqual(new[] { "-999", "\"" }, read[1].Tables[0].Format.Missing.ToArray());
        Assert.DoesNotContain('\r', text);
    }

    [TestMethod]
    public void ReadTable_whatIsWrittenOfOne_givesIt()
    {
        var table = ContentsReader.ReadTable(ContentsWriter.Write(Sites.Tables[0]));
        Assert.AreEqual(12, table.Rows);
        Assert.ThrowsExactly<FormatException>(() => ContentsReader.ReadTable("rows = 1"));
    }

    [TestMethod]
    public void Read_cutAnywhere_neverThrows()
    {
        var text = ContentsWriter.Write([Sites]);
        for (var length = 0; length < text.Length; length++)
        {
            Assert.IsLessThanOrEqualTo(1, ContentsReader.Read(text[..length]).Count);
        }
    }

    [TestMethod]
    [DataRow("/a")]
    [DataRow("..")]
    [DataRow("a/../../b")]
    [DataRow("a//b")]
    [DataRow("./a")]
    [DataRow("C:/a")]
    [DataRow("a\\b")]
    [DataRow("")]
    [DataRow("a\0")]
    public void Read_pathThatLeavesTheDataset_leavesTheDatasetOut(string path)
    {
        Assert.IsEmpty(ContentsReader.Read(ContentsWriter.Write([Sites with { Files = [new(path, 1)] }])));
        if (path.Length > 0)
        {
            Assert.IsEmpty(ContentsReader.Read(ContentsWriter.Write([Sites with { Tables = [Sites.Tables[1] with { File = path }] }])));
        }
    }

    [TestMethod]
    public void Read_fileOrTableTwice_leavesTheDatasetOut()
    {
        Assert.IsEmpty(ContentsReader.Read(ContentsWriter.Write([Sites with { Files = [Sites.Files[0], Sites.Files[0]] }])));
        Assert.IsEmpty(ContentsReader.Read(ContentsWriter.Write([Sites with { Tables = [Sites.Tables[0], Sites.Tables[0]] }])));
        Assert.HasCount(1, ContentsReader.Read(ContentsWriter.Write([Sites, Sites with { Checksum = "sha256:01" }])));
    }

    [TestMethod]
    public void Describe_everyKindOfDifference_namesIt()
    {
        var before = Sites with { Tables = [new("", new(), 1, [new("a", ColumnType.Int32, false), new("b", ColumnType.Date, true)]), new("old.csv", new(), 1, [new("x", ColumnType.Text, false)])] };
        var now = Sites with { Tables = [new("", new(), 9, [new("b", ColumnType.Date, false), new("c", ColumnType.Text, false)]), new("new.csv", new(), 1, [new("x", ColumnType.Text, false)])] };

        Assert.AreEqual("'b' was DateOnly? and is DateOnly; added 'c' (string); removed 'a' (int); table new.csv is new; table old.csv is gone", SchemaDifference.Describe(before, now));
        Assert.AreEqual("", SchemaDifference.Describe(before, before with { Checksum = "sha256:11", Files = [] }));
    }

    [TestMethod]
    [DataRow("sha256:00", true)]
    [DataRow("", true)]
    [DataRow("sha256:01", false)]
    public void Describes_checksumOfTheManifest_saysWhetherTheContentsCount(string declared, bool counts) => Assert.AreEqual(counts, Sites.Describes(declared));
}
