using System.Globalization;
using System.Text;
using DataManifest.Contents;

namespace DataManifest.Rows;

[TestClass]
public sealed class RowSourceTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Read_valueThatDoesNotFit_isNamedWithItsPlace()
    {
        using var table = new TableProbe("# head\n\na,b\n1,\"x\ny\"\n# between\n2,z\n");
        File.WriteAllText(table.FilePath, "# head\n\na,b\n1,\"x\ny\"\n# between\n2,z\nthree,w\n");

        var error = Assert.ThrowsExactly<RowException>(() => table.Values().Count());

        Assert.AreEqual("DM0833", error.Code);
        Assert.AreEqual((table.FilePath, 8L, 1), (error.File, error.Line, error.Column));
        Assert.StartsWith($"{table.FilePath}(8): column 1 ('a') has 'three', which is no int.", error.Message);
    }

    [TestMethod]
    [DataRow("a,b\n1,2\n", "a,c\n1,2\n", "column 2 is 'c' and was 'b'")]
    [DataRow("a,b\n1,2\n", "a\n1\n", "column 2 is '' and was 'b'")]
    [DataRow("a,b\nx,2\n", "a,b\nä,2\n", "")]
    public void Read_otherHeaderOrEncoding_isRefused(string before, string now, string problem)
    {
        using var table = new TableProbe(before);
        File.WriteAllText(table.FilePath, now, problem.Length == 0 ? Encoding.Latin1 : Encoding.UTF8);

        var error = Assert.ThrowsExactly<RowException>(() => table.Values().Count());

        Assert.AreEqual("DM0834", error.Code);
        Assert.Contains(problem, error.Message);
    }

    [TestMethod]
    public void Read_jsonLineThatIsDamaged_isNamedWithItsLine()
    {
        using var table = new TableProbe("{\"a\":1}\n{\"a\":2}\n", name: "t.jsonl");
        File.WriteAllText(table.FilePath, "{\"a\":1}\n{\"a\":\n");
        var damaged = Assert.ThrowsExactly<RowException>(() => table.Values().Count());
        Assert.AreEqual(("DM0834", 2L), (damaged.Code, damaged.Line));

        File.WriteAllText(table.FilePath, "{\"a\":1}\n{}\n");
        var missing = Assert.ThrowsExactly<RowException>(() => table.Values().Count());
        Assert.AreEqual(("DM0833", 2L, 1), (missing.Code, missing.Line, missing.Column));
        Assert.Contains("has no value", missing.Message);
    }

    [TestMethod]
    [DataRow("t.csv")]
    [DataRow("t.jsonl")]
    public async Task ReadAsync_manyRows_givesWhatReadDoes(string name)
    {
        var isJson = name.EndsWith("jsonl", StringComparison.Ordinal);
        var text = (isJson ? "" : "a,b\n") + string.Concat(Enumerable.Range(0, 20_000).Select(i => isJson ? $"{{\"a\":{i},\"b\":\"x{i % 7}\"}}\n" : $"{i},x{i % 7}\n"));
        using var table = new TableProbe(text, name: name);

        var rows = new List<string>();
        await foreach (var row in table.Source().ReadAsync(table.Dataset(), TestContext.CancellationToken))
        {
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"{row[0]}|{row[1]}"));
        }

        CollectionAssert.AreEqual(table.Rows().ToArray(), rows);
        Assert.HasCount(20_000, rows);
    }

    [TestMethod]
    public async Task ReadAsync_cancelled_ends()
    {
        using var table = new TableProbe("a\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\n")));
        using var cancelled = new CancellationTokenSource();
        var rows = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var row in table.Source().ReadAsync(table.Dataset(), cancelled.Token))
            {
                if (rows++ == 10)
                {
                    await cancelled.CancelAsync();
                }
            }
        });
        Assert.IsLessThan(200_000, rows);
    }

    [TestMethod]
    public void Read_endedEarly_closesTheFile()
    {
        using var table = new TableProbe("a,b\n1,2\n3,4\n");
        Assert.AreEqual(1, table.Values().First()[0]);

        using var alone = new FileStream(table.FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.AreEqual(12, alone.Length);
    }
}
