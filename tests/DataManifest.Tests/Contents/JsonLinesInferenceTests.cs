namespace DataManifest.Contents;

[TestClass]
public sealed class JsonLinesInferenceTests
{
    [TestMethod]
    [DataRow("""{"a":1,"b":"x","c":true,"d":1.5}""", "a:int b:string c:bool d:double", "1|x|True|1.5")]
    [DataRow("{\"a\":\"1\"}", "a:string", "1", DisplayName = "a number in quotes is a text")]
    [DataRow("{\"a\":null,\"b\":1}\n{\"b\":2}\n{\"a\":5,\"b\":3}", "a:int? b:int", "∅|1")]
    [DataRow("{\"a\":1}\n\n{\"a\":2,\"b\":3}", "a:int b:int?", "1|∅", DisplayName = "a property that comes later")]
    [DataRow("{\"a\":\"\",\"b\":\"NA\"}", "a:string b:string", "|NA", DisplayName = "an empty text is one")]
    [DataRow("{\"a\":\"2023-05-06\",\"b\":\"2023-05-06T10:00:00Z\"}", "a:DateOnly b:DateTimeOffset", "2023-05-06|05/06/2023 10:00:00 +00:00")]
    [DataRow("{\"a\":{\"x\":[1, 2]},\"b\":[]}", "a:string b:string", "{\"x\":[1, 2]}|[]", DisplayName = "what is nested stays JSON")]
    [DataRow("{\"a\\u0020b\":\"q\\\"\\u00e4\\n\"}", "a b:string", "q\"ä\n", DisplayName = "escapes")]
    [DataRow("{\"a\":1,\"a\":2}", "a:int", "2", DisplayName = "the last of equal names counts")]
    [DataRow("\uFEFF{\"a\":1}\r\n{\"a\":2}\r\n", "a:int", "1")]
    public void Infer_lines_givesTypesAndFirstRow(string text, string columns, string firstRow)
    {
        using var table = new TableProbe(text, name: "t.jsonl");

        Assert.AreEqual(columns, table.Columns);
        Assert.AreEqual(firstRow, table.Rows()[0]);
        Assert.AreEqual(table.Schema.Rows, table.Rows().Count);
    }

    [TestMethod]
    [DataRow("{\"a\":1}\n[1]\n")]
    [DataRow("{\"a\":1}\n{\"a\":1} x\n")]
    [DataRow("{\"a\":1}\n{\"a\":\n")]
    public void Infer_lineThatIsNoObject_isNamed(string text)
    {
        var error = Assert.ThrowsExactly<InvalidDataException>(() => new TableProbe(text, name: "t.ndjson").Dispose());
        Assert.AreEqual("line 2 is no JSON object", error.Message);
    }

    [TestMethod]
    public void Infer_linesLongerThanABuffer_areRead()
    {
        var text = new string('x', 300_000);
        using var table = new TableProbe($"{{\"a\":\"{text}\"}}\n{{\"a\":\"y\"}}\n", name: "t.jsonl");
        CollectionAssert.AreEqual(new[] { text, "y" }, table.Rows().ToArray());
    }
}
