namespace DataManifest.Generator.Analysis;

/// <summary>Calls that make one path of several texts: <c>Path.Combine</c> and <c>Path.Join</c>.</summary>
internal static class PathCombination
{
    /// <summary>The name of the method, if it is one that may combine paths; null for every other.</summary>
    /// <param name="call">The call.</param>
    public static string? NameOf(InvocationExpressionSyntax call)
    {
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        return name?.Identifier.ValueText is "Combine" or "Join" ? name.Identifier.ValueText : null;
    }

    /// <summary>Whether a call of such a name is one.</summary>
    /// <param name="call">The call.</param>
    /// <param name="model">What the compiler knows of the file.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public static bool Is(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(call, cancellationToken).Symbol?.ContainingType is { Name: "Path", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } };

    /// <summary>The path that the texts at the end of the arguments make.</summary>
    /// <param name="arguments">The arguments of the call.</param>
    public static string Tail(ArgumentListSyntax arguments)
    {
        var parts = new Stack<string>();
        for (var i = arguments.Arguments.Count - 1; i >= 0 && arguments.Arguments[i].Expression.IsKind(SyntaxKind.StringLiteralExpression); i--)
        {
            parts.Push(((LiteralExpressionSyntax)arguments.Arguments[i].Expression).Token.ValueText);
        }

        return string.Join("/", parts);
    }
}
