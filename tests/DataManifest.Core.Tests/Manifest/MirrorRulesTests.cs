using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

[TestClass]
public sealed class MirrorRulesTests
{
    private const string Checksum = "checksum = \"sha256:6424a9c066a3ea797d9802a235b5abd2a7343ca189dfc1f36c4b5c617db7df4a\"\n";

    [TestMethod]
    public void Mirrors_areReadInTheirOrder()
    {
        var manifest = Parse("uri = \"https://a.example/x.csv\"\n" + Checksum + "_DOTNET.mirrors = [\"https://b.example/x.csv\", \"s3://c/x.csv\", \"file:///d/x.csv\"]");
        Assert.IsEmpty(manifest.Diagnostics);
        CollectionAssert.AreEqual(new[] { "https://b.example/x.csv", "s3://c/x.csv", "file:///d/x.csv" }, manifest.Datasets[0].Mirrors.ToArray());
    }

    [TestMethod]
    [DataRow("mirrors = \"https://b.example/x.csv\"", "\"https://b.example/x.csv\"")]
    [DataRow("mirrors = [1, \"https://b.example/x.csv\"]", "1")]
    [DataRow("mirrors = [\" \"]", "\" \"")]
    [DataRow("mirrors = [\"ftp://b.example/x.csv\"]", "\"ftp://b.example/x.csv\"")]
    [DataRow("mirrors = [\"https://[x]/x.csv\"]", "\"https://[x]/x.csv\"")]
    [DataRow("mirrors = [\"https://me:pw@b.example/x.csv\"]", "\"https://me:pw@b.example/x.csv\"")]
    [DataRow("mirrors = [\"https://b.example/x.csv?sig=abc\"]", "\"https://b.example/x.csv?sig=abc\"")]
    public void Mirrors_thatCannotBeUsed_areReportedWhereTheyStandAndLeftOut(string field, string at)
    {
        var manifest = Parse("uri = \"https://a.example/x.csv\"\n" + Checksum + "[x._DOTNET]\n" + field);
        var found = manifest.Diagnostics.Single();
        Assert.AreEqual(DiagnosticRules.MalformedMirror, found.Rule);
        Assert.AreEqual(at, manifest.Text.Substring(found.Span.Start, found.Span.Length));
        Assert.DoesNotContain("pw", found.Message);
        Assert.HasCount(field.Contains("1,", StringComparison.Ordinal) ? 1 : 0, manifest.Datasets[0].Mirrors);
    }

    [TestMethod]
    public void Mirrors_withoutUri_haveNoEffect() =>
        StringAssert.Contains(Parse("key = \"k\"\nshell = \"make\"\n_DOTNET.mirrors = [\"https://b.example/x\"]").Diagnostics.Single().Message, "no uri");

    [TestMethod]
    public void Mirrors_withoutChecksum_proveNothing() =>
        Assert.AreEqual(DiagnosticRules.MirrorsUnpinned, Parse("uri = \"https://a.example/x.csv\"\n_DOTNET.mirrors = [\"https://b.example/x.csv\"]").Diagnostics.Single().Rule);

    [TestMethod]
    public void Dotnet_thatIsNoTable_isReported() =>
        Assert.AreEqual(DiagnosticRules.MalformedMirror, Parse("uri = \"https://a.example/x.csv\"\n_DOTNET = 1").Diagnostics.Single().Rule);

    private static ManifestDocument Parse(string fields) => ManifestDocument.Parse("[x]\n" + fields + "\n", "datasets.toml");
}
