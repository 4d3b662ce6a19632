using DataManifest.Bindings;

namespace DataManifest.Generator.Loading;

/// <summary>How a dataset's generated code loads it.</summary>
/// <param name="Call">The loader that it calls; null without one.</param>
/// <param name="Format">What it makes of the data without a loader.</param>
/// <param name="Refusal">Why it cannot; empty when it can, or when another finding says why.</param>
/// <param name="Broken">The loader that it should call and cannot; null when there is none.</param>
internal sealed record LoadPlan(LoadCall? Call, BuiltInFormat Format, string Refusal, BrokenLoader? Broken = null);
