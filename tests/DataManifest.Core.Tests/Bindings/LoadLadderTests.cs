using DataManifest.Diagnostics;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

[TestClass]
public sealed class LoadLadderTests
{
    [TestMethod]
    [DataRow("uri = 'https://h/a.csv'", LoadRung.BuiltIn)]
    [DataRow("uri = 'https://h/a.CSV'", LoadRung.BuiltIn)]
    [DataRow("uri = 'https://h/a.nc'", LoadRung.ManifestFormatDefault)]
    [DataRow("uri = 'https://h/a.dat'\nformat = ' NC '", LoadRung.ManifestFormatDefault)]
    [DataRow("uri = 'https://h/a.nc'\nloader = 'N.T:M'", LoadRung.PerDataset)]
    [DataRow("uri = 'https://h/a.nc'\nloader = ''", LoadRung.ManifestFormatDefault)]
    [DataRow("uri = 'https://h/a.zip'\nextract = true", LoadRung.BuiltIn)]
    [DataRow("uri = 'https://h/a.dat'", LoadRung.Error)]
    [DataRow("uri = 'https://h/a'\nformat = ''", LoadRung.Error)]
    [DataRow("uri = 's3://b/a.csv'\nlazy_access = true", LoadRung.Error)]
    [DataRow("uri = 's3://b/a.nc'\nlazy_access = true", LoadRung.ManifestFormatDefault)]
    public void Resolve_takesTheFirstRungThatIsThere(string fields, LoadRung expected) =>
        Assert.AreEqual(expected, Resolve($"[_LANG.csharp.loaders]\nnc = 'N.T:Nc'\n[x]\n{fields}\n").Rung);

    [TestMethod]
    public void Resolve_builtIn_namesTheFormatExceptForAnUnpackedArchive()
    {
        Assert.AreEqual("csv", Resolve("[x]\nuri = 'https://h/a.CSV'\n").Format);
        Assert.AreEqual("", Resolve("[x]\nuri = 'https://h/a.zip'\nextract = true\n").Format);
    }

    [TestMethod]
    public void Resolve_explicitLoaders_winOverTheBareOnes()
    {
        const string text = "[_LOADERS]\nnc = 'm:bare'\ncsv = 'm:csv'\n[_LANG.csharp.loaders]\nnc = 'N.T:Own'\n[x]\nformat = 'nc'\n[y]\nformat = 'csv'\n";
        Assert.AreEqual("N.T:Own", Resolve(text).Loader!.Reference);
        Assert.AreEqual("m:csv", Resolve(text, name: "y").Loader!.Reference);
        Assert.AreEqual("m:bare", Resolve(text, language: "julia").Loader!.Reference);
    }

    [TestMethod]
    public void Resolve_nameOfALoader_isThatLoaderWithItsArguments()
    {
        const string loaders = "[_LOADERS]\ncsv = 'm:csv'\ntsv = 'csv'\ntab = 'tsv'\ngrid = { ref = 'm:grid', kwargs = { r = 5 } }\n";
        Assert.AreEqual("m:csv", Resolve(loaders + "[x]\nformat = 'tab'\n").Loader!.Reference);
        var grid = Resolve(loaders + "[x]\nloader = 'grid'\n");
        Assert.AreEqual(("m:grid", """{"r":5}"""), (grid.Loader!.Reference, TomlJson.Json(grid.Loader.KeywordArguments)));
        Assert.AreEqual(LoadRung.PerDataset, grid.Rung);
        var own = Resolve(loaders + "[x]\nloader = { ref = 'grid', kwargs = { r = 7 } }\n").Loader!;
        Assert.AreEqual(("m:grid", """{"r":7}"""), (own.Reference, TomlJson.Json(own.KeywordArguments)));
    }

    [TestMethod]
    [DataRow("[_LOADERS]\ncsv = 'tsv'\ntsv = 'csv'\n", "circle")]
    [DataRow("[_LOADERS]\ncsv = 'csv'\n", "circle")]
    [DataRow("[_LOADERS]\ncsv = 'parket'\nparquet = 'm:p'\n", "'parquet'")]
    [DataRow("[_LOADERS]\ncsv = 5\n", "no binding")]
    [DataRow("[_LOADERS]\ncsv = {}\n", "'ref'")]
    [DataRow("[_LANG.csharp]\nloaders = 'm:f'\n[_LOADERS]\ncsv = {}\n", "'ref'")]
    [DataRow("[_LANG.csharp.loaders]\ncsv = { ref = 'm:f', arg = [] }\n", "'args'")]
    public void Resolve_malformedFormatLoader_isAnErrorAndNotPassedOver(string loaders, string hint)
    {
        var text = loaders + "[x]\nuri = 'https://h/a.csv'\n";
        var problem = Resolve(text).Problem!;
        Assert.AreEqual(DiagnosticRules.InvalidBinding, problem.Rule);
        StringAssert.Contains(problem.Message, hint);
        var diagnostics = ManifestDocument.Parse(text, "datasets.toml").Diagnostics;
        Assert.Contains(problem.Span!.Value, diagnostics.Where(diagnostic => diagnostic.Rule.Code == "DM0241").Select(diagnostic => diagnostic.Span));
    }

    [TestMethod]
    [DataRow(16, LoadRung.ManifestFormatDefault)]
    [DataRow(17, LoadRung.Error)]
    public void Resolve_longChainOfNames_endsAtAFixedLength(int names, LoadRung expected)
    {
        var chain = string.Concat(Enumerable.Range(0, names).Select(i => $"l{i} = 'l{i + 1}'\n"));
        Assert.AreEqual(expected, Resolve($"[_LOADERS]\n{chain}l{names} = 'm:f'\n[x]\nformat = 'l0'\n").Rung);
    }

    [TestMethod]
    public void Resolve_oldSpellingsAmongTheLoaders_areToleratedAndNoLoaders()
    {
        const string text = "[_loaders]\ncsv = 'm:csv'\nnone = ''\npython_includes = ['inc']\njulia_modules = ['X']\n[x]\nformat = 'csv'\n[y]\nformat = 'none'\n";
        Assert.AreEqual("m:csv", Resolve(text).Loader!.Reference);
        Assert.AreEqual(LoadRung.Error, Resolve(text, name: "y").Rung);
        Assert.DoesNotContain("DM0241", ManifestDocument.Parse(text, "datasets.toml").Diagnostics.Select(diagnostic => diagnostic.Rule.Code));
    }

    [TestMethod]
    public void Parse_malformedLoader_isLocatedAtItsText()
    {
        const string text = "[x]\nuri = 'https://h/a.csv'\nloader = 'lambda p: open(p)'\n";
        var diagnostic = ManifestDocument.Parse(text, "datasets.toml").ErrorsOf("x").Single();
        Assert.AreEqual(("DM0241", 3, 10), (diagnostic.Rule.Code, diagnostic.Start.Line, diagnostic.Start.Column));
        StringAssert.Contains(diagnostic.Message, "is code");
    }

    [TestMethod]
    public void Parse_lazyAccessWithoutLoader_isAnErrorAtTheField()
    {
        const string text = "[x]\nuri = 's3://b/a.csv'\nlazy_access = true\n[y]\nuri = 's3://b/a.nc'\nlazy_access = true\nloader = 'N.T:Open'\n";
        var diagnostic = ManifestDocument.Parse(text, "datasets.toml").Diagnostics.Single();
        Assert.AreEqual(("DM0243", "x", 3), (diagnostic.Rule.Code, diagnostic.Dataset, diagnostic.Start.Line));
    }

    [TestMethod]
    [DataRow("[x]\nuri = 's3://b/a.zarr'\nlazy_access = true\n_LANG.python.loader = 'm:f'\n")]
    [DataRow("[_LANG.julia.loaders]\nzarr = 'M:f'\n[x]\nuri = 's3://b/a.zarr'\nlazy_access = true\n")]
    public void Parse_lazyAccessWithALoaderOfAnotherLanguage_isSound(string text)
    {
        Assert.IsEmpty(ManifestDocument.Parse(text, "datasets.toml").Diagnostics);
        Assert.AreEqual(DiagnosticRules.LazyWithoutLoader, Resolve(text).Problem!.Rule);
    }

    [TestMethod]
    public void Resolve_formatThatNothingLoads_saysWhereToNameALoader()
    {
        var problem = Resolve("[x]\nuri = 'https://h/a.grib'\n").Problem!;
        Assert.AreEqual(DiagnosticRules.NoLoader, problem.Rule);
        StringAssert.Contains(problem.Message, "[_LANG.csharp.loaders]");
    }

    private static LoadStep Resolve(string text, string name = "x", string language = BindingLanguage.CSharp)
    {
        var manifest = ManifestDocument.Parse(text, "datasets.toml");
        return new LoadLadder(manifest.Structural, ["csv", "zip"], language).Resolve(manifest.Get(name)!);
    }
}
