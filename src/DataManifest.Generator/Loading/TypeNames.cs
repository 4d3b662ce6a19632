namespace DataManifest.Generator.Loading;

/// <summary>Finds types by names as a manifest has them: full, nested ones behind a dot, type arguments as in C#.</summary>
/// <param name="compilation">The project.</param>
internal sealed class TypeNames(Compilation compilation)
{
    /// <summary>The type of a name; null when there is none.</summary>
    /// <param name="name">The name, as in <c>My.Grid&lt;double&gt;</c>.</param>
    public INamedTypeSymbol? Find(string name) => FindPlain(name) ?? (Parse(name) is { } syntax ? Find(syntax) as INamedTypeSymbol : null);

    /// <summary>A method's name and its type arguments; null when a type argument is none.</summary>
    /// <param name="text">The name, as in <c>Read&lt;double&gt;</c>.</param>
    public (string Name, ITypeSymbol[] Arguments)? ReadMethodName(string text)
    {
        if (text.IndexOf('<') < 0)
        {
            return (text, []);
        }

        var arguments = Parse(text) is GenericNameSyntax generic ? FindAll(generic.TypeArgumentList) : null;
        return arguments is null ? null : (text.Substring(0, text.IndexOf('<')), arguments);
    }

    /// <summary>The type whose name is closest to one that there is not; null when none is close.</summary>
    /// <param name="name">The name as written.</param>
    public string? Closest(string name)
    {
        var simple = name.Split('<')[0].Split('.', '+').Last();
        var same = compilation.GetSymbolsWithName(simple, SymbolFilter.Type).FirstOrDefault();
        return same?.ToDisplayString() ?? Manifest.Spelling.Closest(name, TypesOf(compilation.Assembly.GlobalNamespace).Select(type => type.ToDisplayString()));
    }

    /// <summary>
    /// A type by its metadata name, which needs no namespaces that are merged of all references: that takes a millisecond, and each key pressed makes a new compilation.
    /// </summary>
    private INamedTypeSymbol? FindPlain(string name)
    {
        for (var metadata = name; metadata.IndexOf('<') < 0;)
        {
            if ((compilation.Assembly.GetTypeByMetadataName(metadata) ?? compilation.GetTypeByMetadataName(metadata)) is { } type)
            {
                return type.IsGenericType ? null : type;
            }

            var dot = metadata.LastIndexOf('.');
            if (dot < 0)
            {
                break;
            }

            metadata = metadata.Substring(0, dot) + "+" + metadata.Substring(dot + 1);
        }

        return null;
    }

    private static TypeSyntax? Parse(string text) =>
        SyntaxFactory.ParseTypeName(text.Replace('+', '.'), consumeFullText: true) is var syntax && !syntax.ContainsDiagnostics ? syntax : null;

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? TypesOf(type).Prepend(type) : TypesOf(member))
        .Where(type => type.CanBeReferencedByName);

    private ITypeSymbol? Find(TypeSyntax syntax) => syntax switch
    {
        PredefinedTypeSyntax predefined => compilation.GetTypeByMetadataName(PredefinedName(predefined.Keyword.Kind())),
        ArrayTypeSyntax array => Find(array.ElementType) is { } element
            ? array.RankSpecifiers.Reverse().Aggregate(element, (item, rank) => compilation.CreateArrayTypeSymbol(item, rank.Rank)) : null,
        NullableTypeSyntax nullable => Find(nullable.ElementType) is not { } element ? null
            : element.IsValueType ? compilation.GetSpecialType(SpecialType.System_Nullable_T).Construct(element) : element.WithNullableAnnotation(NullableAnnotation.Annotated),
        NameSyntax name => FindName(name),
        _ => null,
    };

    private INamedTypeSymbol? FindName(NameSyntax name)
    {
        INamespaceOrTypeSymbol? current = compilation.GlobalNamespace;
        foreach (var part in Parts(name))
        {
            var arity = part is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments.Count : 0;
            var text = part.Identifier.ValueText;
            INamespaceOrTypeSymbol? next = arity == 0 && current is INamespaceSymbol space ? space.GetNamespaceMembers().FirstOrDefault(member => member.Name == text) : null;
            if (next is null)
            {
                // Of types that two assemblies have, the compiler would refuse both; the project's own is what was meant.
                var types = current.GetTypeMembers(text, arity);
                var type = types.FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate.ContainingAssembly, compilation.Assembly))
                    ?? types.OrderByDescending(candidate => compilation.IsSymbolAccessibleWithin(candidate, compilation.Assembly)).FirstOrDefault();
                var arguments = arity == 0 ? [] : FindAll(((GenericNameSyntax)part).TypeArgumentList);
                next = arguments is null ? null : arity == 0 ? type : type?.Construct(arguments);
            }

            if (next is null)
            {
                return null;
            }

            current = next;
        }

        return current as INamedTypeSymbol;
    }

    private ITypeSymbol[]? FindAll(TypeArgumentListSyntax list)
    {
        var types = list.Arguments.Select(Find).ToArray();
        return Array.IndexOf(types, null) < 0 ? [.. types.OfType<ITypeSymbol>()] : null;
    }

    private static IEnumerable<SimpleNameSyntax> Parts(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => Parts(qualified.Left).Append(qualified.Right),
        AliasQualifiedNameSyntax alias => [alias.Name],
        _ => [(SimpleNameSyntax)name],
    };

    private static string PredefinedName(SyntaxKind keyword) => keyword switch
    {
        SyntaxKind.BoolKeyword => "System.Boolean",
        SyntaxKind.ByteKeyword => "System.Byte",
        SyntaxKind.SByteKeyword => "System.SByte",
        SyntaxKind.ShortKeyword => "System.Int16",
        SyntaxKind.UShortKeyword => "System.UInt16",
        SyntaxKind.IntKeyword => "System.Int32",
        SyntaxKind.UIntKeyword => "System.UInt32",
        SyntaxKind.LongKeyword => "System.Int64",
        SyntaxKind.ULongKeyword => "System.UInt64",
        SyntaxKind.FloatKeyword => "System.Single",
        SyntaxKind.DoubleKeyword => "System.Double",
        SyntaxKind.DecimalKeyword => "System.Decimal",
        SyntaxKind.CharKeyword => "System.Char",
        SyntaxKind.StringKeyword => "System.String",
        _ => "System.Object",
    };
}
