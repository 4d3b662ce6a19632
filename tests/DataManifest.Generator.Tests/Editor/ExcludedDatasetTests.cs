namespace DataManifest.Generator.Editor;

[TestClass]
public sealed class ExcludedDatasetTests(TestContext test)
{
    private const string Manifest = """
        [co2]
        uri = "https://example.org/co2.csv"
        requires = ["mask"]
        skip_checksum = true
        [mask]
        uri = "https://example.org/mask.nc"
        skip_checksum = true
        [sea]
        uri = "https://example.org/sea.nc"
        aliases = ["ocean"]
        skip_checksum = true
        ["sea/ice"]
        uri = "https://example.org/ice.nc"
        skip_checksum = true
        """;

    [TestMethod]
    public async Task Analyze_useOfADatasetThatIsLeftOut_isAWarningThere()
    {
        var found = await AnalyzeAsync("co2|", """
            using static My.Science.Datasets;
            public static class Program
            {
                public static object A() => Datasets.Co2.Path;
                public static object B() => Datasets.Mask.Path;
                public static object C() => Datasets.Sea.Path;
                public static object D() => My.Science.Datasets.Sea.Ice;
                public static object E() => Sea;
                /// <summary>Not a use: <see cref="Sea"/>.</summary>
                public static object F(string Sea) => Sea + Datasets.All.Count;
            }
            """);

        CollectionAssert.AreEqual(new[] { "6,42", "7,57", "8,33" }, found.Select(finding => finding.Split(' ')[0]).ToArray());
        Assert.AreEqual(
            "6,42 Warning DM0705 Dataset 'sea' is used here, but the project's DatasetReference items leave it out, so its build does not fetch it. Add <DatasetReference Include=\"sea\" /> to the project.",
            found[0]);
        StringAssert.Contains(found[1], "'sea/ice'");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("co2|ocean|https://example.org/x|")]
    [DataRow("co2|ocean")]
    [DataRow("co2|mask|ocean|sea/ice|")]
    [DataRow("co2|OCEAN|SEA/ICE|")]
    public async Task Analyze_noReferencesOrThoseThatNameEverythingOrCannotBeUnderstood_reportsNothing(string references) => Assert.IsEmpty(
        await AnalyzeAsync(references, "public static class Program { public static object A() => (Datasets.Co2, Datasets.Mask, Datasets.Sea.Ice, Datasets.Sea); }"));

    private async Task<IReadOnlyList<string>> AnalyzeAsync(string references, string source)
    {
        using var project = new EditorProject(Manifest, [source], $"build_property._DataManifestReferenceNames = {references}");
        return
        [
            .. (await project.AnalyzeAsync(test.CancellationToken)).Select(found =>
                $"{found.Location.GetLineSpan().StartLinePosition.Line + 1},{found.Location.GetLineSpan().StartLinePosition.Character + 1} {found.Severity} {found.Id} {found.GetMessage(null)}"),
        ];
    }
}
