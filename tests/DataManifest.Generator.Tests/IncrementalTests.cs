using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Step = DataManifest.Generator.DatasetsGenerator.StepNames;

namespace DataManifest.Generator;

[TestClass]
public sealed class IncrementalTests
{
    private const string Manifest = """
        [co2]
        uri = "https://example.org/co2.csv"

        [ch4]
        uri = "https://example.org/ch4.csv"

        ["ice/vostok"]
        uri = "https://example.org/vostok.csv"

        """;

    private static readonly string[] Own = [Step.File, Step.Manifest, Step.Manifests, Step.Settings, Step.Project, Step.Class, Step.Sizes, Step.Datasets, Step.Contents];

    [TestMethod]
    public void Run_afterAnEditInCode_runsNothing()
    {
        var result = Rerun((_, driver, compilation) => (driver, compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Added { void M() { } }"))));

        Assert.IsTrue(result.TrackedSteps.Where(step => Own.Contains(step.Key)).SelectMany(step => Reasons(step.Value)).All(reason => reason == IncrementalStepRunReason.Cached));
        Assert.IsTrue(Written(result).All(reason => reason == IncrementalStepRunReason.Cached));
    }

    [TestMethod]
    public void Run_afterACommentInTheManifest_writesNothing()
    {
        var result = RerunWith("# A comment.\n" + Manifest.Replace("\n\n", "\n\n\n# Another.\n", StringComparison.Ordinal));

        Assert.AreEqual(IncrementalStepRunReason.Modified, Reasons(result.TrackedSteps[Step.File]).Single());
        Assert.AreEqual(IncrementalStepRunReason.Unchanged, Reasons(result.TrackedSteps[Step.Manifest]).Single());
        Assert.IsTrue(Written(result).All(reason => reason == IncrementalStepRunReason.Cached));
    }

    [TestMethod]
    public void Run_afterAnEditOfOneDataset_writesThatOneAgain()
    {
        var result = RerunWith(Manifest.Replace("ch4.csv", "ch4-2024.csv", StringComparison.Ordinal));

        CollectionAssert.AreEqual(
            new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached }, Reasons(result.TrackedSteps[Step.Datasets]));
        CollectionAssert.AreEquivalent(
            new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached }, Written(result));
    }

    [TestMethod]
    public void Run_afterAnEditOfOneOfManyDatasets_writesOneFileAgain()
    {
        var manifest = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"[d{i}]\nuri = 'https://h/{i}.csv'\n"));
        var result = Rerun(manifest, (project, driver, compilation) => (driver.ReplaceAdditionalText(
            project.Manifests[0], new ManifestFile("/project/datasets.toml", manifest.Replace("/1234.csv", "/x.csv", StringComparison.Ordinal))), compilation));

        Assert.HasCount(129, Written(result));
        Assert.HasCount(1, Written(result).Where(reason => reason != IncrementalStepRunReason.Cached));
    }

    [TestMethod]
    public void Run_afterADatasetCameToMany_writesItsFileAndTheListAgain()
    {
        var manifest = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"[d{i}]\nuri = 'https://h/{i}.csv'\n"));
        var result = Rerun(manifest, (project, driver, compilation) => (driver.ReplaceAdditionalText(
            project.Manifests[0], new ManifestFile("/project/datasets.toml", "[first]\nuri = 'https://h/first.csv'\n" + manifest)), compilation));

        Assert.HasCount(2, Written(result).Where(reason => reason != IncrementalStepRunReason.Cached));
    }

    [TestMethod]
    public void Run_afterABuildRecordedAnotherSize_writesThatDatasetAgainAndAfterAKeyNothing()
    {
        static string Record(int size) => string.Concat(new[] { "ch4", "co2" }.Select(name =>
            $"[[dataset]]\nname = '{name}'\nchecksum = 'sha256:00'\nrecipe = 'r'\nsize = {(name == "co2" ? size : 7)}\nfiles = [['a', 1]]\n"));
        var project = new GeneratorProject { Manifests = [new("/project/datasets.toml", Manifest), new("/project/obj/c.toml", Record(5), contents: "fetched")] };
        var compilation = project.CreateCompilation();
        var first = project.CreateDriver().RunGenerators(compilation);

        var typed = first.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Added { }"))).GetRunResult().Results.Single();
        Assert.IsTrue(Written(typed).All(reason => reason == IncrementalStepRunReason.Cached));
        Assert.IsTrue(typed.TrackedSteps.Where(step => Own.Contains(step.Key)).SelectMany(step => Reasons(step.Value)).All(reason => reason == IncrementalStepRunReason.Cached));

        var resized = first.ReplaceAdditionalText(project.Manifests[1], new ManifestFile("/project/obj/c.toml", Record(6), contents: "fetched")).RunGenerators(compilation).GetRunResult().Results.Single();
        CollectionAssert.AreEquivalent(
            new[] { IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged }, Reasons(resized.TrackedSteps[Step.Datasets]));
        Assert.Contains("<para>Size: 6 B, 1 file</para>", resized.GeneratedSources.Single(source => source.HintName == "Datasets.Co2.g.cs").SourceText.ToString());
    }

    [TestMethod]
    public void Run_afterAnEditOfAnUnmarkedFile_writesNothing()
    {
        var result = Rerun((_, driver, compilation) => (driver.AddAdditionalTexts([new ManifestFile("/project/notes.toml", "x", isMarked: false)]), compilation));

        Assert.IsTrue(Written(result).All(reason => reason == IncrementalStepRunReason.Cached));
    }

    private static GeneratorRunResult RerunWith(string manifest) => Rerun((project, driver, compilation) =>
        (driver.ReplaceAdditionalText(project.Manifests[0], new ManifestFile("/project/datasets.toml", manifest)), compilation));

    private static GeneratorRunResult Rerun(Func<GeneratorProject, GeneratorDriver, Compilation, (GeneratorDriver Driver, Compilation Compilation)> edit) => Rerun(Manifest, edit);

    private static GeneratorRunResult Rerun(
        string manifest, Func<GeneratorProject, GeneratorDriver, Compilation, (GeneratorDriver Driver, Compilation Compilation)> edit)
    {
        var project = GeneratorProject.Of(manifest, "class Before { }");
        Compilation compilation = project.CreateCompilation();
        var (driver, edited) = edit(project, project.CreateDriver().RunGenerators(compilation), compilation);
        return driver.RunGenerators(edited).GetRunResult().Results.Single();
    }

    private static IncrementalStepRunReason[] Written(GeneratorRunResult result) => [.. result.TrackedOutputSteps.Values.SelectMany(steps => Reasons(steps))];

    private static IncrementalStepRunReason[] Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) => [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
}
