using DataManifest.Generator.Model;

namespace DataManifest.Generator.Loading;

/// <summary>The type of a loader's parameter as a value.</summary>
/// <param name="Kind">What it can be given.</param>
/// <param name="Name">Its full name as code writes it.</param>
/// <param name="Display">Its short name, for messages.</param>
/// <param name="Element">The type of what it holds, for arrays, lists, dictionaries and nullables.</param>
/// <param name="Members">The members of an enumeration.</param>
internal sealed record TypeModel(ValueKind Kind, string Name, string Display, TypeModel? Element, EquatableArray<string> Members)
{
    /// <summary>Whether the type, or one that it is made of, is unknown.</summary>
    public bool IsUnknown => Kind == ValueKind.Unknown || Element is { IsUnknown: true };
}
