using DataManifest.Generator.Model;

namespace DataManifest.Generator.Loading;

/// <summary>Makes values of the types in a loader's signature.</summary>
/// <param name="version">The project's C# version, which decides whether references may be marked as nullable.</param>
internal sealed class TypeReader(LanguageVersion version)
{
    private readonly SymbolDisplayFormat _format = version < LanguageVersion.CSharp8
        ? SymbolDisplayFormat.FullyQualifiedFormat
        : SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>A type's full name as code writes it.</summary>
    /// <param name="type">The type.</param>
    public string NameOf(ITypeSymbol type) => type.ToDisplayString(_format);

    /// <summary>A type without regard to type arguments: <c>System.Threading.Tasks.Task</c> and the number of them.</summary>
    /// <param name="type">The type.</param>
    public static string Definition(ITypeSymbol type) =>
        type is INamedTypeSymbol { ContainingType: null } named ? $"{named.ContainingNamespace.ToDisplayString()}.{named.MetadataName}" : "";

    /// <summary>The value of a type.</summary>
    /// <param name="type">The type.</param>
    public TypeModel Read(ITypeSymbol type)
    {
        var (kind, element) = Classify(type);
        var members = kind == ValueKind.Enum ? type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => field.Name) : [];
        return new TypeModel(
            kind,
            NameOf(type.WithNullableAnnotation(NullableAnnotation.None)),
            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            element is null ? null : Read(element),
            new([.. members]));
    }

    private static (ValueKind Kind, ITypeSymbol? Element) Classify(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => (ValueKind.Unknown, null),
        IArrayTypeSymbol { Rank: 1 } array => (ValueKind.Array, array.ElementType),
        IArrayTypeSymbol array => (ContainsUnknown(array) ? ValueKind.Unknown : ValueKind.Other, null),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => (ValueKind.Nullable, nullable.TypeArguments[0]),
        { TypeKind: TypeKind.Enum } => (ValueKind.Enum, null),
        _ when OfSpecialType(type.SpecialType) is { } special => (special, null),
        INamedTypeSymbol named => OfDefinition(named),
        _ => (ValueKind.Other, null),
    };

    private static ValueKind? OfSpecialType(SpecialType type) => type switch
    {
        SpecialType.System_String => ValueKind.String,
        SpecialType.System_Boolean => ValueKind.Boolean,
        SpecialType.System_Char => ValueKind.Char,
        SpecialType.System_Object => ValueKind.Object,
        >= SpecialType.System_SByte and <= SpecialType.System_UInt64 => ValueKind.Integer,
        SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => ValueKind.Real,
        SpecialType.System_DateTime => ValueKind.Moment,
        _ => null,
    };

    private static (ValueKind Kind, ITypeSymbol? Element) OfDefinition(INamedTypeSymbol type) => Definition(type) switch
    {
        "System.IO.FileInfo" or "System.IO.DirectoryInfo" or "System.Uri" => (ValueKind.OfText, null),
        "System.IO.Stream" => (ValueKind.Stream, null),
        "System.Threading.CancellationToken" => (ValueKind.CancellationToken, null),
        "System.DateTimeOffset" or "System.DateOnly" or "System.TimeOnly" or "System.TimeSpan" => (ValueKind.Moment, null),
        "DataManifest.Dataset" => (ValueKind.Dataset, null),
        "System.Collections.Generic.IEnumerable`1" or "System.Collections.Generic.IReadOnlyList`1" or "System.Collections.Generic.IReadOnlyCollection`1"
            or "System.Collections.Generic.IList`1" or "System.Collections.Generic.ICollection`1" => (ValueKind.Array, type.TypeArguments[0]),
        "System.Collections.Generic.List`1" => (ValueKind.List, type.TypeArguments[0]),
        "System.Collections.Generic.Dictionary`2" or "System.Collections.Generic.IDictionary`2" or "System.Collections.Generic.IReadOnlyDictionary`2"
            when type.TypeArguments[0].SpecialType == SpecialType.System_String => (ValueKind.Dictionary, type.TypeArguments[1]),
        _ => (ContainsUnknown(type) ? ValueKind.Unknown : ValueKind.Other, null),
    };

    /// <summary>Whether a type is, or is made of, one that does not exist here.</summary>
    /// <param name="type">The type.</param>
    public static bool ContainsUnknown(ITypeSymbol type) => Parts(type).Any(part => part.TypeKind == TypeKind.Error);

    /// <summary>A type and those that it is made of: items of arrays, type arguments, containing types.</summary>
    /// <param name="type">The type.</param>
    public static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Parts).Concat(named.ContainingType is null ? [] : Parts(named.ContainingType)).Prepend(named),
        _ => [type],
    };
}
