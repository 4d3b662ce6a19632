using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace DataManifest.Generator;

[TestClass]
[DoNotParallelize]
public sealed class ScaleTests(TestContext test)
{
    [TestMethod]
    [DataRow(10)]
    [DataRow(1_000)]
    [DataRow(10_000)]
    public void Generate_manyDatasets_compileAndTellWhatTheyCost(int count)
    {
        var project = GeneratorProject.Of(Manifest(count), "public static class Program { public static object Run() => Datasets.Climate7.Series7.Name; }");
        var compilation = project.CreateCompilation();
        var watch = Stopwatch.StartNew();
        var driver = project.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out var full, out _);
        Report("generate", watch);

        watch.Restart();
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Added { }")), out _, out _);
        Report("generate after an edit in code", watch);

        var size = driver.GetRunResult().GeneratedTrees.Sum(tree => tree.Length);
        watch.Restart();
        driver = driver.ReplaceAdditionalText(project.Manifests[0], new ManifestFile("/project/datasets.toml", Manifest(count) + "# comment\n"));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out _, out _);
        Report("generate after a comment in the manifest", watch);

        using var assembly = new MemoryStream();
        watch.Restart();
        var result = full.Emit(assembly);
        Report("compile", watch);
        test.WriteLine($"{count} datasets: {size:N0} characters of code, {assembly.Length:N0} bytes of assembly");
        Assert.IsEmpty(result.Diagnostics);
        Assert.IsTrue(result.Success);
        Assert.AreEqual("climate7/series_7", project.Run());

        void Report(string what, Stopwatch elapsed) => test.WriteLine($"{count} datasets: {what}: {elapsed.Elapsed.TotalMilliseconds:F1} ms");
    }

    [TestMethod]
    public void Generate_manyNamesThatMeet_numbersThemAll()
    {
        var manifest = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            manifest.Append("[\"").Append('-', i % 100).Append('.', i / 100).Append("\"]\nuri = \"x://h/").Append(i).Append("\"\n");
        }

        var watch = Stopwatch.StartNew();
        var code = GeneratorProject.Of(manifest.ToString()).Generate();
        test.WriteLine($"{watch.Elapsed.TotalMilliseconds:F1} ms");
        Assert.Contains(" Dataset10000 =>", code);
    }

    private static string Manifest(int count)
    {
        var manifest = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            manifest.Append(CultureInfo.InvariantCulture, $"""
                ["climate{i % 100}/series_{i}"]
                uri = "https://example.org/climate/{i}/series.csv"
                description = "Series number {i} of a long list"
                doi = "10.5555/series.{i}"
                checksum = "sha256:{i:x64}"


                """);
        }

        return manifest.ToString();
    }
}
