namespace DataManifest.Generator.Analysis;

/// <summary>Texts that are paths.</summary>
internal static class PathTexts
{
    private static readonly string[] Endings = ["path", "filename", "directoryname"];

    /// <summary>Whether an argument is the path that something of <c>System.IO</c> opens, makes, copies or asks about.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="call">The call.</param>
    /// <param name="model">What the compiler knows of the file.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public static bool IsPath(ArgumentSyntax argument, ExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol { ContainingType: { Name: not "Path", ContainingNamespace: var space } } method || !IsInputOutput(space))
        {
            return false;
        }

        var index = argument.Parent is ArgumentListSyntax list ? list.Arguments.IndexOf(argument) : -1;
        var name = argument.NameColon?.Name.Identifier.ValueText ?? (index >= 0 && index < method.Parameters.Length ? method.Parameters[index].Name : "");
        return Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a text is, whatever it is for, the whole path of something on a disk.</summary>
    /// <param name="text">The text.</param>
    public static bool IsAbsolute(string text) =>
        text.Length > 3 && (text[0] is '/' or '\\' || (text[0] == '~' && text[1] is '/' or '\\') || (text[1] == ':' && text[2] is '/' or '\\')) && text.IndexOf("://", StringComparison.Ordinal) < 0
        && text.IndexOfAny(['\n', '\r', '?', '*', '<', '"', '|']) < 0;

    /// <summary>Whether the compiler wants a constant where a text stands, so that no property can take its place.</summary>
    /// <param name="text">The text.</param>
    public static bool IsConstant(LiteralExpressionSyntax text)
    {
        foreach (var node in text.Ancestors())
        {
            switch (node)
            {
                case AttributeArgumentSyntax or ParameterSyntax or CaseSwitchLabelSyntax or PatternSyntax or EnumMemberDeclarationSyntax:
                    return true;
                case LocalDeclarationStatementSyntax local:
                    return local.IsConst;
                case BaseFieldDeclarationSyntax field:
                    return field.Modifiers.Any(SyntaxKind.ConstKeyword);
                case StatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    private static bool IsInputOutput(INamespaceSymbol space) => space is { Name: "IO", ContainingNamespace.Name: "System" } or { Name: "Compression", ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" } };
}
