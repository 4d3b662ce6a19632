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
    private const int Rounds = 15;

    /// <summary>
    /// Runs for 10, 1,000 and 10,000 datasets, in turns with an analyzer that does nothing: what that one takes is the compiler's own work. Processor time, so that
    /// other programs do not count.
    /// </summary>
    public static async Task Run()
    {
        Console.WriteLine("| datasets | an analyzer that does nothing | names and paths as texts | datasets that are left out |");
        Console.WriteLine("|--:|--:|--:|--:|");
        foreach (var count in (int[])[10, 1_000, 10_000])
        {
            var project = GeneratorProject.Of(GeneratorBenchmark.Manifest(count)) with
            {
                Properties = new Dictionary<string, string> { ["RootNamespace"] = "My.Science", ["_DataManifestReferenceNames"] = "climate0/series_0|climate1/series_1|" },
            };
            var compilation = project.Compile();
            var options = new AnalyzerOptions([.. project.Manifests], project.Options);
            DiagnosticAnalyzer[] analyzers = [new NoAnalyzer(), new DatasetLiteralAnalyzer(), new ExcludedDatasetAnalyzer()];
            var times = analyzers.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < analyzers.Length; i++)
                {
                    var tree = CSharpSyntaxTree.ParseText(Source(round), path: "/src/Edited.cs");
                    var model = compilation.AddSyntaxTrees(tree).GetSemanticModel(tree);
                    var before = Environment.CpuUsage.TotalTime;
                    await model.Compilation.WithAnalyzers([analyzers[i]], options).GetAnalyzerSemanticDiagnosticsAsync(model, null, CancellationToken.None);
                    times[i].Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
                }
            }

            var medians = times.Select(each => each.Order().ElementAt(Rounds / 2)).ToArray();
            Console.WriteLine($"| {count:N0} | {medians[0]:F0} ms | {medians[1] - medians[0]:+0;-0;0} ms | {medians[2] - medians[0]:+0;-0;0} ms |");
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
