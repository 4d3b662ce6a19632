namespace DataManifest.Generator.Analysis;

/// <summary>Texts that tell a <c>DataManifest.Database</c> which dataset is meant.</summary>
/// <param name="datasets">The project's datasets.</param>
/// <param name="model">What the compiler knows of the file.</param>
/// <param name="cancellationToken">Ends the look-up.</param>
internal sealed class DatabaseAccess(ProjectDatasets datasets, SemanticModel model, CancellationToken cancellationToken)
{
    private const string ManifestProperty = "Manifest";
    private const string NamesProperty = "Names";

    private static readonly HashSet<string> MethodsOfManifest = ["Find", "FindAll", "Get", "SpanOf", "TableOf"];

    /// <summary>The whole expression, if a text is all that stands in the brackets behind a database; null for every other.</summary>
    /// <param name="text">The text.</param>
    public ExpressionSyntax? Indexed(LiteralExpressionSyntax text) =>
        text.Parent is ArgumentSyntax { Parent: BracketedArgumentListSyntax { Arguments.Count: 1, Parent: ElementAccessExpressionSyntax access } } && IsDatabase(access.Expression) ? access : null;

    /// <summary>Whether a text is the name of a dataset for a method of a database or its manifest, or for a request to one.</summary>
    /// <param name="text">The text.</param>
    public bool IsName(LiteralExpressionSyntax text) => text.Parent switch
    {
        ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } } list } argument when list.Arguments[0] == argument =>
            call.Name.Identifier.ValueText == "RemoveAsync" ? IsDatabase(call.Expression)
            : MethodsOfManifest.Contains(call.Name.Identifier.ValueText)
                && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: ManifestProperty } manifest
                && IsDatabase(manifest.Expression),
        ExpressionElementSyntax { Parent: CollectionExpressionSyntax list } => IsNames(list),
        InitializerExpressionSyntax { Parent: ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax } list => IsNames((ExpressionSyntax)list.Parent!),
        _ => false,
    };

    private bool IsNames(ExpressionSyntax list) =>
        list.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: NamesProperty } left } assignment && assignment.Right == list
        && model.GetSymbolInfo(left, cancellationToken).Symbol?.ContainingType is { Name: "FetchRequest" or "RefreshRequest", ContainingNamespace.ContainingNamespace: { Name: "DataManifest", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Not when the database is plainly that of another manifest, where the same name may stand for other data.</summary>
    private bool IsDatabase(ExpressionSyntax expression) =>
        model.GetTypeInfo(expression, cancellationToken).Type is { Name: "Database", ContainingNamespace: { Name: "DataManifest", ContainingNamespace.IsGlobalNamespace: true } }
        && (OpenedManifest(expression) is not { } manifest
            || datasets.Files.Any(file => Path.GetFileName(file.Path) == manifest.Substring(manifest.LastIndexOfAny(['/', '\\']) + 1)));

    /// <summary>The text that names the manifest, where the database is opened in the expression itself or where its variable is declared; null where that cannot be seen.</summary>
    private string? OpenedManifest(ExpressionSyntax database)
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
