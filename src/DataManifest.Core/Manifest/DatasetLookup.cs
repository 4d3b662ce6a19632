using DataManifest.Diagnostics;

namespace DataManifest.Manifest;

/// <summary>What an identifier finds (specification, "Identifier resolution is exact-or-error").</summary>
/// <param name="Matches">Every dataset that the identifier finds, in the manifest's order.</param>
/// <param name="Rule">Why it does not name exactly one dataset; null when it does.</param>
/// <param name="Message">What to tell the user then: the candidates, or what was probably meant; empty otherwise.</param>
public sealed record DatasetLookup(IReadOnlyList<DatasetDeclaration> Matches, DiagnosticRule? Rule = null, string Message = "")
{
    /// <summary>The one dataset that was found; null when <see cref="Rule"/> says why not.</summary>
    public DatasetDeclaration? Dataset => Rule is null ? Matches[0] : null;
}
