using System.Globalization;
using System.Text;
using DataManifest.Generator;
using DataManifest.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DataManifest.Benchmarks;

/// <summary>What the analyzers cost at a key pressed: a file of 2,000 lines is analyzed anew in a project that is otherwise as before.</summary>
internal static class AnalyzerBenchmark
{
    /// <summary>Runs for 10, 1,000 and 10,000 datasets, with an analyzer that does nothing for comparison: what remains is the compiler's own work.</summary>
    public static async Task Run()
    {
        Console.WriteLine("| datasets | no analyzer's work | texts | datasets that are left out | the manifest itself |");
        Console.WriteLine("|--:|--:|--:|--:|--:|");
        foreach (var count in (int[])[10, 1_000, 10_000])
        {
            var project = GeneratorProject.Of(GeneratorBenchmark.Manifest(count)) with
            {
                Properties = new Dictionary<string, string> { ["RootNamespace"] = "My.Science", ["_DataManifestReferenceNames"] = "climate0/series_0|" },
            };
            var compilation = project.Compile();
            var options = new AnalyzerOptions([.. project.Manifests], project.Options);
            Console.WriteLine($"| {count:N0} | {await FileAsync(new NoAnalyzer()):F2} ms | {await FileAsync(new DatasetLiteralAnalyzer()):F2} ms | {await FileAsync(new ExcludedDatasetAnalyzer()):F2} ms | {await ManifestAsync():F1} ms |");

            async Task<double> FileAsync(DiagnosticAnalyzer analyzer)
            {
                var times = new List<double>();
                for (var i = 0; i < 25; i++)
                {
                    // What the compiler itself has to find out about the file is not the analyzer's time.
                    var tree = CSharpSyntaxTree.ParseText(Source(i), path: "/src/Edited.cs");
                    var edited = compilation.AddSyntaxTrees(tree);
                    var model = edited.GetSemanticModel(tree);
                    model.GetDiagnostics();
                    var watch = System.Diagnostics.Stopwatch.StartNew();
                    await edited.WithAnalyzers([analyzer], options).GetAnalyzerSemanticDiagnosticsAsync(model, null, CancellationToken.None);
                    times.Add(watch.Elapsed.TotalMilliseconds);
                }

                return times.Order().ElementAt(times.Count / 2);
            }

            async Task<double> ManifestAsync()
            {
                var times = new List<double>();
                for (var i = 0; i < 9; i++)
                {
                    var watch = System.Diagnostics.Stopwatch.StartNew();
                    await compilation.WithAnalyzers([new ManifestAnalyzer()], options).GetAnalysisResultAsync(project.Manifests[0], CancellationToken.None);
                    times.Add(watch.Elapsed.TotalMilliseconds);
                }

                return times.Order().ElementAt(times.Count / 2);
            }
        }
    }

    private static string Source(int edit)
    {
        var source = new StringBuilder("using System.IO;\npublic static class Edited\n{\n");
        for (var i = 0; i < 400; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $$"""
                    public static object Method{{i}}(System.Collections.Generic.Dictionary<string, object> values)
                    {
                        var text = File.ReadAllText(Path.Combine("folder{{i}}", "file.csv")) + "literal {{edit}}";
                        return values["climate0/series_{{i}}"] ?? (text + Datasets.Climate1.Series1.Name);
                    }

                """);
        }

        return source.Append("}\n").ToString();
    }

    /// <summary>Does nothing at each text.</summary>
#pragma warning disable RS1036, RS1038 // It is no part of a package.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class NoAnalyzer : DiagnosticAnalyzer
#pragma warning restore RS1036, RS1038
    {
        public override System.Collections.Immutable.ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = new ManifestAnalyzer().SupportedDiagnostics;

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSyntaxNodeAction(static _ => { }, SyntaxKind.StringLiteralExpression);
        }
    }
}
