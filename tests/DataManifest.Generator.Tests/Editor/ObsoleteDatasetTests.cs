namespace DataManifest.Generator.Editor;

[TestClass]
public sealed class ObsoleteDatasetTests(TestContext test)
{
    private const string Manifest = """
        [co2]
        uri = "https://example.org/co2.csv"
        skip_checksum = true
        _DOTNET.obsolete = "use co2/new"
        ["co2/new"]
        uri = "https://example.org/new.csv"
        skip_checksum = true
        [old]
        uri = "https://example.org/old.csv"
        skip_checksum = true
        _DOTNET.obsolete = true
        """;

    [TestMethod]
    public async Task Analyze_useOfAnObsoleteDatasetThatIsAGroup_isAWarningAndTheWayThroughItIsNone()
    {
        using var project = new EditorProject(Manifest, [
            """
            public static class Program
            {
                public static object A() => Datasets.Co2.Path;
                public static object B() => Datasets.Co2.New.Path;
                public static DataManifest.Dataset C() => Datasets.Co2;
                public static object D(string Co2) => Co2;
                #pragma warning disable CS0618
                public static object E() => Datasets.Old;
                #pragma warning restore CS0618
            }
            """]);

        CollectionAssert.AreEqual(
            new[] { "2,41 Warning DM0706 Dataset 'co2' is obsolete: use co2/new", "4,55 Warning DM0706 Dataset 'co2' is obsolete: use co2/new" },
            (await project.AnalyzeAsync(test.CancellationToken)).Select(finding =>
                $"{finding.Location.GetLineSpan().StartLinePosition} {finding.Severity} {finding.Id} {finding.GetMessage(null)}").ToArray());
    }
}
