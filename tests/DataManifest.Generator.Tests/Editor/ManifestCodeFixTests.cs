using System.Reflection;
using DataManifest.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DataManifest.Generator.Editor;

[TestClass]
public sealed class ManifestCodeFixTests(TestContext test)
{
    private const string Loaders = "public enum Mode { Fast, Slow } public static class Grids { public static int Read(string path) => 0; public static int Pair(string path, Mode mode = Mode.Slow) => 0; }";

    [TestMethod]
    [DataRow("[co2]\nur1 = 'https://example.org/a.csv' # here\n", "[co2]\nuri = 'https://example.org/a.csv' # here\n")]
    [DataRow("[co2]\r\nuri = 'x://h/a'\r\n\tcheksum  =  'sha256:00'\r\n", "[co2]\r\nuri = 'x://h/a'\r\n\tchecksum  =  'sha256:00'\r\n")]
    [DataRow("co2.url = 'https://example.org/a.csv'\n", "co2.uri = 'https://example.org/a.csv'\n")]
    [DataRow("co2 = { urls = ['https://example.org/a.csv', 'https://example.org/b.csv'] }\n", "co2 = { uris = ['https://example.org/a.csv', 'https://example.org/b.csv'] }\n")]
    [DataRow("[co2]\nurl = ['https://example.org/a.csv']\n", "[co2]\nuris = ['https://example.org/a.csv']\n")]
    [DataRow("[co2]\nuri = 'x://h/a'\nmd5   = '0123456789abcdef0123456789abcdef' # of the file\n", "[co2]\nuri = 'x://h/a'\nchecksum   = \"md5:0123456789abcdef0123456789abcdef\" # of the file\n")]
    [DataRow("[_STORAGE]\ndataset_dir = 'data'\n", "[_STORAGE]\ndatasets_dir = 'data'\n")]
    [DataRow("[co2]\nuri = 'x://h/a'\n[co2._DOTNET]\nlicence = 'MIT'\n", "[co2]\nuri = 'x://h/a'\n[co2._DOTNET]\nlicense = 'MIT'\n")]
    [DataRow("[co2]\nuri = 'x://h/a'\n_DOTNET.deprecated = 'old'\n", "[co2]\nuri = 'x://h/a'\n_DOTNET.obsolete = 'old'\n")]
    public async Task Fix_misspeltKey_changesTheKeyAlone(string before, string after)
    {
        using var project = new EditorProject(before, []);
        var finding = (await project.AnalyzeAsync("DM0208", test.CancellationToken)).Single();
        StringAssert.StartsWith((await project.FixesOfAsync(finding, test.CancellationToken)).Single().Title, "Change '");
        await project.FixAsync(finding, test.CancellationToken);

        Assert.AreEqual(after, await project.ManifestAsync(test.CancellationToken));
        Assert.IsEmpty(await project.AnalyzeAsync("DM0208", test.CancellationToken));
    }

    [TestMethod]
    [DataRow("'Grids:Raed' # here", "'Grids:Read' # here", "DM0803")]
    [DataRow("\"Grids:Raed\"", "\"Grids:Read\"", "DM0803")]
    [DataRow("{ ref = 'global::Grids:Raed', args = [\"$path\"] }", "{ ref = 'Grids:Read', args = [\"$path\"] }", "DM0803")]
    [DataRow("'grid'\n[_LOADERS]\ngrid = 'Grids:Raed'", "'grid'\n[_LOADERS]\ngrid = 'Grids:Read'", "DM0803")]
    [DataRow("'Grid:Read'", "'Grids:Read'", "DM0802")]
    [DataRow("{ ref = 'Grids:Pair', args = ['$path'], kwargs = { moed = 'Fast' } }", "{ ref = 'Grids:Pair', args = ['$path'], kwargs = { mode = 'Fast' } }", "DM0806")]
    [DataRow("{ ref = 'Grids:Pair', args = ['$path', \"Fsat\"] }", "{ ref = 'Grids:Pair', args = ['$path', \"Fast\"] }", "DM0806")]
    public async Task Fix_misspeltLoader_changesTheWordAlone(string before, string after, string code)
    {
        using var project = new EditorProject($"[co2]\nuri = 'x://h/a'\nloader = {before}\n", [Loaders]);
        await project.FixAsync((await project.AnalyzeAsync(code, test.CancellationToken)).Single(), test.CancellationToken);

        Assert.AreEqual($"[co2]\nuri = 'x://h/a'\nloader = {after}\n", await project.ManifestAsync(test.CancellationToken));
        Assert.IsEmpty(await project.AnalyzeAsync(code, test.CancellationToken));
    }

    [TestMethod]
    [DataRow("'boolean?'", "\"bool?\"")]
    [DataRow("\"dobule\"", "\"double\"")]
    [DataRow("{ type = 'Guid', nullable = true }", "{ type = \"string\", nullable = true }")]
    public async Task Fix_typeOfAColumnThatHasAnotherNameHere_isTheTypeThatIsMeant(string before, string after)
    {
        using var project = new EditorProject($"[co2]\nuri = 'x://h/a'\n_DOTNET.columns.a = {before}\n", []);
        await project.FixAsync((await project.AnalyzeAsync("DM0831", test.CancellationToken)).Single(), test.CancellationToken);

        Assert.AreEqual($"[co2]\nuri = 'x://h/a'\n_DOTNET.columns.a = {after}\n", await project.ManifestAsync(test.CancellationToken));
    }

    [TestMethod]
    [DataRow("'Grids:Nowhere'", "DM0803")]
    [DataRow("\"Grids:R\\u0061ed\"", "DM0803")]
    [DataRow("{ ref = 'Grids:Pair', args = ['$path'], kwargs = { moed = 'Fast', mode = 'Fast' } }", "DM0806")]
    public async Task Fixes_loaderThatIsNotSimplyMisspelt_areNotOffered(string binding, string code)
    {
        using var project = new EditorProject($"[co2]\nuri = 'x://h/a'\nloader = {binding}\n", [Loaders]);

        Assert.IsEmpty(await project.FixesOfAsync((await project.AnalyzeAsync(code, test.CancellationToken))[0], test.CancellationToken));
    }

    [TestMethod]
    [DataRow("[co2]\nuri = 'x://h/a'\nurl = 'x://h/b'\n")]
    [DataRow("[co2]\nuri = 'x://h/a'\n[co2.chekcsum]\nalgorithm = 'md5'\n")]
    [DataRow("[co2]\nuri = 'x://h/a'\n[co2._DOTNETT]\ntitle = 'x'\n")]
    [DataRow("[co2]\nuri = 'x://h/a'\nsha1 = 3\n")]
    public async Task Fixes_whatNoRenamingSetsRight_areNotOffered(string manifest)
    {
        using var project = new EditorProject(manifest, []);
        var finding = (await project.AnalyzeAsync("DM0208", test.CancellationToken)).Single();

        Assert.IsEmpty(await project.FixesOfAsync(finding, test.CancellationToken));
    }

    [TestMethod]
    public async Task Fixes_ofATextThatIsAnotherOneMeanwhile_areNotOffered()
    {
        using var project = new EditorProject("[co2]\nurl = 'x://h/a'\n", []);
        var finding = (await project.AnalyzeAsync("DM0208", test.CancellationToken)).Single();
        using var meanwhile = new EditorProject("[co]", []);

        Assert.IsEmpty(await meanwhile.FixesOfAsync(finding, test.CancellationToken));
    }

    [TestMethod]
    public async Task Analyze_unpinnedDataset_isSaidToEditorsAtItsHeader()
    {
        using var project = new EditorProject("[ok]\nuri = 'x://h/ok'\nskip_checksum = true\n\n[co2]\nuri = 'https://example.org/a.csv'\n", []);
        var finding = (await project.AnalyzeAsync(test.CancellationToken)).Single();

        Assert.AreEqual("DM0603 Info 4", $"{finding.Id} {finding.Severity} {finding.Location.GetLineSpan().StartLinePosition.Line}");
        StringAssert.Contains(finding.GetMessage(null), "dotnet build -t:DataSync");
    }

    [TestMethod]
    public void Export_codeFixes_areMadeForTheDocumentsThatTheyChange()
    {
        var kinds = typeof(ManifestCodeFix).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(CodeFixProvider)))
            .ToDictionary(type => type.Name, type => type.GetCustomAttribute<ExportCodeFixProviderAttribute>()!);

        CollectionAssert.AreEquivalent(new[] { nameof(ManifestCodeFix), nameof(GeneratedPropertyCodeFix) }, kinds.Keys.ToArray());
        CollectionAssert.AreEqual(new[] { nameof(TextDocumentKind.AdditionalDocument) }, kinds[nameof(ManifestCodeFix)].DocumentKinds);
        CollectionAssert.AreEqual(new[] { nameof(TextDocumentKind.Document) }, kinds[nameof(GeneratedPropertyCodeFix)].DocumentKinds);
        Assert.IsTrue(kinds.Values.All(kind => kind.Languages.SequenceEqual([LanguageNames.CSharp])));
    }
}
