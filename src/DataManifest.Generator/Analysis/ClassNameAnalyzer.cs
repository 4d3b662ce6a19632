using System.Collections.Immutable;
using DataManifest.Generator.Emission;
using DataManifest.Generator.Model;
using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Analysis;

/// <summary>
/// Says what to do when the project has a type of its own with the generated class's name. The compiler's errors, where there are some, name neither the cause nor the property.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClassNameAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = RuleDescriptors.Of(DiagnosticRules.ClassNameTaken);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (ProjectDatasets.Of(start.Options, start.CancellationToken) is { Settings: var settings })
            {
                start.RegisterSyntaxNodeAction(
                    node => Analyze(node, settings),
                    SyntaxKind.ClassDeclaration, SyntaxKind.StructDeclaration, SyntaxKind.InterfaceDeclaration, SyntaxKind.EnumDeclaration, SyntaxKind.RecordDeclaration, SyntaxKind.RecordStructDeclaration);
            }
        });
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, GeneratorSettings settings)
    {
        var declared = (BaseTypeDeclarationSyntax)context.Node;
        if (declared.Identifier.ValueText != settings.ClassName || declared.Parent is not (CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            || declared is TypeDeclarationSyntax { TypeParameterList: not null })
        {
            return;
        }

        var space = string.Join(".", declared.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(parent => parent.Name.ToString()));
        var isGenerated = space == settings.Namespace && ClassName.IsWhole(declared);

        // The alias that makes the generated class known everywhere has its name in the global namespace.
        if (isGenerated || (space.Length == 0 && GeneratedFile.CanHaveAlias(settings, ((CSharpParseOptions)declared.SyntaxTree.Options).LanguageVersion)))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rule,
                declared.Identifier.GetLocation(),
                $"'{settings.ClassName}' is the class that DataManifest.Build generates from the manifest. Give that one another name with the property DataManifestClass in the project file, "
                    + (isGenerated ? "or declare yours 'partial' to add to it." : "or put yours into a namespace.")));
        }
    }
}
