using DataManifest.Contents;
using DataManifest.Generator.Analysis;
using DataManifest.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DataManifest.Generator;

[TestClass]
public sealed class ContentsCodeTests
{
    private const string Manifest = "[sites]\nuri = 'https://h/sites.csv'\n['grid/fine']\nuri = 'https://h/grid.zip'\nextract = true\n";

    public TestContext TestContext { get; set; } = null!;

    private static string Record => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "contents.toml"));

    [TestMethod]
    public void Generate_filesAndRows_givesTheReviewedCode()
    {
        var project = With(Manifest, Record);

        Snapshot.Verify("contents", string.Join("// ====", project.Generate().Split("// ====").Where(file => file.Contains(".contents.g.cs\n", StringComparison.Ordinal))));
        Assert.IsEmpty(project.CompilerFindings());
    }

    [TestMethod]
    [DataRow(LanguageVersion.CSharp7_3)]
    [DataRow(LanguageVersion.CSharp8)]
    [DataRow(LanguageVersion.CSharp9)]
    [DataRow(LanguageVersion.CSharp10)]
    [DataRow(LanguageVersion.Preview)]
    public void Compile_everyLanguageVersion_givesNoWarning(LanguageVersion version) => Assert.IsEmpty((With(Manifest, Record) with { LanguageVersion = version }).CompilerFindings());

    [TestMethod]
    public void Run_rowsAndFiles_areThoseOnDisk()
    {
        using var folder = new ScratchFolder();
        folder.Write("sites.csv", "site,elev_m,date\nA,10.5,2023-05-06\nB,NA,2023-05-07\n");
        folder.Write("grid/data/x.jsonl", "{\"a\":1}\n{\"a\":2}\n");
        var manifest = $"[sites]\nformat = 'csv'\nstorage_path = '{folder["sites.csv"]}'\nskip_download = true\n[grid]\nstorage_path = '{folder["grid"]}'\nskip_download = true\n";
        var columns = new ColumnSchema[] { new("site", ColumnType.Text, false), new("elev_m", ColumnType.Double, true), new("date", ColumnType.Date, false) };
        var record = ContentsWriter.Write(
        [
            new("sites", "sha256:00", "", [], 0, [new("", new TableFormat(), 2, columns)], []),
            new("grid", "sha256:00", "", [new("data/x.jsonl", 16)], 0, [new("data/x.jsonl", new TableFormat(IsJsonLines: true), 2, [new("a", ColumnType.Int32, false)])], []),
        ]);
        foreach (var version in new[] { LanguageVersion.CSharp8, LanguageVersion.Latest })
        {
            var result = (With(manifest, record, """
                using System.Globalization;
                using System.Linq;
                using System.Threading.Tasks;
                using My.Science;

                public static class Program
                {
                    public static object Run()
                    {
                        var rows = Datasets.Sites.ReadRows().Select(row => row.Site + (row.ElevM?.ToString(CultureInfo.InvariantCulture) ?? "-") + row.Date.Day);
                        var file = Datasets.Grid.Files.Data.XJsonl;
                        return string.Join("|", rows) + "|" + file.ReadRows().Sum(row => row.A) + "|" + SumAsync().Result + "|" + file.Length + "|" + file.Name + "|" + file.OpenRead().ReadByte() + "|" + Datasets.Sites.Load().Count();
                    }

                    private static async Task<int> SumAsync()
                    {
                        var sum = 0;
                        await foreach (var row in Datasets.Grid.Files.Data.XJsonl.ReadRowsAsync())
                        {
                            sum += row.A;
                        }

                        return sum;
                    }
                }
                """) with { LanguageVersion = version }).Run();

            Assert.AreEqual("A10.56|B-7|3|3|16|x.jsonl|123|2", result);
        }
    }

    [TestMethod]
    public void Compile_columnThatIsGone_failsWhereItIsUsed()
    {
        const string program = "public static class Program { public static object Run() => Datasets.Sites.ReadRows().First().SampleId; }";
        Assert.IsEmpty(With(Manifest, Record, "using System.Linq;" + program).CompilerFindings());

        var findings = With(Manifest, Record.Replace("SampleId", "Id", StringComparison.Ordinal), "using System.Linq;" + program).CompilerFindings();
        Assert.Contains("CS1061", findings.Single());
    }

    [TestMethod]
    public void Generate_recordOfOtherData_isNotUsed()
    {
        var pinned = Manifest.Replace("sites.csv'", "sites.csv'\nchecksum = 'sha256:" + new string('1', 64) + "'", StringComparison.Ordinal);
        var code = With(pinned, Record).Generate();
        Assert.DoesNotContain("SitesRow", code);
        Assert.Contains("GridFineFiles", code.Replace("_", "", StringComparison.Ordinal));

        // What the build has found counts more than what is committed.
        var both = With(Manifest, Record) with { Manifests = [new("/p/datasets.toml", Manifest), new("/p/datasets.contents.toml", Record, contents: "committed"), new("/p/obj/contents.toml", Record.Replace("SampleId", "OtherId", StringComparison.Ordinal), contents: "fetched")] };
        Assert.Contains(" OtherId ", both.Generate());
        Assert.DoesNotContain(" SampleId ", both.Generate());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("no = [toml")]
    [DataRow("dataset = 5")]
    [DataRow("[[dataset]]\nname = 'sites'\nchecksum = ''\nrecipe = ''\nfiles = [['../../etc/passwd', 1]]\n")]
    [DataRow("[[dataset]]\nname = 'sites'\nchecksum = ''\nrecipe = ''\nfiles = [['/etc/passwd', 1]]\n")]
    [DataRow("[[dataset]]\nname = 'sites'\nchecksum = ''\nrecipe = ''\nfiles = [['a', -1]]\n")]
    [DataRow("[[dataset]]\nname = 'sites'\nchecksum = ''\nrecipe = ''\nfiles = [['a', 1], ['a', 2]]\n")]
    [DataRow("[[dataset]]\nname = 'sites'\nchecksum = ''\nrecipe = ''\n[[dataset.table]]\nfile = ''\njson_lines = true\nrows = 1\ncolumns = [['a', 'System.Evil']]\n")]
    [DataRow("[[dataset]]\nname = 'sites'\nchecksum = ''\nrecipe = ''\n[[dataset.table]]\nfile = ''\ndelimiter = ''\nrows = 1\ncolumns = [['a', 'int']]\n")]
    public void Generate_damagedRecord_givesTheDatasetsWithoutIt(string record)
    {
        var project = With(Manifest, record);
        Assert.IsEmpty(project.CompilerFindings());
        Assert.DoesNotContain(".contents.g.cs", project.Generate());
    }

    [TestMethod]
    public async Task Analyze_contentsThatNobodyKnows_saysWhatToRun()
    {
        const string program = "public static class Program { public static object Run() => Datasets.Grid.Fine.Files.LICENSE; public static int Other(string Files) => Files.Length; }";
        var unknown = (await AnalyzeAsync(GeneratorProject.Of(Manifest, program))).Single();
        Assert.AreEqual((DiagnosticSeverity.Warning, "DM0835", "(0,79)-(0,84)"), (unknown.Severity, unknown.Id, unknown.Location.GetLineSpan().Span.ToString()));
        Assert.StartsWith("Nothing is known yet of the files and rows of Datasets.Grid.Fine. Run 'dotnet build'", unknown.GetMessage(null));
        Assert.IsEmpty(await AnalyzeAsync(With(Manifest, Record, program)));
    }

    [TestMethod]
    [DataRow("Files", "", "The data of Datasets.Sites are one file, Datasets.Sites.Path, and so have no Files.")]
    [DataRow("Load()", "notes = ['The data cannot be read as a table: it has no rows.']", "The data of Datasets.Sites have no typed rows. The data cannot be read as a table: it has no rows.")]
    [DataRow("ReadRows()", "", "The data of Datasets.Sites have no typed rows. Only tables (csv, tsv, JSON lines) have them")]
    public async Task Analyze_contentsThatHaveNoSuchMember_saysWhy(string member, string notes, string expected)
    {
        var project = With(Manifest, $"[[dataset]]\nname = 'sites'\nchecksum = 'sha256:00'\nrecipe = 'r'\nsize = 0\n{notes}\n", "public static class Program { public static object Run() => Datasets.Sites." + member + "; }");

        Assert.StartsWith(expected, (await AnalyzeAsync(project)).Single().GetMessage(null));
        Assert.DoesNotContain(".contents.g.cs", project.Generate());
    }

    [TestMethod]
    [DataRow("skip_checksum = true")]
    [DataRow("skip_download = true\nstorage_path = 'x.csv'")]
    public async Task Analyze_dataThatNobodyVerifies_saysThatTheyAreNotLookedInto(string field)
    {
        var project = GeneratorProject.Of($"[sites]\nuri = 'https://h/sites.csv'\n{field}\n", "public static class Program { public static object Run() => Datasets.Sites.ReadRows(); }");

        Assert.StartsWith("The data of Datasets.Sites have no typed files and rows, because nothing says", (await AnalyzeAsync(project)).Single().GetMessage(null));
    }

    [TestMethod]
    [DataRow("uri = 'https://h/sites.csv.gz'")]
    [DataRow("uri = 'https://h/sites.csv.gz#v1'")]
    [DataRow("uri = 'https://h/SITES.TSV.GZ'")]
    [DataRow("uri = 'https://h/sites.jsonl.gz'")]
    [DataRow("uri = 'https://h/sites.tab'")]
    [DataRow("uri = 'https://h/sites.dat'\n_DOTNET.table = { delimiter = ' ' }")]
    [DataRow("uri = 'https://h/sites'\n_DOTNET.columns = { site = 'string' }")]
    public void Compile_loadOfATable_givesItsRows(string fields) => Assert.IsEmpty(
        With($"[sites]\n{fields}\n", Record, "using System.Linq; public static class Program { public static double? Run() => Datasets.Sites.Load().First().ElevM; }").CompilerFindings());

    [TestMethod]
    [DataRow("uri = 'https://h/sites.csv.gz'\nextract = true", "System.IO.DirectoryInfo")]
    [DataRow("uri = 'https://h/doc.json.gz'", "DataManifest.Loading.UnpackedArchive")]
    [DataRow("uri = 'https://h/sites.tar.gz'", "DataManifest.Loading.UnpackedArchive")]
    public void Compile_loadOfWhatIsCompressedAndNoTable_givesWhatIsInIt(string fields, string type) => Assert.IsEmpty(
        With($"[x]\n{fields}\n", "", "public static class Program { public static " + type + " Run() => Datasets.X.Load(); }").CompilerFindings());

    [TestMethod]
    [DataRow(".NETFramework", "v4.8", false)]
    [DataRow(".NETStandard", "v2.0", false)]
    [DataRow(".NETCoreApp", "v7.0", false)]
    [DataRow(".NETCoreApp", "v8.0", true)]
    [DataRow(".NETCoreApp", "v10.0", true)]
    public void Generate_frameworkWithoutRows_getsTheFilesAlone(string framework, string version, bool hasRows)
    {
        var properties = new Dictionary<string, string> { ["RootNamespace"] = "My.Science", ["TargetFrameworkIdentifier"] = framework, ["TargetFrameworkVersion"] = version };
        var code = (With(Manifest, Record) with { Properties = properties }).Generate();

        Assert.Contains(" Files ", code);
        Assert.AreEqual(hasRows, code.Contains("ReadRows", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Generate_hostileTables_compile()
    {
        var wide = new TableSchema("", new TableFormat(), 1, [.. Enumerable.Range(0, 10_000).Select(i => new ColumnSchema($"c{i % 5000}", (ColumnType)(i % 10), i % 3 == 0))]);
        string[] names = ["Equals", "ToString", "rows", "SitesRow", "Clone", "Deconstruct", "int", "\u202e", "😀", new string('x', 2000), "a\nb", "</summary>", "Age", "age", "AGE", "EqualityContract", "value", "init"];
        var odd = new TableSchema("", new TableFormat(Delimiter: '"', Comment: '\\') { Missing = ["\"\"\""] }, 1, [.. names.Select(name => new ColumnSchema(name, ColumnType.Text, true))]);
        foreach (var table in new[] { wide, odd })
        {
            var record = ContentsWriter.Write([new("sites", "sha256:00", "", [], 0, [table], [])]);
            Assert.IsEmpty(With(Manifest, record).CompilerFindings());
        }
    }

    [TestMethod]
    public void Generate_hostilePaths_compile()
    {
        string[] paths = ["con", "Dataset/x", "Files", "Path/Path/Path", "RelativePath", "a b", "a-b", "a.b/a b", "a_b/A.B", "😀", "*", "class", "x/" + string.Concat(Enumerable.Repeat("d/", 100)) + "y", new string('p', 250), "SitesFiles", "get_Path", "0", "00", "0 0"];
        var record = ContentsWriter.Write([new("sites", "sha256:00", "", [.. paths.Select(path => new ContentFile(path, 1))], 0, [], [])]);
        Assert.IsEmpty(With(Manifest, record).CompilerFindings());
    }

    [TestMethod]
    public void Generate_editOfTheManifest_writesNoContentsAgain()
    {
        var project = With(Manifest, Record);
        var driver = project.CreateDriver().RunGenerators(project.CreateCompilation(), TestContext.CancellationToken);
        var edited = driver.ReplaceAdditionalText(project.Manifests[0], new ManifestFile(project.Manifests[0].Path, Manifest + "description = 'Other'\n"));
        var steps = edited.RunGenerators(project.CreateCompilation(), TestContext.CancellationToken).GetRunResult().Results[0].TrackedSteps[DatasetsGenerator.StepNames.Contents];

        Assert.IsTrue(steps.SelectMany(step => step.Outputs).All(output => output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    private async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(GeneratorProject project) =>
        await project.Compile().WithAnalyzers([new MissingContentsAnalyzer()], new AnalyzerOptions([.. project.Manifests], project.Options)).GetAnalyzerDiagnosticsAsync(TestContext.CancellationToken);

    private static GeneratorProject With(string manifest, string record, params string[] sources) => new()
    {
        Manifests = [new ManifestFile("/project/datasets.toml", manifest), new ManifestFile("/project/obj/contents.toml", record, contents: "fetched")],
        Sources = sources,
    };
}
