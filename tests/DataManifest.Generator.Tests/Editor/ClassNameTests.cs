using Microsoft.CodeAnalysis;

namespace DataManifest.Generator.Editor;

/// <summary>A project with a type of its own that has the generated class's name.</summary>
[TestClass]
public sealed class ClassNameTests(TestContext test)
{
    private const string Manifest = "[co2]\nuri = \"https://example.org/co2.csv\"\nskip_checksum = true\n";

    [TestMethod]
    [DataRow("namespace My.Science { public class Datasets { } }", "1,37")]
    [DataRow("namespace My.Science; internal static class Datasets { }", "1,45")]
    [DataRow("namespace My { namespace Science { enum Datasets { A } } }", "1,41")]
    [DataRow("namespace My.Science; record struct Datasets(int A);", "1,37")]
    [DataRow("public class Datasets { }", "1,14")]
    public async Task Analyze_typeInTheClassesPlace_isTheOnlyError(string source, string place)
    {
        var (analyzed, compiled) = await FindAsync(source);
        Assert.AreSequenceEqual([place], analyzed);
        Assert.IsEmpty(compiled);
    }

    [TestMethod]
    [DataRow("namespace My.Science { public partial class Datasets { public static int Own => Co2.Name.Length; } }")]
    [DataRow("namespace My.Science { public class Outer { public class Datasets { } } public class Datasets<T> { } }")]
    [DataRow("namespace Other { public class Datasets { } public class Use { public Datasets? A; } }")]
    [DataRow("namespace My.Science.Sub { public class Datasets { } public class Use { public Datasets? A; } }")]
    public async Task Analyze_typeThatStandsInNobodysWay_isFine(string source)
    {
        var (analyzed, compiled) = await FindAsync(source);
        Assert.IsEmpty(analyzed);
        Assert.IsEmpty(compiled);
    }

    [TestMethod]
    public async Task Compile_typeInTheClassesPlaceWhereAnalyzersAreTurnedOff_isTheCompilersError()
    {
        using var project = new EditorProject(Manifest, ["namespace My.Science { public class Datasets { } }"], "build_property.RunAnalyzers = false");
        Assert.AreSequenceEqual(["CS0260"], Errors(await project.Solution.Projects.Single().GetCompilationAsync(test.CancellationToken)));
    }

    [TestMethod]
    public async Task Analyze_otherNameForTheGeneratedClass_isTheRemedy()
    {
        var (analyzed, compiled) = await FindAsync("namespace My.Science { public class Datasets { public object A = Inputs.Co2; } }", "build_property.DataManifestClass = Inputs");
        Assert.IsEmpty(analyzed);
        Assert.IsEmpty(compiled);
    }

    private async Task<(string[] Analyzed, string[] Compiled)> FindAsync(string source, string properties = "")
    {
        using var project = new EditorProject(Manifest, [source], properties);
        var compilation = await project.Solution.Projects.Single().GetCompilationAsync(test.CancellationToken);
        return (
            [.. (await project.AnalyzeAsync(test.CancellationToken)).Where(found => found.Id == "DM0707").Select(found =>
                $"{found.Location.GetLineSpan().StartLinePosition.Line + 1},{found.Location.GetLineSpan().StartLinePosition.Character + 1}")],
            Errors(compilation));
    }

    private string[] Errors(Compilation? compilation) =>
        [.. compilation!.GetDiagnostics(test.CancellationToken).Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.Id)];
}
