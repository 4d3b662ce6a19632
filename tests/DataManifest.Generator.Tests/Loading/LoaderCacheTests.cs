using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Step = DataManifest.Generator.DatasetsGenerator.StepNames;

namespace DataManifest.Generator.Loading;

[TestClass]
public sealed class LoaderCacheTests
{
    private const string Manifest = "[x]\nuri = 'https://h/x.dat'\nloader = 'My.Loaders:Read'\n[y]\nuri = 'https://h/y.txt'\n";

    private const string Loader = "namespace My { public static class Loaders { public static int Read(string path) => 1; } }";

    [TestMethod]
    [DataRow("namespace My { public static class Loaders { public static int Read(string path) { return 2 + 3; } public static void Other() { } } }")]
    [DataRow("// moved\nnamespace My { public static class Loaders { public static int Read(string path) => 1; } class Added { } }")]
    public void Run_afterAnEditThatLeavesTheSignature_writesNothing(string edited)
    {
        var result = Rerun(edited);

        Assert.AreEqual(IncrementalStepRunReason.Unchanged, Reasons(result.TrackedSteps[Step.Loaders]).Single());
        Assert.IsTrue(Reasons(result.TrackedOutputSteps.Values.SelectMany(steps => steps)).All(reason => reason == IncrementalStepRunReason.Cached));
    }

    [TestMethod]
    [DataRow("namespace My { public static class Loaders { public static long Read(string path) => 1; } }", "public long Load()")]
    [DataRow("namespace My { public static class Loaders { public static int Read(System.IO.FileInfo path) => 1; } }", "new global::System.IO.FileInfo(Path)")]
    public void Run_afterAnEditOfTheSignature_writesThatDatasetAlone(string edited, string expected)
    {
        var result = Rerun(edited);

        Assert.HasCount(1, Reasons(result.TrackedOutputSteps.Values.SelectMany(steps => steps)).Where(reason => reason != IncrementalStepRunReason.Cached));
        Assert.Contains(expected, string.Concat(result.GeneratedSources.Select(source => source.SourceText.ToString())));
    }

    [TestMethod]
    public void Run_whenTheMethodGoes_keepsTheRestOfTheDataset()
    {
        var code = string.Concat(Rerun("namespace My { public static class Loaders { } }").GeneratedSources.Select(source => source.SourceText.ToString()));

        Assert.DoesNotContain("Loaders", code.Split("base(")[0]);
        Assert.Contains(" X => ", code);
    }

    private static GeneratorRunResult Rerun(string edited)
    {
        var project = GeneratorProject.Of(Manifest, Loader);
        var compilation = project.CreateCompilation();
        var tree = compilation.SyntaxTrees.Single();
        return project.CreateDriver().RunGenerators(compilation)
            .RunGenerators(compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(edited, (CSharpParseOptions)tree.Options, tree.FilePath)))
            .GetRunResult().Results.Single();
    }

    private static IncrementalStepRunReason[] Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) => [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
}
