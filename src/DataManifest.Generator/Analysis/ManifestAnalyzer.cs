using System.Collections.Immutable;
using DataManifest.Diagnostics;
using DataManifest.Generator.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Reports what is wrong with a manifest at its line: what the manifest's reader finds, names that the generated class had to change, and, to editors alone,
/// datasets without a checksum.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ManifestAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => RuleDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(Analyze);
    }

    private static void Analyze(AdditionalFileAnalysisContext context)
    {
        if (!ManifestTexts.IsManifest(context.AdditionalFile, context.Options.AnalyzerConfigOptionsProvider)
            || ManifestTexts.Read(context.AdditionalFile, context.CancellationToken) is not { Document: var document } read
            || ProjectDatasets.Of(context.Options, context.CancellationToken) is not { } datasets)
        {
            return;
        }

        var names = read.IsBroken ? [] : NameFindings.Find(document, datasets.Manifests.ToList().IndexOf(read), datasets.Files, datasets.Tree, datasets.Settings.ClassName);
        var unpinned = document.Datasets.Where(dataset => dataset.LacksPin).Select(dataset => document.Diagnose(
            DiagnosticRules.Unpinned, $"Dataset '{dataset.Name}' has no checksum. Run 'dotnet build -t:DataSync' to fetch it and write its checksum into the manifest.", dataset.Name));
        foreach (var finding in document.Diagnostics.Concat(names).Concat(unpinned))
        {
            var lines = new LinePositionSpan(Position(finding.Start), Position(finding.End));
            var location = Location.Create(context.AdditionalFile.Path, new Microsoft.CodeAnalysis.Text.TextSpan(finding.Span.Start, finding.Span.Length), lines);
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.Of(finding.Rule), location, ManifestCorrection.ToProperties(finding.Correction), finding.Message));
        }
    }

    private static Microsoft.CodeAnalysis.Text.LinePosition Position(DataManifest.Text.LinePosition position) => new(position.Line - 1, position.Column - 1);
}
