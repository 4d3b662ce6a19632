using System.Reflection;
using DataManifest.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace DataManifest.Generator.Editor;

[TestClass]
public sealed class ManifestCodeFixTests(TestContext test)
{
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
