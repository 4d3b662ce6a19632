using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator.Analysis;

/// <summary>The common part of analyzers that report at the lines of a manifest.</summary>
public abstract class ManifestFileAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Makes an analyzer.</summary>
    /// <param name="rules">What it reports; nothing for whatever there is.</param>
    private protected ManifestFileAnalyzer(params DiagnosticRule[] rules) =>
        SupportedDiagnostics = rules.Length == 0 ? RuleDescriptors.All : rules.Select(RuleDescriptors.Of).ToImmutableArray();

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterAdditionalFileAction(Analyze);
    }

    /// <summary>What is wrong with a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="datasets">The project's datasets.</param>
    /// <param name="context">The project.</param>
    private protected abstract IEnumerable<ManifestDiagnostic> Find(ReadManifest manifest, ProjectDatasets datasets, AdditionalFileAnalysisContext context);

    private void Analyze(AdditionalFileAnalysisContext context)
    {
        if (!ManifestTexts.IsManifest(context.AdditionalFile, context.Options.AnalyzerConfigOptionsProvider)
            || ManifestTexts.Read(context.AdditionalFile, context.CancellationToken) is not { } manifest
            || ProjectDatasets.Of(context.Options, context.CancellationToken) is not { } datasets)
        {
            return;
        }

        foreach (var finding in Find(manifest, datasets, context))
        {
            var location = Location.Create(
                context.AdditionalFile.Path, new TextSpan(finding.Span.Start, finding.Span.Length), new LinePositionSpan(Position(finding.Start), Position(finding.End)));
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.Of(finding.Rule), location, ManifestCorrection.ToProperties(finding.Correction), finding.Message));
        }
    }

    private static LinePosition Position(Text.LinePosition position) => new(position.Line - 1, position.Column - 1);
}
