using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DataManifest.Contents;

[TestClass]
public sealed class DelimitedInferenceTests
{
    [TestMethod]
    [DataRow("a,b,c,d\n1,2.5,x,true\n-2,1e3,y,FALSE\n", "a:int b:double c:string d:bool", "1|2.5|x|True", DisplayName = "numbers, text, truth values")]
    [DataRow("a\n3000000000\n1\n", "a:long", "3000000000", DisplayName = "a number that no int holds")]
    [DataRow("a\n99999999999999999999\n1\n", "a:string", "99999999999999999999", DisplayName = "a number that no long holds is a name")]
    [DataRow("zip,a\n01067,1\n80331,2\n", "zip:string a:int", "01067|1", DisplayName = "leading zeros make a name")]
    [DataRow("a,b\n1,\n,2\n", "a:int? b:int?", "1|∅", DisplayName = "missing numbers")]
    [DataRow("a,b\nNA,x\n1.5,NA\n", "a:double? b:string", "∅|x", DisplayName = "NA is missing in numbers and a text among texts")]
    [DataRow("a,b\nNaN,1\nnull,2\nN/A,3\n2,4\n", "a:int? b:int", "∅|1", DisplayName = "words for missing")]
    [DataRow("a,b\nx,1\n,2\n", "a:string? b:int", "x|1", DisplayName = "missing text")]
    [DataRow("d,t,u,o\n2023-05-06,07:08,2023-05-06T07:08:09,2023-05-06T07:08:09Z\n", "d:DateOnly t:TimeOnly u:DateTime o:DateTimeOffset", "2023-05-06|07:08:00|2023-05-06T07:08:09|05/06/2023 07:08:09 +00:00", DisplayName = "dates and times")]
    [DataRow("d,n\n2023-05-06,1\n2023-05-06 10:00,2\n", "d:DateTime n:int", "2023-05-06T00:00:00|1", DisplayName = "dates among times are times")]
    [DataRow("d,n\n2023-02-30,1\n", "d:string n:int", "2023-02-30|1", DisplayName = "no such day")]
    [DataRow("d,n\n0001-01-01T00:00:00+05:00,1\n", "d:string n:int", "0001-01-01T00:00:00+05:00|1", DisplayName = "no such moment")]
    [DataRow("a,b\n\"1,2\",\"say \"\"hi\"\"\"\n\"x\ny\",z\n", "a:string b:string", "1,2|say \"hi\"", DisplayName = "quotes")]
    [DataRow("a;b\n1,5;2\n", "a:string b:int", "1,5|2", DisplayName = "semicolons, and a decimal comma that stays text")]
    [DataRow("a|b\n1|2\n", "a:int b:int", "1|2", DisplayName = "bars")]
    [DataRow("a\tb\n1\t2\n", "a:int b:int", "1|2", DisplayName = "tabs")]
    [DataRow("# Made by hand\n# \"open quote\na,b\n1,2\n# between\n3,4\n", "a:int b:int", "1|2", DisplayName = "comments")]
    [DataRow("# year, mean\n2001, 3.5\n2002, 4\n", "year:int mean:double", "2001|3.5", DisplayName = "the header is the last comment")]
    [DataRow("/* DATA DESCRIPTION:\nCitation:\tX, \"Y\n*/\nAge\tDepth\n1\t2.5\n", "Age:int Depth:double", "1|2.5", DisplayName = "a description in front")]
    [DataRow("a,tag\n1,#x\n#2,y\n", "a:string tag:string", "1|#x", DisplayName = "a # without a comment in front is a value")]
    [DataRow("1,2.5,x\n2,3.5,y\n", ":int :double :string", "1|2.5|x", DisplayName = "no header")]
    [DataRow("country,2019,2020\nNorway,1.5,2\nChad,3,4\n", "country:string 2019:double 2020:int", "Norway|1.5|2", DisplayName = "years as names")]
    [DataRow("a,b\r\n1,2\r\n\r\n3,4\r\n", "a:int b:int", "1|2", DisplayName = "CRLF and blank lines")]
    [DataRow("a,b\r1,2\r3,4", "a:int b:int", "1|2", DisplayName = "CR alone, no line end at the end")]
    [DataRow("a,b,c\n1\n1,2,3,4\n", "a:int b:int? c:int? :int?", "1|∅|∅|∅", DisplayName = "ragged rows")]
    [DataRow("a,b,\n1,2,\n3,4,\n", "a:int b:int", "1|2", DisplayName = "a delimiter more at the end of each line")]
    [DataRow("a,,a,\n1,2,3,4\n", "a:int :int a:int :int", "1|2|3|4", DisplayName = "duplicate and empty names")]
    [DataRow("a, b\n 1, 2\n", "a:int b:int", "1|2", DisplayName = "blanks around")]
    [DataRow("a,b\n5\" pipe,1\nx\"y\"z,2\n", "a:string b:int", "5\" pipe|1", DisplayName = "stray quotes")]
    [DataRow("a\n1\n\n2\n", "a:int", "1", DisplayName = "one column, a blank line")]
    [DataRow("a,b\n∞,1\n", "a:string b:int", "∞|1", DisplayName = "a sign that some cultures read as a number")]
    [DataRow("a,b\n-Infinity,1\n1,2\n", "a:double b:int", "-Infinity|1", DisplayName = "infinity")]
    [DataRow("a,b,c,d\n-inf,Inf,+INF,Infinite\n1,NaN,2.5,x\n", "a:double b:double? c:double d:string", "-Infinity|Infinity|Infinity|Infinite", DisplayName = "infinity as C, Python and R write it")]
    [DataRow("a,b\n1e999,1\n", "a:string b:int", "1e999|1", DisplayName = "a number that no double holds")]
    public void Infer_table_givesTypesAndFirstRow(string text, string columns, string firstRow)
    {
        using var table = new TableProbe(text);

        Assert.AreEqual(columns, table.Columns);
        Assert.AreEqual(firstRow, table.Rows()[0]);
        Assert.AreEqual(table.Schema.Rows, table.Rows().Count);
    }

    [TestMethod]
    [DataRow("de-DE")]
    [DataRow("tr-TR")]
    [DataRow("ar-SA")]
    [DataRow("fa-IR")]
    public void Infer_underAnotherCulture_givesTheSame(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            using var table = new TableProbe("a,b,c,d\n1.5,-3,2023-05-06,TRUE\n");

            Assert.AreEqual("a:double b:int c:DateOnly d:bool", table.Columns);
            Assert.AreEqual("1.5|-3|2023-05-06|True", table.Rows()[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void Infer_encodings_areRecognised()
    {
        foreach (var (encoding, isLatin1) in new (Encoding, bool)[] { (new UTF8Encoding(true), false), (Encoding.Unicode, false), (Encoding.BigEndianUnicode, false), (Encoding.Latin1, true) })
        {
            using var table = new TableProbe([.. encoding.GetPreamble(), .. encoding.GetBytes("größe,b\nä,1\n")]);

            Assert.AreEqual("größe:string b:int", table.Columns, encoding.WebName);
            Assert.AreEqual("ä|1", table.Rows()[0], encoding.WebName);
            Assert.AreEqual(isLatin1, table.Schema.Format.IsLatin1);
        }
    }

    [TestMethod]
    public void Infer_compressedFile_isUnpacked()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress))
        {
            gzip.Write("a,b\n1,x\n"u8);
        }

        using var table = new TableProbe(bytes.ToArray(), name: "t.csv.gz");
        Assert.AreEqual("a:int b:string", table.Columns);
        Assert.AreEqual("1|x", table.Rows()[0]);
    }

    [TestMethod]
    public void Infer_tenThousandColumns_areAllRead()
    {
        using var table = new TableProbe($"{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}"))}\n{string.Join(',', Enumerable.Range(0, 10_000))}\n");

        Assert.HasCount(10_000, table.Schema.Columns);
        Assert.AreEqual(9_999, table.Values().Single()[9_999]);
    }

    [TestMethod]
    public void Infer_whatIsNoTable_saysWhy()
    {
        foreach (var (bytes, why) in new (byte[], string)[] { ([0, 1, 2, 0], "no text"), ([], "no rows"), (Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 20_000))), "columns") })
        {
            var error = Assert.ThrowsExactly<InvalidDataException>(() => new TableProbe(bytes).Dispose());
            Assert.Contains(why, error.Message);
        }
    }

    [TestMethod]
    [DataRow("_DOTNET.table.header = false", "a,b\nc,d\n", ":string :string", "a|b")]
    [DataRow("_DOTNET.table.header = true", "1,2\n3,4\n", "1:int 2:int", "3|4")]
    [DataRow("_DOTNET.table.delimiter = ' '", "a b\n1 2\n", "a:int b:int", "1|2")]
    [DataRow("_DOTNET.table.comment = '%'", "% x\na,b\n1,2\n", "a:int b:int", "1|2")]
    [DataRow("_DOTNET.table.comment = ''", "#a,b\n1,2\n", "#a:int b:int", "1|2")]
    [DataRow("_DOTNET.table.quoted = false", "a,b\n\"1,2\n", "a:string b:int", "\"1|2")]
    [DataRow("_DOTNET.table.missing = ['-999']", "a,b\n-999,2\n1,3\n", "a:int? b:int", "∅|2")]
    [DataRow("_DOTNET.table.names = ['x', 'y']", "1,2\n3,4\n", "x:int y:int", "1|2")]
    [DataRow("_DOTNET.table = { names = ['x', 'y'], header = true }", "a,b\n1,2\n", "x:int y:int", "1|2")]
    [DataRow("_DOTNET.columns = { a = 'string', b = 'double?' }", "a,b\n1,2\n", "a:string b:double?", "1|2")]
    [DataRow("_DOTNET.columns = { a = 'decimal' }", "a,b\n1.50,2\n", "a:decimal b:int", "1.50|2")]
    [DataRow("_DOTNET.columns.a = { type = 'long', nullable = true, property = 'Id' }", "a,b\n1,2\n", "a:long? b:int", "1|2")]
    public void Infer_withWhatTheManifestSays_followsIt(string declared, string text, string columns, string firstRow)
    {
        using var table = new TableProbe(text, declared);

        Assert.AreEqual(columns, table.Columns);
        Assert.AreEqual(firstRow, table.Rows()[0]);
        Assert.IsEmpty(table.Contradictions);
    }

    [TestMethod]
    [DataRow("a = 'int'", "a,b\n1,x\n\"2\n3\",y\n4,z\nabc,w\n", "a is declared as int, and line 3 has '2\n3'")]
    [DataRow("a = 'int'", "# one\n\na,b\n1,x\n# two\n,y\n", "a is declared as int, and line 6 has no value")]
    [DataRow("a = 'bool?'", "a,b\n1,x\n", "a is declared as bool?, and line 2 has '1'")]
    public void Infer_dataThatContradictTheManifest_isReportedWithTheLine(string declared, string text, string problem)
    {
        using var table = new TableProbe(text, $"_DOTNET.columns = {{ {declared} }}");
        Assert.AreEqual(problem, table.Contradictions.Single());
    }
}
