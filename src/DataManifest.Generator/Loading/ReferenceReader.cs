using DataManifest.Generator.Naming;
using DataManifest.Manifest;

namespace DataManifest.Generator.Loading;

/// <summary>Looks up in a project's code what the references of bindings mean. All that is kept are values, so that what comes of them is the same while the methods are.</summary>
/// <param name="compilation">The project.</param>
/// <param name="explains">Whether somebody reads what is wrong, for which the whole project is searched.</param>
internal sealed class ReferenceReader(Compilation compilation, bool explains)
{
    private const string GlobalPrefix = "global::";

    private readonly TypeNames _names = new(compilation);
    private readonly MethodReader _methods = new(compilation, (compilation as CSharpCompilation)?.LanguageVersion ?? LanguageVersion.CSharp7_3);

    /// <summary>What a reference means.</summary>
    /// <param name="reference">The reference: <c>Namespace.Type:Method</c>, each with type arguments if it has some.</param>
    public BoundReference Read(string reference)
    {
        var colon = reference.LastIndexOf(':');
        var typeName = reference.Substring(0, colon);
        typeName = typeName.StartsWith(GlobalPrefix, StringComparison.Ordinal) ? typeName.Substring(GlobalPrefix.Length) : typeName;
        if (_names.Find(typeName) is not { } type)
        {
            var meant = explains ? _names.Closest(typeName) : null;
            return BoundReference.Failed(
                reference,
                DiagnosticRules.LoaderTypeNotFound,
                $"The type '{typeName}' of the loader '{reference}' is neither in this project nor in one that it references"
                    + (meant is null ? "; a loader of another language belongs under _LANG.<language>." : $"; did you mean '{meant}'?"),
                meant is null ? null : meant + reference.Substring(colon));
        }

        if (_names.ReadMethodName(reference.Substring(colon + 1)) is not var (methodName, arguments))
        {
            return BoundReference.Failed(reference, DiagnosticRules.LoaderTypeNotFound, $"A type argument of the loader '{reference}' is neither in this project nor in one that it references.");
        }

        List<MethodModel> found = [.. Named(type, methodName, arguments).Select(method => _methods.Read(method, type))];
        if (found.Count == 0)
        {
            found.AddRange(Implemented(type, methodName, arguments).Select(method => _methods.Read(method, type)));
        }

        return found.Count > 0
            ? new BoundReference(reference, new(found), null, "")
            : NoMethod(reference, typeName, type, methodName, arguments.Length);
    }

    private static IEnumerable<IMethodSymbol> Named(INamedTypeSymbol type, string name, ITypeSymbol[] arguments) => Types(type)
        .SelectMany(each => each.GetMembers(name).OfType<IMethodSymbol>())
        .Where(method => method.MethodKind == MethodKind.Ordinary && (arguments.Length == 0 || method.Arity == arguments.Length))
        .Select(method => arguments.Length == 0 ? method : method.Construct(arguments));

    /// <summary>Static methods of interfaces that a type implements without a public method of that name, or takes over as they are.</summary>
    private static IEnumerable<IMethodSymbol> Implemented(INamedTypeSymbol type, string name, ITypeSymbol[] arguments) => type.TypeKind == TypeKind.Interface
        ? []
        : type.AllInterfaces.SelectMany(each => Named(each, name, arguments)).Where(method => method.IsStatic && (method.IsAbstract || method.IsVirtual));

    private static IEnumerable<INamedTypeSymbol> Types(INamedTypeSymbol type)
    {
        for (var each = type; each is not null && each.SpecialType != SpecialType.System_Object; each = each.BaseType)
        {
            yield return each;
        }
    }

    private BoundReference NoMethod(string reference, string typeName, INamedTypeSymbol type, string name, int arity)
    {
        var shown = type.ToDisplayString();
        if (arity > 0 && Named(type, name, []).FirstOrDefault() is { } other)
        {
            return BoundReference.Failed(
                reference, DiagnosticRules.LoaderMethodNotFound,
                $"The method of the loader '{reference}' has {other.Arity} type parameters and not {arity}: {other.ToDisplayString(MethodReader.Short)}.");
        }

        var names = Types(type).SelectMany(each => each.GetMembers()).OfType<IMethodSymbol>()
            .Where(method => method.IsStatic && method.MethodKind == MethodKind.Ordinary)
            .Select(method => method.Name)
            .Distinct()
            .ToList();
        var meant = Spelling.Closest(name, names);
        var problem = $"The type '{shown}' has no method '{name}'"
            + (meant is not null ? $"; did you mean '{shown}:{meant}'?"
                : names.Count is > 0 and <= 5 ? $"; its static methods are {string.Join(", ", names)}."
                : "; write a static method of that name.");
        return meant is null || arity > 0
            ? BoundReference.Failed(reference, DiagnosticRules.LoaderMethodNotFound, problem)
            : BoundReference.Failed(reference, DiagnosticRules.LoaderMethodNotFound, problem, $"{typeName}:{meant}") with
            {
                Likely = new([.. Named(type, meant, []).Select(method => _methods.Read(method, type))]),
            };
    }
}
