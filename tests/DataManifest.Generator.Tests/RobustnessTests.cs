using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DataManifest.Generator;

/// <summary>No manifest may make the generator or the analyzer throw, hang, or emit what does not compile: in an editor that would take every dataset away.</summary>
[TestClass]
public sealed class RobustnessTests(TestContext test)
{
    private static readonly string[] Pieces =
    [
        "[", "]", "[[", "]]", "=", "\"", "'", "\"\"\"", "'''", "\n", "\r\n", ".", "/", "//", ",", "{", "}", "#", "\\", "\\u0000", "\\uFFFF", "\0", "\ufeff", "\u202e", "\ud800",
        "*/", "</summary>", "@", "_", "-1", "0x", "1e999", "nan", "true", "[a]", "[a.b]", "[\"a/b\"]", "[\"a//b\"]", "[\"A/b\"]", "[Datasets]", "[All]", "[DatasetTypes]",
        "[class]", "[\"\"]", "[\"/\"]", "[Equals]", "[Path]", "[_STORAGE]\n", "[_LANG]\n", "uri = ", "uris = [", "'https://u:p@h/a?sig=x'", "'http://[::1'", "extract = true\n",
        "key = '..'\n", "requires = ['a', 'b']\n", "aliases = ['']\n", "doi = '10.1/*/'\n", "description = \"\"\"\n*/ }\n\"\"\"\n", "checksum = 'x:'\n", "loader = {ref='a:b'}\n",
        "version = 1.5\n", "storage_path = '$key'\n", "é", "数", "𝒳",
    ];

    [TestMethod]
    [DataRow(LanguageVersion.CSharp7_3, 1)]
    [DataRow(LanguageVersion.Latest, 2)]
    public async Task Fuzz_mutatedManifests_giveCodeThatCompiles(LanguageVersion version, int seed)
    {
        const string start = "[a]\nuri = 'https://h/a.zip'\nextract = true\n[\"a/b\"]\nuris = ['https://h/1', 'https://h/2']\nrequires = ['a']\n[c]\nshell = 'make $path'\n[c._LANG.csharp]\nloader = 'A.B:C'\n";
        var random = new Random(seed);
        var text = start;
        for (var i = 0; i < 2_000; i++)
        {
            text = text.Length > 4_000 || i % 50 == 0 ? start : text;
            text = Mutate(random, text);
            var project = GeneratorProject.Of(text) with { LanguageVersion = version };
            try
            {
                var compilation = project.Compile();
                var errors = i % 10 == 0 ? compilation.GetDiagnostics() : compilation.SyntaxTrees.SelectMany(tree => tree.GetDiagnostics());
                Assert.IsEmpty(errors.Where(error => error.Severity == DiagnosticSeverity.Error));
                if (i % 10 == 0)
                {
                    var findings = await project.AnalyzeAsync(test.CancellationToken);
                    Assert.IsFalse(findings.Any(finding => finding.Contains("AD0001")), string.Join('\n', findings));
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new AssertFailedException($"Manifest:\n{text}\n", e);
            }
        }
    }

    [TestMethod]
    public void Generate_nameOfManyParts_takesLinearTime()
    {
        const int depth = 10_000;
        var deep = string.Concat(Enumerable.Repeat("a/", depth));
        var watch = Stopwatch.StartNew();

        var code = GeneratorProject.Of($"[\"{deep}equals\"]\nuri = 'https://h/x'\n[\"{deep}b\"]\nuri = 'https://h/y'\n").Generate();

        Assert.HasCount(depth + 3, code.Split("public sealed partial class "));
        Assert.IsLessThan(TimeSpan.FromSeconds(20), watch.Elapsed);
    }

    [TestMethod]
    public async Task Analyze_longNamesAndPathsOfManyParts_takesLinearTime()
    {
        var deep = string.Concat(Enumerable.Repeat("a/", 100_000));
        var watch = Stopwatch.StartNew();

        var findings = await GeneratorProject.Of($"[\"{deep}equals\"]\nuri = 'https://h/{deep}x'\n[b]\nuris = ['https://h/{deep}x', 'https://h/{deep}y']\n").AnalyzeAsync(test.CancellationToken);

        Assert.Contains("DM0701", string.Join('\n', findings));
        Assert.IsLessThan(TimeSpan.FromSeconds(20), watch.Elapsed);
    }

    [TestMethod]
    public void Generate_brokenLine_keepsTheDatasets()
    {
        var code = GeneratorProject.Of("[a]\nuri = 'https://h/a'\ndescr\n[b]\nuri = 'https://h/b'\n").Generate();

        Assert.Contains(" A => ", code);
        Assert.Contains(" B => ", code);
    }

    [TestMethod]
    public async Task Analyze_circleOfTenThousand_reportsEachOnce()
    {
        var manifest = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            manifest.Append(System.Globalization.CultureInfo.InvariantCulture, $"[d{i}]\nuri = 'https://h/{i}'\nrequires = ['d{(i + 1) % 10_000}', 'd0']\n");
        }

        var findings = await GeneratorProject.Of(manifest.ToString()).AnalyzeAsync(test.CancellationToken);

        Assert.HasCount(10_000, findings.Where(finding => finding.Contains("DM0219")));
    }

    private static string Mutate(Random random, string text)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(6), text.Length - at);
        return random.Next(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, Math.Min(40, text.Length - at))),
            _ => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
        };
    }
}
