using System.Collections.Immutable;
using DataManifest.Diagnostics;
using DataManifest.Generator.Model;
using DataManifest.Generator.Naming;
using DataManifest.Manifest;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator;

/// <summary>Reports what is wrong with a manifest at its line: what the manifest's reader finds, and names that the generated class had to change.</summary>
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
        var provider = context.Options.AnalyzerConfigOptionsProvider;
        if (!ManifestTexts.IsManifest(context.AdditionalFile, provider)
            || ManifestTexts.Read(context.AdditionalFile, context.CancellationToken) is not { Document: var document } read)
        {
            return;
        }

        var files = context.Options.AdditionalFiles.Where(file => ManifestTexts.IsManifest(file, provider)).ToList();
        var manifests = files
            .Select(file => ManifestTexts.Read(file, context.CancellationToken)?.Model ?? new ManifestModel("", new([])))
            .ToList();
        var settings = GeneratorSettings.Read(provider.GlobalOptions, LanguageVersion.Latest);
        var names = read.IsBroken ? [] : NameFindings.Find(document, files.IndexOf(context.AdditionalFile), files, new DatasetTree(manifests, settings.ClassName), settings.ClassName);
        foreach (var finding in document.Diagnostics.Concat(names))
        {
            var lines = new LinePositionSpan(Position(finding.Start), Position(finding.End));
            var location = Location.Create(context.AdditionalFile.Path, new Microsoft.CodeAnalysis.Text.TextSpan(finding.Span.Start, finding.Span.Length), lines);
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.Of(finding.Rule), location, finding.Message));
        }
    }

    private static Microsoft.CodeAnalysis.Text.LinePosition Position(DataManifest.Text.LinePosition position) => new(position.Line - 1, position.Column - 1);
}
