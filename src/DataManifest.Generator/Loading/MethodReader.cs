using DataManifest.Generator.Naming;

namespace DataManifest.Generator.Loading;

/// <summary>Makes values of methods that bindings mean.</summary>
/// <param name="compilation">The project.</param>
/// <param name="version">Its C# version.</param>
internal sealed class MethodReader(Compilation compilation, LanguageVersion version)
{
    /// <summary>A method as messages show it.</summary>
    public static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.CSharpShortErrorMessageFormat;

    private static readonly string[] Lazy =
    [
        "System.Collections.IEnumerable", "System.Collections.IEnumerator", "System.Collections.Generic.IEnumerable`1", "System.Collections.Generic.IEnumerator`1",
        "System.Collections.Generic.IAsyncEnumerable`1", "System.Collections.Generic.IAsyncEnumerator`1", "System.Linq.IQueryable`1",
    ];

    private readonly TypeReader _types = new(version);

    /// <summary>The value of a method.</summary>
    /// <param name="method">The method, type arguments filled in as far as the manifest gives them.</param>
    /// <param name="type">The type that the manifest names.</param>
    public MethodModel Read(IMethodSymbol method, INamedTypeSymbol type)
    {
        var (form, result) = ResultOf(method.ReturnType);
        var isOpen = method.TypeArguments.Any(argument => argument is ITypeParameterSymbol);
        var arguments = method.Arity == 0 ? "" : $"<{string.Join(", ", method.TypeArguments.Select(_types.NameOf))}>";
        var isOfInterface = method.ContainingType.TypeKind == TypeKind.Interface && type.TypeKind != TypeKind.Interface;
        return new MethodModel(
            method.ToDisplayString(Short),
            (isOfInterface ? "" : _types.NameOf(type) + ".") + Identifier.Escape(method.Name) + arguments,
            isOfInterface ? _types.NameOf(method.ContainingType) : "",
            isOfInterface ? _types.NameOf(type) : "",
            isOpen ? arguments : "",
            isOpen ? string.Concat(method.TypeParameters.Select(Constraints)) : "",
            form,
            _types.NameOf(method.ReturnType),
            _types.NameOf(result),
            TypeReader.Parts(result).All(part => part is ITypeParameterSymbol || part.DeclaredAccessibility is Accessibility.Public or Accessibility.NotApplicable),
            KeepsStream(result),
            new([.. method.Parameters.Select(parameter => new ParameterModel(parameter.Name, _types.Read(parameter.Type), parameter.IsOptional || parameter.IsParams, parameter.IsParams))]),
            ProblemOf(method, result, isOfInterface));
    }

    private static (LoadForm Form, ITypeSymbol Result) ResultOf(ITypeSymbol type) => TypeReader.Definition(type) switch
    {
        "System.Threading.Tasks.Task`1" or "System.Threading.Tasks.ValueTask`1" => (LoadForm.Task, ((INamedTypeSymbol)type).TypeArguments[0]),
        "System.Collections.Generic.IAsyncEnumerable`1" => (LoadForm.AsyncStream, type),
        _ => (LoadForm.Value, type),
    };

    private static bool KeepsStream(ITypeSymbol result) =>
        Lazy.Contains(TypeReader.Definition(result)) || result.AllInterfaces.Any(each => TypeReader.Definition(each) is "System.IDisposable" or "System.IAsyncDisposable");

    private MethodProblem? ProblemOf(IMethodSymbol method, ITypeSymbol result, bool isOfInterface)
    {
        var signature = method.Parameters.Select(parameter => parameter.Type).Prepend(method.ReturnType).ToList();
        if (!compilation.IsSymbolAccessibleWithin(method, compilation.Assembly))
        {
            var isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly);
            var what = method.DeclaredAccessibility is Accessibility.Public || (method.DeclaredAccessibility == Accessibility.Internal && isOwn)
                ? $"lies in the type '{method.ContainingType.ToDisplayString(Short)}', which is not accessible"
                : method.DeclaredAccessibility == Accessibility.Internal ? "is internal in another project" : $"is {method.DeclaredAccessibility.ToString().ToLowerInvariant()}";
            return new MethodProblem(DiagnosticRules.LoaderNotAccessible, $"{what}; make it public, or internal in this project");
        }

        if (signature.Any(TypeReader.ContainsUnknown))
        {
            return new MethodProblem(null, "mentions a type that does not exist");
        }

        if (IsGenerated(method) || signature.SelectMany(TypeReader.Parts).Any(IsGenerated))
        {
            var generated = signature.SelectMany(TypeReader.Parts).FirstOrDefault(IsGenerated)?.ToDisplayString(Short);
            return new MethodProblem(
                DiagnosticRules.LoaderNeedsGeneratedType,
                (generated is null ? "is generated code" : $"mentions '{generated}', which is generated") + ", and generators do not see each other's code; take string, FileInfo, Stream or DataManifest.Dataset and return a type of your own");
        }

        return
            !method.IsStatic ? Unsuitable("is not static")
            : method.IsAbstract && !isOfInterface ? Unsuitable("is abstract; name a type that implements it")
            : method.ReturnsVoid || TypeReader.Definition(result) is "System.Threading.Tasks.Task" or "System.Threading.Tasks.ValueTask" ? Unsuitable("returns nothing")
            : result is IPointerTypeSymbol or IFunctionPointerTypeSymbol ? Unsuitable("returns a pointer")
            : method.Parameters.FirstOrDefault(parameter => parameter.RefKind is not (RefKind.None or RefKind.In)) is { } changed ? Unsuitable($"changes its parameter '{changed.Name}'")
            : null;
    }

    private static MethodProblem Unsuitable(string message) => new(DiagnosticRules.LoaderNotCallable, message);

    /// <summary>Whether a symbol comes from a generator. Their files end so by convention, which the compiler and editors go by, too.</summary>
    private static bool IsGenerated(ISymbol symbol) => symbol.DeclaringSyntaxReferences is { IsEmpty: false } places
        && places.All(place => place.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase));

    private string Constraints(ITypeParameterSymbol parameter)
    {
        List<string> constraints =
        [
            .. parameter.HasUnmanagedTypeConstraint ? ["unmanaged"]
                : parameter.HasValueTypeConstraint ? ["struct"]
                : parameter.HasReferenceTypeConstraint ? [parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated && version >= LanguageVersion.CSharp8 ? "class?" : "class"]
                : parameter.HasNotNullConstraint ? ["notnull"]
                : Array.Empty<string>(),
            .. parameter.ConstraintTypes.Select(_types.NameOf),
            .. parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint ? ["new()"] : Array.Empty<string>(),
        ];
        return constraints.Count == 0 ? "" : $" where {Identifier.Escape(parameter.Name)} : {string.Join(", ", constraints)}";
    }
}
