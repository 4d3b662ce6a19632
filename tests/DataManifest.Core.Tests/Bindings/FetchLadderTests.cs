using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Bindings;

[TestClass]
public sealed class FetchLadderTests
{
    [TestMethod]
    [DataRow("uri = 'https://h/a.csv'", FetchRung.Uri)]
    [DataRow("uris = ['https://h/a.csv', 'https://h/b.csv']", FetchRung.Uri)]
    [DataRow("shell = 'make x'\nuri = 'https://h/a.csv'", FetchRung.Shell)]
    [DataRow("shell = 'make x'\nuris = ['https://h/a.csv']", FetchRung.Shell)]
    [DataRow("shell = ''\nuri = 'https://h/a.csv'", FetchRung.Uri)]
    [DataRow("fetcher = 'N.T:M'\nshell = 'make x'\nuri = 'https://h/a.csv'", FetchRung.OwnFetcher)]
    [DataRow("fetcher = ''\nuri = 'https://h/a.csv'", FetchRung.Uri)]
    [DataRow("_LANG.shell.fetcher = 'old $key'\nuri = 'https://h/a.csv'", FetchRung.Shell)]
    [DataRow("_LANG.python.fetcher = 'm:f'", FetchRung.Delegation)]
    [DataRow("_LANG.python.fetcher = 'm:f'\ndelegate = false", FetchRung.Error)]
    [DataRow("_LANG.python.fetcher = 'm:f'\nuri = 'https://h/a.csv'", FetchRung.Uri)]
    [DataRow("_LANG.python.fetcher = 'm:f'\nuri = 'https://h/a.csv'\ndelegate = true", FetchRung.Delegation)]
    [DataRow("_LANG.python.loader = 'm:f'", FetchRung.Error)]
    [DataRow("description = 'nothing'", FetchRung.Error)]
    public void Resolve_takesTheFirstRungThatIsThere(string fields, FetchRung expected) =>
        Assert.AreEqual(expected, FetchLadder.Resolve(Dataset(fields)).Rung);

    [TestMethod]
    public void Resolve_explicitBinding_winsOverTheBareOne()
    {
        var dataset = Dataset("fetcher = 'm:bare'\n_LANG.csharp.fetcher = 'N.T:Own'\n_LANG.python.fetcher = 'm:py'");
        Assert.AreEqual("N.T:Own", FetchLadder.Resolve(dataset).Fetcher!.Reference);
        Assert.AreEqual("m:py", FetchLadder.Resolve(dataset, "python").Fetcher!.Reference);
        Assert.AreEqual("m:bare", FetchLadder.Resolve(dataset, "julia").Fetcher!.Reference);
    }

    [TestMethod]
    [DataRow("fetcher = 'make_it'", "'make_it'")]
    [DataRow("fetcher = 5", "5")]
    [DataRow("fetcher = ['m:f']", "['m:f']")]
    [DataRow("fetcher = {}", "{}")]
    [DataRow("fetcher = 'open(\"x\"):f'", "'open(\"x\"):f'")]
    [DataRow("fetcher = ':f'", "':f'")]
    [DataRow("fetcher = 'm:'", "'m:'")]
    [DataRow("fetcher = { args = ['$uri'] }", "{ args = ['$uri'] }")]
    [DataRow("fetcher = { ref = 5 }", "5")]
    [DataRow("fetcher = { ref = 'm:f', args = '$uri' }", "'$uri'")]
    [DataRow("fetcher = { ref = 'm:f', kwargs = ['$uri'] }", "['$uri']")]
    [DataRow("fetcher = { ref = 'm:f', kwarg = { a = 1 } }", "kwarg")]
    [DataRow("_LANG.csharp.fetcher = 5", "5")]
    [DataRow("_LANG.csharp = 'm:f'", "'m:f'")]
    public void Resolve_malformedBinding_isAnErrorAtItsPlaceAndNotPassedOver(string fields, string place)
    {
        var text = $"[x]\nuri = 'https://h/a.csv'\nshell = 'make'\n{fields}\n";
        var manifest = ManifestDocument.Parse(text, "datasets.toml");
        var step = FetchLadder.Resolve(manifest.Datasets[0]);
        Assert.AreEqual(FetchRung.Error, step.Rung);
        Assert.AreEqual(place, step.Problem!.Span!.Value.Of(text));
        var diagnostic = manifest.ErrorsOf("x").Single();
        Assert.AreEqual("DM0241", diagnostic.Rule.Code);
        Assert.AreEqual(step.Problem.Message, diagnostic.Message);
        Assert.AreEqual(place, diagnostic.Span.Of(text));
    }

    [TestMethod]
    public void Parse_malformedBindingOfAnotherLanguage_isNotOurs()
    {
        var manifest = ManifestDocument.Parse("[x]\nuri = 'https://h/a.csv'\n_LANG.python.fetcher = 5\n_LANG.r = 'odd'\n[_LANG.julia]\nloaders = 3\n", "datasets.toml");
        Assert.IsEmpty(manifest.Diagnostics);
        Assert.AreEqual(FetchRung.Uri, FetchLadder.Resolve(manifest.Datasets[0], delegation: true).Rung);
    }

    [TestMethod]
    public void Resolve_delegation_takesTheFirstLanguageThatRunsAndFallsThroughToTheUri()
    {
        var dataset = Dataset("_LANG.julia.fetcher = 'M:f'\n_LANG.python.fetcher = 'm:f'\nuri = 'https://h/a.csv'");
        Assert.AreEqual("julia", FetchLadder.Resolve(dataset, delegation: true).Language);
        Assert.AreEqual("python", FetchLadder.Resolve(dataset, delegation: true, canRun: language => language == "python").Language);
        Assert.AreEqual(FetchRung.Uri, FetchLadder.Resolve(dataset, delegation: true, canRun: _ => false).Rung);
        Assert.AreEqual(FetchRung.Uri, FetchLadder.Resolve(dataset with { Delegate = false }, delegation: true).Rung);
    }

    [TestMethod]
    public void Resolve_onlyAForeignFetcherThatCannotRun_saysWhichLanguageIsMissing()
    {
        var problem = FetchLadder.Resolve(Dataset("_LANG.julia.fetcher = 'M:f'"), canRun: _ => false).Problem!;
        Assert.AreEqual(DiagnosticRules.NoFetcher, problem.Rule);
        StringAssert.Contains(problem.Message, "julia");
    }

    [TestMethod]
    public void Parse_retiredShellFetcher_isAWarningThatShowsTheNewForm()
    {
        var diagnostic = ManifestDocument.Parse("[x]\nkey = 'x'\n_LANG.shell.fetcher = 'make'\n", "datasets.toml").Diagnostics.Single();
        Assert.AreEqual(("DM0209", 3), (diagnostic.Rule.Code, diagnostic.Start.Line));
        StringAssert.Contains(diagnostic.Message, "shell = ");
    }

    [TestMethod]
    public void Binding_knowsItsPartsAndPlaces()
    {
        const string text = "[x]\nkey = 'x'\nfetcher = { ref = ' My.App.Data:Build ', args = ['$key', 2] }\n";
        var fetcher = FetchLadder.Resolve(ManifestDocument.Parse(text, "datasets.toml").Datasets[0]).Fetcher!;
        Assert.AreEqual(("My.App.Data", "Build", true), (fetcher.Module, fetcher.Function, fetcher.IsExplicit));
        Assert.AreEqual("' My.App.Data:Build '", fetcher.ReferenceSpan.Of(text));
        Assert.AreEqual("'$key'", fetcher.Arguments[0].Span.Of(text));
        StringAssert.StartsWith(fetcher.Span.Of(text), "{ ref");
    }

    private static DatasetDeclaration Dataset(string fields) => ManifestDocument.Parse($"[x]\n{fields}\n", "datasets.toml").Datasets.Single();
}
