using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Step = DataManifest.Generator.DatasetsGenerator.StepNames;

namespace DataManifest.Generator;

[TestClass]
public sealed class IncrementalTests
{
    private const string Manifest = "[co2]\nuri = \"https://example.org/co2.csv\"\n\n[ch4]\nuri = \"https://example.org/ch4.csv\"\n";

    [TestMethod]
    public void Run_afterAnEditInCode_runsNothing()
    {
        var reasons = Rerun((_, driver, compilation) => (driver, compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Added { void M() { } }"))));

        CollectionAssert.AreEqual(
            new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached },
            reasons);
    }

    [TestMethod]
    public void Run_afterACommentInTheManifest_writesNothing()
    {
        var reasons = RerunWith("# A comment.\n" + Manifest.Replace("\n\n", "\n\n\n# Another.\n", StringComparison.Ordinal));

        CollectionAssert.AreEqual(
            new[] { IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached },
            reasons);
    }

    [TestMethod]
    public void Run_afterAnEditOfOneDataset_writesAgain()
    {
        var reasons = RerunWith(Manifest.Replace("ch4.csv", "ch4-2024.csv", StringComparison.Ordinal));

        CollectionAssert.AreEqual(
            new[] { IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified },
            reasons);
    }

    [TestMethod]
    public void Run_afterAnEditOfAnUnmarkedFile_writesNothing()
    {
        var reasons = Rerun((_, driver, compilation) => (driver.AddAdditionalTexts([new ManifestFile("/project/notes.toml", "x", isMarked: false)]), compilation));

        Assert.AreEqual(IncrementalStepRunReason.Cached, reasons[^1]);
    }

    private static IncrementalStepRunReason[] RerunWith(string manifest) => Rerun((project, driver, compilation) =>
        (driver.ReplaceAdditionalText(project.Manifests[0], new ManifestFile("/project/datasets.toml", manifest)), compilation));

    private static IncrementalStepRunReason[] Rerun(
        Func<GeneratorProject, GeneratorDriver, Compilation, (GeneratorDriver Driver, Compilation Compilation)> edit)
    {
        var project = GeneratorProject.Of(Manifest, "class Before { }");
        Compilation compilation = project.CreateCompilation();
        var (driver, edited) = edit(project, project.CreateDriver().RunGenerators(compilation), compilation);
        var result = driver.RunGenerators(edited).GetRunResult().Results.Single();
        return
        [
            Reason(result.TrackedSteps[Step.File]),
            Reason(result.TrackedSteps[Step.Manifest]),
            Reason(result.TrackedSteps[Step.Manifests]),
            Reason(result.TrackedSteps[Step.Settings]),
            Reason(result.TrackedOutputSteps.Values.Single()),
        ];
    }

    private static IncrementalStepRunReason Reason(IEnumerable<IncrementalGeneratorRunStep> steps) => steps.Single().Outputs.Single().Reason;
}
