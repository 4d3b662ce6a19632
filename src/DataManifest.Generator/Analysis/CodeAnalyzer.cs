using System.Collections.Immutable;

namespace DataManifest.Generator.Analysis;

/// <summary>The common part of analyzers of C# code that uses datasets. They do nothing in a project without manifest, or without the class because the generator did not run.</summary>
public abstract class CodeAnalyzer : DiagnosticAnalyzer
{
    /// <summary>Makes an analyzer.</summary>
    /// <param name="rules">What it reports.</param>
    private protected CodeAnalyzer(params DiagnosticRule[] rules) => SupportedDiagnostics = rules.Select(RuleDescriptors.Of).ToImmutableArray();

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (ProjectDatasets.Of(start.Options, start.CancellationToken) is { } datasets && start.Compilation.GetTypeByMetadataName(datasets.ClassName) is { } type)
            {
                Start(start, datasets, type);
            }
        });
    }

    /// <summary>Begins with a project.</summary>
    /// <param name="start">Where what is looked at is registered.</param>
    /// <param name="datasets">The project's datasets.</param>
    /// <param name="type">The generated class.</param>
    private protected abstract void Start(CompilationStartAnalysisContext start, ProjectDatasets datasets, INamedTypeSymbol type);
}
