using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using DataManifest.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DataManifest.Generator;

/// <summary>A project in memory: C# files, manifests and properties, compiled with the generator against the runtime's assembly.</summary>
internal sealed record GeneratorProject
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpCompilationOptions CompilationOptions =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, deterministic: true);

    public required IReadOnlyList<ManifestFile> Manifests { get; init; }

    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string> { ["RootNamespace"] = "My.Science" };

    public IReadOnlyList<string> Sources { get; init; } = [];

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>What the build shows to the compiler.</summary>
    public ManifestOptions Options => new(Properties);

    /// <summary>How generated code is read: a public member without documentation is a finding.</summary>
    private CSharpParseOptions ParseOptions => new(LanguageVersion, DocumentationMode.Diagnose);

    public static GeneratorProject Of(string toml, params string[] sources) =>
        new() { Manifests = [new ManifestFile("/project/datasets.toml", toml)], Sources = sources };

    /// <summary>The project's own code, not yet compiled with the generated class.</summary>
    public CSharpCompilation CreateCompilation() => CSharpCompilation.Create(
        "Project",
        Sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions.WithDocumentationMode(DocumentationMode.Parse), $"/src/File{i}.cs")),
        References,
        CompilationOptions.WithOutputKind(OutputKind).WithNullableContextOptions(
            LanguageVersion.MapSpecifiedToEffectiveVersion() >= LanguageVersion.CSharp8 ? NullableContextOptions.Enable : NullableContextOptions.Disable));

    /// <summary>What runs the generator.</summary>
    /// <param name="tracksSteps">Whether it says what ran again, which compilers and editors do not ask and which costs much.</param>
    public CSharpGeneratorDriver CreateDriver(bool tracksSteps = true) => CSharpGeneratorDriver.Create(
        [new DatasetsGenerator().AsSourceGenerator()],
        Manifests,
        ParseOptions,
        Options,
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracksSteps));

    /// <summary>The text of the generated files, each under its name; empty when there is none.</summary>
    public string Generate() => string.Join(
        "\n",
        CreateDriver().RunGenerators(CreateCompilation()).GetRunResult().GeneratedTrees.Select(tree => $"// ==== {Path.GetFileName(tree.FilePath)}\n{tree}"));

    /// <summary>The project with the generated class; a failure of the generator fails the test.</summary>
    public CSharpCompilation Compile()
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(CreateCompilation(), out var compilation, out var diagnostics);
        Assert.IsEmpty(diagnostics);
        return (CSharpCompilation)compilation;
    }

    /// <summary>Every error and warning of the compiler.</summary>
    public IReadOnlyList<string> CompilerFindings() =>
        [.. Compile().GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())];

    /// <summary>Compiles the project, which must give no finding, and loads it.</summary>
    public Assembly Load()
    {
        var compilation = Compile();
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.AreEqual("", string.Join('\n', compilation.GetDiagnostics().Concat(result.Diagnostics).Where(d => d.Severity >= DiagnosticSeverity.Warning)));
        Assert.IsTrue(result.Success);
        assembly.Position = 0;
        return new AssemblyLoadContext("Project", isCollectible: true).LoadFromStream(assembly);
    }

    /// <summary>The documentation of a property of the generated code, which must be well-formed XML.</summary>
    public XElement Summary(string type, string property) =>
        XElement.Parse(Compile().GetTypeByMetadataName(type)!.GetMembers(property).Single().GetDocumentationCommentXml()!).Element("summary")!;

    /// <summary>What the static method <c>Program.Run</c> of the project gives.</summary>
    public object? Run() => Load().GetType("Program", throwOnError: true)!.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!.Invoke(null, null);

    /// <summary>What the manifest's analyzer reports in a build, as <c>code(line,column): message</c> with the place counted from 1, in the order of the text.</summary>
    public async Task<IReadOnlyList<string>> AnalyzeAsync(CancellationToken cancellationToken)
    {
        var options = new AnalyzerOptions([.. Manifests], Options);
        var diagnostics = await CreateCompilation()
            .WithAnalyzers([new ManifestAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync(cancellationToken);
        return
        [
            .. diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.GetLineSpan().StartLinePosition).Select(d =>
            {
                var place = d.Location.GetLineSpan();
                return $"{Path.GetFileName(place.Path)}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {d.Severity} {d.Id}: {d.GetMessage(null)}";
            }),
        ];
    }
}
