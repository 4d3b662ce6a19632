namespace DataManifest.Generator.Loading;

/// <summary>A loader that cannot be called, for which members stand in: what uses them then compiles, and the finding at the binding stands alone.</summary>
/// <param name="Problem">What is wrong, with the code of the finding if it has one.</param>
/// <param name="Method">The method whose result is what the loader would give; null when that is unknown.</param>
internal sealed record BrokenLoader(string Problem, MethodModel? Method)
{
    /// <summary>A binding of which the manifest's reader already says what is wrong.</summary>
    public static BrokenLoader Malformed { get; } = new("The binding of the loader in the manifest is malformed.", null);

    /// <summary>What stands in for a loader that cannot be called.</summary>
    /// <param name="reference">What the binding's reference means.</param>
    /// <param name="problem">Why it cannot be called.</param>
    public static BrokenLoader Of(BoundReference reference, LoadProblem problem)
    {
        // Overloads with different results leave open which one is meant.
        var usable = reference.Methods.Concat(reference.Likely).Where(method => method.Problem is null && method.TypeParameters.Length == 0).ToList();
        return new BrokenLoader(
            problem.Rule is null ? problem.Message : $"{problem.Rule.Code}: {problem.Message}",
            usable.Select(method => method.ReturnType).Distinct().Count() == 1 ? usable[0] : null);
    }
}
