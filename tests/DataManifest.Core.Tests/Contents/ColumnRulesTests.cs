using DataManifest.Manifest;

namespace DataManifest;

[TestClass]
public sealed class ColumnRulesTests
{
    [TestMethod]
    [DataRow("columns = { a = 'double?', b = { type = 'long', nullable = true, property = 'B' } }", "")]
    [DataRow("columns = true", "")]
    [DataRow("table = { delimiter = ';', comment = '', header = false, quoted = true, missing = ['-999'], names = ['a'] }", "")]
    [DataRow("tables = { 'a.txt' = { delimiter = '|', columns = { a = 'int' } } }", "")]
    [DataRow("columns = { a = 'float' }", "4: Dataset 'x': The type of column 'a' is none, so it is ignored; write one of string, bool, int, long, decimal, double, DateOnly, DateTime, DateTimeOffset, TimeOnly, with ? behind it where values may be missing.")]
    [DataRow("columns = { a = 'float' }", "Did you mean \"double\"?")]
    [DataRow("columns = { a = 'duoble?' }", "Did you mean \"double?\"?")]
    [DataRow("columns = { a = 1 }", "The type of column 'a' is none")]
    [DataRow("columns = { a = { nulable = true } }", "'nulable' of column 'a' is ignored")]
    [DataRow("columns = 'int'", "'columns' is neither a table nor true or false")]
    [DataRow("table = { delimitr = ';' }", "Did you mean 'delimiter'?")]
    [DataRow("table = { delimiter = ';;' }", "'delimiter' is ignored, because it has to be one character")]
    [DataRow("table = { missing = -999 }", "'missing' is ignored, because it has to be a list of texts")]
    [DataRow("table = true", "'table' is no table")]
    [DataRow("tables = true", "'tables' is no table")]
    [DataRow("tables = { 'a.txt' = { columns = { a = 'x' } } }", "The type of column 'a' is none")]
    public void Check_whatTheManifestSays_isReportedAtItsLine(string option, string message)
    {
        var findings = ManifestDocument.Parse($"[x]\nuri = 'https://h/x.csv'\n[x._DOTNET]\n{option}\n", "datasets.toml").Diagnostics;

        if (message.Length == 0)
        {
            Assert.IsEmpty(findings);
            return;
        }

        var finding = findings.Single();
        Assert.AreEqual("DM0831", finding.Rule.Code);
        Assert.AreEqual(4, finding.Start.Line);
        Assert.Contains(message, $"{finding.Start.Line}: {finding.Message}");
    }
}
