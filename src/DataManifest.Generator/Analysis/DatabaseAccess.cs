using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DataManifest.Generator.Analysis;

/// <summary>Expressions that ask a <c>DataManifest.Database</c> for a dataset.</summary>
internal static class DatabaseAccess
{
    /// <summary>Whether an expression does; not when the database is plainly that of another manifest, where the same name may stand for other data.</summary>
    /// <param name="access">The expression with the brackets.</param>
    /// <param name="datasets">The project's datasets.</param>
    /// <param name="model">What the compiler knows of the file.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public static bool Is(ElementAccessExpressionSyntax access, ProjectDatasets datasets, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetTypeInfo(access.Expression, cancellationToken).Type is { Name: "Database", ContainingNamespace: { Name: "DataManifest", ContainingNamespace.IsGlobalNamespace: true } }
        && (OpenedManifest(access.Expression, model, cancellationToken) is not { } manifest
            || datasets.Files.Any(file => Path.GetFileName(file.Path) == manifest.Substring(manifest.LastIndexOfAny(['/', '\\']) + 1)));

    /// <summary>The text that names the manifest, where the database is opened in the expression itself or where its variable is declared; null where that cannot be seen.</summary>
    private static string? OpenedManifest(ExpressionSyntax database, SemanticModel model, CancellationToken cancellationToken)
    {
        if (database is IdentifierNameSyntax
            && model.GetSymbolInfo(database, cancellationToken).Symbol is { DeclaringSyntaxReferences: { Length: 1 } declarations }
            && declarations[0].GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value })
        {
            database = value;
        }

        return database is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } && arguments[0].Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression)
            ? literal.Token.ValueText
            : null;
    }
}
