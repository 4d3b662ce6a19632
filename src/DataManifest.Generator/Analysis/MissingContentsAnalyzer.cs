using DataManifest.Contents;
using DataManifest.Generator.Model;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Says why a dataset has no <c>Files</c> or <c>ReadRows</c> where code uses them: nobody has looked into its data yet. The compiler's own error, which it stands beside,
/// only says that there is no such member.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingContentsAnalyzer() : CodeAnalyzer(DiagnosticRules.ContentsUnknown)
{
    private protected override void Start(CompilationStartAnalysisContext start, ProjectDatasets datasets, INamedTypeSymbol type) =>
        start.RegisterSyntaxNodeAction(context => Analyze(context, datasets), SyntaxKind.SimpleMemberAccessExpression);

    private static void Analyze(SyntaxNodeAnalysisContext context, ProjectDatasets datasets)
    {
        // Names first: they cost nothing, and hardly any code has them.
        var access = (MemberAccessExpressionSyntax)context.Node;
        if (access.Name.Identifier.ValueText is not ("Files" or "ReadRows" or "ReadRowsAsync" or "Load")
            || context.SemanticModel.GetSymbolInfo(access, context.CancellationToken) is { Symbol: not null } or { CandidateSymbols.Length: > 0 }
            || context.SemanticModel.GetTypeInfo(access.Expression, context.CancellationToken).Type is not { BaseType: { Name: "Dataset", ContainingNamespace: { Name: "DataManifest", ContainingNamespace.IsGlobalNamespace: true } } } type
            || type.GetMembers("Files").Length + type.GetMembers("ReadRows").Length > 0
            || datasets.Tree.Datasets.FirstOrDefault(node => node.TypeName == type.Name)?.Dataset is not { } dataset)
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            RuleDescriptors.Of(DiagnosticRules.ContentsUnknown), access.Name.GetLocation(),
            Describe(dataset, datasets, access, context)));
    }

    private static string Describe(DatasetModel dataset, ProjectDatasets datasets, MemberAccessExpressionSyntax access, SyntaxNodeAnalysisContext context)
    {
        var isUnverified = datasets.Manifests.SelectMany(manifest => manifest.Readable.Datasets)
            .Any(declaration => declaration.Name == dataset.Name && (declaration.SkipChecksum || declaration.SkipDownload || declaration.LazyAccess));
        return Find(dataset, context) is { } known ? Describe(known, access)
            : isUnverified ? $"The data of {access.Expression} have no typed files and rows, because nothing says whether they stay the same: the manifest has skip_checksum, skip_download or lazy_access for them."
            : $"Nothing is known yet of the files and rows of {access.Expression}. Run 'dotnet build', which fetches the data and looks into them. "
            + "Data that are one file have no Files, and only tables (csv, tsv, JSON lines) have ReadRows, from net8.0 on.";
    }

    private static DatasetContents? Find(DatasetModel dataset, SyntaxNodeAnalysisContext context)
    {
        var provider = context.Options.AnalyzerConfigOptionsProvider;
        return context.Options.AdditionalFiles
            .Select(file => (File: file, Rank: ContentsTexts.RankOf(file, provider)))
            .Where(file => file.Rank > 0)
            .OrderByDescending(file => file.Rank)
            .SelectMany(file => ContentsReader.Read(file.File.GetText(context.CancellationToken)?.ToString() ?? ""))
            .FirstOrDefault(contents => contents.Name == dataset.Name && contents.Describes(dataset.Checksum));
    }

    private static string Describe(DatasetContents contents, MemberAccessExpressionSyntax access) => access.Name.Identifier.ValueText == "Files"
        ? $"The data of {access.Expression} are one file, {access.Expression}.Path, and so have no Files."
        : $"The data of {access.Expression} have no typed rows. "
            + (contents.Notes.Count > 0 ? string.Join(" ", contents.Notes) : "Only tables (csv, tsv, JSON lines) have them, from net8.0 on; of any other text say in the manifest that it is one: _DOTNET.table.");
}
