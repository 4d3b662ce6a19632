namespace DataManifest.Generator.Loading;

[TestClass]
public sealed class LoaderAnalyzerTests(TestContext test)
{
    private const string Loaders = """
        namespace My.Science
        {
            public enum Mode { Fast, Slow }

            public static class GridLoaders
            {
                public static int ReadGrid(string path) => 0;

                private static int Hidden(string path) => 0;

                public static void Nothing(string path) { }

                public static Task Later(string path) => Task.CompletedTask;

                public static int Pair(string a, int resolution, Mode mode = Mode.Fast, byte[] bytes = null) => 0;

                public static int Of(Stream stream) => 0;

                public static int Changes(ref string path) => 0;

                public static int Typed(Datasets.DatasetTypes.XDataset dataset) => 0;

                public static List<Datasets.DatasetTypes.XDataset> Returns(string path) => null;

                public static T Open<T>(string path) => default;

                public static int Two(int a) => 0;

                public static int Two(DateTime a) => 0;
            }

            public class Outer { private static class Inner { public static int Read(string path) => 0; } }

            public class Instance { public int Read(string path) => 0; protected static int Guarded(string path) => 0; }

            public interface ILoader { static abstract int Read(string path); }
        }
        """;

    [TestMethod]
    [DataRow("'My.Science.GridLoader:ReadGrid'", "(3,10) DM0802 The type 'My.Science.GridLoader' of the loader 'My.Science.GridLoader:ReadGrid' is neither in this project nor in one that it references; did you mean 'My.Science.GridLoaders'?")]
    [DataRow("'GridLoaders:ReadGrid'", "(3,10) DM0802 The type 'GridLoaders' of the loader 'GridLoaders:ReadGrid' is neither in this project nor in one that it references; did you mean 'My.Science.GridLoaders'?")]
    [DataRow("'xarray:open_dataset'", "(3,10) DM0802 The type 'xarray' of the loader 'xarray:open_dataset' is neither in this project nor in one that it references; a loader of another language belongs under _LANG.<language>.")]
    [DataRow("'My.Science.GridLoaders:ReadGird'", "(3,10) DM0803 The type 'My.Science.GridLoaders' has no method 'ReadGird'; did you mean 'My.Science.GridLoaders:ReadGrid'?")]
    [DataRow("'My.Science.Instance:Open'", "(3,10) DM0803 The type 'My.Science.Instance' has no method 'Open'; its static methods are Guarded.")]
    [DataRow("'My.Science.GridLoaders:Open<int,int>'", "(3,10) DM0803 The method of the loader 'My.Science.GridLoaders:Open<int,int>' has 1 type parameters and not 2: GridLoaders.Open<T>(string).")]
    [DataRow("'My.Science.GridLoaders:Open<Unknown>'", "(3,10) DM0802 A type argument")]
    [DataRow("'My.Science.GridLoaders:Hidden'", "(3,10) DM0804 The loader 'GridLoaders.Hidden(string)' is private; make it public, or internal in this project.")]
    [DataRow("'My.Science.Instance:Guarded'", "(3,10) DM0804 The loader 'Instance.Guarded(string)' is protected")]
    [DataRow("'My.Science.Outer.Inner:Read'", "(3,10) DM0804 The loader 'Outer.Inner.Read(string)' lies in the type 'Outer.Inner', which is not accessible; make it public")]
    [DataRow("'System.IO.File:InternalReadAllBytes'", "(3,10) DM080")]
    [DataRow("'My.Science.Instance:Read'", "(3,10) DM0805 The loader 'Instance.Read(string)' is not static.")]
    [DataRow("'My.Science.ILoader:Read'", "(3,10) DM0805 The loader 'ILoader.Read(string)' is abstract")]
    [DataRow("'My.Science.GridLoaders:Nothing'", "(3,10) DM0805 The loader 'GridLoaders.Nothing(string)' returns nothing.")]
    [DataRow("'My.Science.GridLoaders:Later'", "(3,10) DM0805 The loader 'GridLoaders.Later(string)' returns nothing.")]
    [DataRow("'My.Science.GridLoaders:Changes'", "(3,10) DM0805 The loader 'GridLoaders.Changes(ref string)' changes its parameter 'path'.")]
    [DataRow("'My.Science.GridLoaders:Two'", "(3,10) DM0805 The loader 'GridLoaders.Two(int)' does not take the data.")]
    [DataRow("'My.Science.GridLoaders:Pair'", "(3,10) DM0805 The loader 'GridLoaders.Pair(string, int, Mode, byte[])' needs 'int resolution', which nothing gives.")]
    [DataRow("'My.Science.GridLoaders:Typed'", "(3,10) DM0807 The loader 'GridLoaders.Typed(Datasets.DatasetTypes.XDataset)' mentions 'Datasets.DatasetTypes.XDataset', which is generated")]
    [DataRow("'My.Science.GridLoaders:Returns'", "(3,10) DM0807")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path', 1.5] }", "(3,66) DM0806 The parameter 'int resolution' of the loader 'GridLoaders.Pair(string, int, Mode, byte[])' cannot have this value: the number 1.5 is no int.")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path', 3000000000] }", "(3,66) DM0806 The parameter 'int resolution' of the loader 'GridLoaders.Pair(string, int, Mode, byte[])' cannot have this value: 3000000000 is outside of int, which goes from -2147483648 to 2147483647.")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path', 'five'] }", "(3,66) DM0806 The parameter 'int resolution' of the loader 'GridLoaders.Pair(string, int, Mode, byte[])' cannot have this value: the text \"five\" is no int.")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path', 1, 'Fsat'] }", "(3,69) DM0806 The parameter 'Mode mode' of the loader 'GridLoaders.Pair(string, int, Mode, byte[])' cannot have this value: Mode has no member 'Fsat'; did you mean 'Fast'?")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path', 1, 'Fast', [1, 256]] }", "(3,81) DM0806")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path', 1, 'Fast', [1], 2] }", "(3,82) DM0806 The loader 'GridLoaders.Pair(string, int, Mode, byte[])' has 4 parameters, and args has 5 values.")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path'] }", "(3,18) DM0806 The binding gives nothing for 'int resolution'")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path'], kwargs = { resolutoin = 1 } }", "(3,78) DM0806 The loader 'GridLoaders.Pair(string, int, Mode, byte[])' has no parameter 'resolutoin'; did you mean 'resolution'?")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path', 1], kwargs = { a = 'x' } }", "(3,81) DM0806 The parameter 'a' of the loader")]
    public async Task Analyze_brokenBinding_isReportedAtItsPlace(string binding, string expected)
    {
        var findings = await LoaderProject.FindAsync($"[x]\nuri = 'https://h/x.dat'\nloader = {binding}\n", Loaders, test.CancellationToken);

        StringAssert.StartsWith(findings.Single(), expected);
    }

    [TestMethod]
    [DataRow("extract = true", "x.zip", "and the dataset is a folder")]
    [DataRow("lazy_access = true", "x.dat", "and the dataset is an address")]
    public async Task Analyze_streamOfWhatIsNoFile_isReported(string field, string file, string expected)
    {
        var findings = await LoaderProject.FindAsync($"[x]\nuri = 'https://h/{file}'\n{field}\nloader = 'My.Science.GridLoaders:Of'\n", Loaders, test.CancellationToken);

        Assert.Contains(expected, findings.Single());
    }

    [TestMethod]
    public async Task Analyze_loaderOfAFormat_isReportedOnceAtItsEntry()
    {
        var findings = await LoaderProject.FindAsync(
            "[x]\nuri = 'https://h/x.dat'\n[y]\nuri = 'https://h/y.dat'\n[_LANG.csharp.loaders]\ndat = 'My.Science.GridLoaders:ReadGird'\n", Loaders, test.CancellationToken);

        StringAssert.StartsWith(findings.Single(), "(6,7) DM0803");
    }

    [TestMethod]
    [DataRow("A:<")]
    [DataRow("<:>")]
    [DataRow("A<:B")]
    [DataRow("A<>:B")]
    [DataRow("A..B:C")]
    [DataRow(".:x")]
    [DataRow("+:x")]
    [DataRow("A+:B<>")]
    [DataRow("int?:X")]
    [DataRow("int[]:X")]
    [DataRow("int:X")]
    [DataRow("System:X")]
    [DataRow("A:B<C<D>>")]
    [DataRow("数.据:🌊")]
    [DataRow("System.Collections.Generic.List`1:Foo")]
    [DataRow("System.Collections.Generic.List<int[]>:Foo")]
    [DataRow("My.Science.GridLoaders:.ctor")]
    public async Task Analyze_referenceThatMeansNothing_isReportedOnce(string reference)
    {
        var findings = await LoaderProject.FindAsync($"[x]\nuri = 'https://h/x.dat'\nloader = '{reference}'\n", Loaders, test.CancellationToken);

        StringAssert.Matches(findings.Single(), new System.Text.RegularExpressions.Regex(@"^\(3,10\) DM080[23] "));
    }

    [TestMethod]
    public async Task Analyze_goodBinding_isNotReported() => Assert.IsEmpty(await LoaderProject.FindAsync(
        "[x]\nuri = 'https://h/x.dat'\nloader = 'My.Science.GridLoaders:ReadGrid'\n[y]\nuri = 'https://h/y.dat'\n_LANG.python.loader = 'xarray:open'\n", Loaders, test.CancellationToken));

    [TestMethod]
    [DataRow("y|", 0)]
    [DataRow("x|", 1)]
    public async Task Analyze_datasetThatTheProjectDoesNotUse_isNotReported(string references, int expected) => Assert.HasCount(expected, await LoaderProject.FindAsync(
        "[x]\nuri = 'https://h/x.dat'\nloader = 'Other.Project:Read'\n[y]\nuri = 'https://h/y.dat'\n", Loaders, test.CancellationToken, ("_DataManifestReferenceNames", references)));

    [TestMethod]
    [DataRow("", 0)]
    [DataRow("x|", 0)]
    [DataRow("y|", 1)]
    public void Compile_useOfABrokenLoaderThatNobodyReports_isTheCompilersError(string references, int expected)
    {
        var program = "public static class Program { public static object Run() => Datasets.X.Load(); }";
        var project = GeneratorProject.Of("[x]\nuri = 'https://h/x.dat'\nloader = 'Other.Project:Read'\n[y]\nuri = 'https://h/y.dat'\n", LoaderProject.Usings + Loaders, program)
            with { Properties = new Dictionary<string, string> { ["RootNamespace"] = "My.Science", ["_DataManifestReferenceNames"] = references } };
        Assert.HasCount(expected, project.Compile().GetDiagnostics(test.CancellationToken).Where(found => found.Id == "CS0619").ToArray());
    }

    [TestMethod]
    [DataRow("'My.Science.Nowhere:Read'", "int[] rows = Datasets.X.Load(); foreach (var x in Datasets.X.Load()) { } string text = await Datasets.X.LoadAsync();")]
    [DataRow("'My.Science.GridLoaders:ReadGird'", "var grid = Datasets.X.Load(); int next = System.Math.Max(grid, 1); grid += next;")]
    [DataRow("'My.Science.GridLoaders:Statoins'", "var names = Datasets.X.Load().Select(name => name.Length); names = (await Datasets.X.LoadAsync()).Select(name => name.Length);")]
    [DataRow("'No.Such.Type:Read'", "Use(Datasets.X.Load(System.Threading.CancellationToken.None)); void Use(string a) { }")]
    [DataRow("'no reference'", "Datasets.X.Load().Anything();")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Pair', args = ['$path'] }", "int result = Datasets.X.Load();")]
    [DataRow("'My.Science.GridLoaders:Nothing'", "int result = Datasets.X.Load();")]
    [DataRow("{ ref = 'My.Science.GridLoaders:Stations', args = [1] }", "var names = Datasets.X.Load().Select(name => name.Length); names = (await Datasets.X.LoadAsync()).Select(name => name.Length);")]
    public async Task Compile_useOfABrokenLoader_leavesTheFindingAloneAndSaysItWhereNobodyElseDoes(string binding, string use)
    {
        var manifest = $"[x]\nuri = 'https://h/x.dat'\nloader = {binding}\n";
        var loaders = Loaders.Replace("public static int Of(", "public static Task<List<string>> Stations(string path) => null; public static int Of(", StringComparison.Ordinal);
        var program = "using System.Linq; public static class Program { public static async System.Threading.Tasks.Task Run() { await System.Threading.Tasks.Task.CompletedTask; " + use + " } }";
        var project = GeneratorProject.Of(manifest, LoaderProject.Usings + loaders, program);
        Assert.IsEmpty(project.Compile().GetDiagnostics(test.CancellationToken).Where(found => found.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));

        foreach (var property in new[] { "RunAnalyzers", "RunAnalyzersDuringBuild" })
        {
            var silent = project with { Properties = new Dictionary<string, string> { ["RootNamespace"] = "My.Science", [property] = "false" } };
            var errors = silent.Compile().GetDiagnostics(test.CancellationToken).Where(found => found.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).ToList();
            Assert.IsNotEmpty(errors);
            Assert.IsTrue(errors.All(error => error.Id == "CS0619"));
        }

        // What is no reference at all is the manifest's error, which another analyzer reports.
        Assert.HasCount(binding == "'no reference'" ? 0 : 1, await LoaderProject.FindAsync(manifest, loaders, test.CancellationToken));
    }

    [TestMethod]
    public void Compile_datasetsBelowOneWithABrokenLoader_keepTheirNamesApart() => Assert.IsEmpty(GeneratorProject.Of(
        "[x]\nuri = 'https://h/x.dat'\nloader = 'No.Such:Type'\n" + string.Concat(new[] { "load", "load_async", "files", "read_rows", "path" }.Select(name => $"['x/{name}']\nuri = 'https://h/{name}'\n")))
        .CompilerFindings());

    [TestMethod]
    public void Load_formatThatNothingLoads_isAnErrorWithTheWayOut()
    {
        var project = GeneratorProject.Of(
            "['my/grid']\nuri = 'https://h/x.nc'\n_LANG.python.loader = 'xarray:open'\n", "public static class Program { public static object Run() => Datasets.My.Grid.Load(); }");
        var finding = project.Compile().GetDiagnostics().Single(diagnostic => diagnostic.Id == "DM0801");

        Assert.AreEqual(Microsoft.CodeAnalysis.DiagnosticSeverity.Error, finding.Severity);
        StringAssert.EndsWith(finding.GetMessage(null), "'There is no loader for the format 'nc' of dataset 'my/grid'. Its loader for python cannot run here. Add a package that reads it "
            + "(for example PureHDF), write a static method that takes the path, and bind it in the manifest, under [\"my/grid\"._LANG.csharp]: loader = \"My.Namespace.Loaders:Read\".'");
    }
}
