using DataManifest.Generator.Model;

namespace DataManifest.Generator.Loading;

/// <summary>What a reference in a manifest means in the project's code.</summary>
/// <param name="Reference">The reference.</param>
/// <param name="Methods">The methods of that name, usable or not; none when there is a problem.</param>
/// <param name="Rule">Which finding it is that there are none.</param>
/// <param name="Problem">Why there are none, as a sentence; empty when there are some.</param>
/// <param name="Meant">The reference that was meant; null when nobody but the author can know.</param>
internal sealed record BoundReference(string Reference, EquatableArray<MethodModel> Methods, DiagnosticRule? Rule, string Problem, string? Meant = null)
{
    /// <summary>The methods of <see cref="Meant"/> as far as they are known: what the loader probably gives.</summary>
    public EquatableArray<MethodModel> Likely { get; init; } = new([]);

    /// <summary>A reference to nothing.</summary>
    public static BoundReference Failed(string reference, DiagnosticRule rule, string problem, string? meant = null) => new(reference, new([]), rule, problem, meant);
}
