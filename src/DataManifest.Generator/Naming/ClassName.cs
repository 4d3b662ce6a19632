using DataManifest.Generator.Model;

namespace DataManifest.Generator.Naming;

/// <summary>Whether a type of the user stands where the generated class should.</summary>
internal static class ClassName
{
    /// <summary>
    /// Whether the project has a type of the generated class's full name that it cannot be a part of. Then nothing is generated: beside the compiler's error about two types of
    /// one name no analyzer is heard, and it is the analyzer that knows what to do. Where analyzers are turned off, the compiler has to say it.
    /// </summary>
    /// <param name="settings">What the project says of the generated class.</param>
    /// <param name="compilation">The project's own code.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static bool IsTaken(GeneratorSettings settings, Compilation compilation, CancellationToken cancellationToken) =>
        settings.HasAnalyzers
        && compilation.Assembly.GetTypeByMetadataName(settings.Namespace.Length == 0 ? settings.ClassName : $"{settings.Namespace}.{settings.ClassName}") is { } type
        && type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is BaseTypeDeclarationSyntax declared && IsWhole(declared));

    /// <summary>Whether a declaration is all of its type.</summary>
    /// <param name="declared">The declaration.</param>
    public static bool IsWhole(BaseTypeDeclarationSyntax declared) => !declared.Modifiers.Any(SyntaxKind.PartialKeyword);
}
