using System.Collections.Immutable;
using System.Reflection;
using DataManifest.CodeFixes;
using DataManifest.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator.Editor;

/// <summary>A project as an editor has it: a workspace with C# files, a manifest and the configuration that a build hands over, the generator and the analyzers.</summary>
internal sealed class EditorProject : IDisposable
{
    public const string ManifestPath = "/project/datasets.toml";

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly AdhocWorkspace _workspace = new();
    private readonly ProjectId _id = ProjectId.CreateNewId();

    /// <summary>Opens a project.</summary>
    /// <param name="toml">The manifest.</param>
    /// <param name="sources">The C# files: <c>/project/File0.cs</c> and so on.</param>
    /// <param name="properties">What the build shows of the project's properties, beside the root namespace.</param>
    /// <param name="configuration">The text of <c>/project/.editorconfig</c>.</param>
    public EditorProject(string toml, string[] sources, string properties = "", string configuration = "")
    {
        var info = ProjectInfo.Create(
            _id, VersionStamp.Create(), "Project", "Project", LanguageNames.CSharp, "/project/Project.csproj",
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: References,
            analyzerReferences: [new AnalyzerFileReference(typeof(DatasetsGenerator).Assembly.Location, new Loader())]);
        var solution = _workspace.CurrentSolution.AddProject(info)
            .AddAdditionalDocument(DocumentId.CreateNewId(_id), "datasets.toml", SourceText.From(toml), filePath: ManifestPath)
            .AddAnalyzerConfigDocument(
                DocumentId.CreateNewId(_id),
                "Project.GeneratedMSBuildEditorConfig.editorconfig",
                SourceText.From($"is_global = true\nbuild_property.RootNamespace = My.Science\n{properties}\n[{ManifestPath}]\nbuild_metadata.AdditionalFiles.DataManifest = true\n"),
                filePath: "/project/obj/Project.GeneratedMSBuildEditorConfig.editorconfig")
            .AddAnalyzerConfigDocument(DocumentId.CreateNewId(_id), ".editorconfig", SourceText.From("root = true\n" + configuration), filePath: "/project/.editorconfig");
        for (var i = 0; i < sources.Length; i++)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(_id), $"File{i}.cs", SourceText.From(sources[i]), filePath: $"/project/File{i}.cs");
        }

        Solution = solution;
    }

    /// <summary>The project as it is now.</summary>
    public Solution Solution { get; private set; }

    private Project Project => Solution.GetProject(_id)!;

    /// <summary>Everything that the analyzers report, suggestions included, in the order of files and text.</summary>
    public async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(CancellationToken cancellationToken)
    {
        var compilation = (await Project.GetCompilationAsync(cancellationToken))!;
        Assert.IsEmpty(compilation.GetDiagnostics(cancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error));
        var analyzers = Project.AnalyzerReferences.SelectMany(reference => reference.GetAnalyzers(LanguageNames.CSharp)).ToImmutableArray();
        Assert.Contains(typeof(ManifestAnalyzer), analyzers.Select(analyzer => analyzer.GetType()));
        var found = await compilation.WithAnalyzers(analyzers, Project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(cancellationToken);
        return [.. found.OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.GetLineSpan().StartLinePosition)];
    }

    /// <summary>The findings of one code.</summary>
    public async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(string code, CancellationToken cancellationToken) =>
        [.. (await AnalyzeAsync(cancellationToken)).Where(found => found.Id == code)];

    /// <summary>What an editor offers for a finding.</summary>
    public async Task<IReadOnlyList<CodeAction>> FixesOfAsync(Diagnostic finding, CancellationToken cancellationToken)
    {
        var actions = new List<CodeAction>();
        TextDocument document = finding.Location.IsInSource ? Project.GetDocument(finding.Location.SourceTree)! : Project.AdditionalDocuments.Single();
        CodeFixProvider provider = finding.Location.IsInSource ? new GeneratedPropertyCodeFix() : new ManifestCodeFix();
        Assert.Contains(finding.Id, provider.FixableDiagnosticIds);
        await provider.RegisterCodeFixesAsync(finding.Location.IsInSource
            ? new CodeFixContext((Document)document, finding, (action, _) => actions.Add(action), cancellationToken)
            : new CodeFixContext(document, finding.Location.SourceSpan, [finding], (action, _) => actions.Add(action), cancellationToken));
        return actions;
    }

    /// <summary>Does what the only offer for a finding is.</summary>
    public async Task FixAsync(Diagnostic finding, CancellationToken cancellationToken) =>
        await ApplyAsync((await FixesOfAsync(finding, cancellationToken)).Single(), cancellationToken);

    /// <summary>Sets everything right in the project that the analyzers report under one code.</summary>
    public async Task FixAllAsync(string code, CancellationToken cancellationToken)
    {
        var provider = new GeneratedPropertyCodeFix();
        var context = new FixAllContext(Project, provider, FixAllScope.Project, code, [code], new Findings(this), cancellationToken);
        await ApplyAsync((await provider.GetFixAllProvider().GetFixAsync(context))!, cancellationToken);
    }

    /// <summary>The text of a C# file.</summary>
    public async Task<string> SourceAsync(int file, CancellationToken cancellationToken) =>
        (await Project.Documents.Single(document => document.FilePath == $"/project/File{file}.cs").GetTextAsync(cancellationToken)).ToString();

    /// <summary>The text of the manifest.</summary>
    public async Task<string> ManifestAsync(CancellationToken cancellationToken) => (await Project.AdditionalDocuments.Single().GetTextAsync(cancellationToken)).ToString();

    public void Dispose() => _workspace.Dispose();

    private async Task ApplyAsync(CodeAction action, CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken);
        Solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private sealed class Findings(EditorProject project) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project inProject, CancellationToken cancellationToken) => await project.AnalyzeAsync(cancellationToken);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await project.AnalyzeAsync(cancellationToken)).Where(found => found.Location.GetLineSpan().Path == document.FilePath);

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project inProject, CancellationToken cancellationToken) =>
            (await project.AnalyzeAsync(cancellationToken)).Where(found => !found.Location.IsInSource);
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => typeof(DatasetsGenerator).Assembly;
    }
}
