namespace DataManifest.Bindings;

/// <summary>What the load ladder gives for one dataset.</summary>
/// <param name="Rung">Which rung applies.</param>
/// <param name="Loader">The function to call, for <see cref="LoadRung.PerDataset"/> and <see cref="LoadRung.ManifestFormatDefault"/>; null otherwise.</param>
/// <param name="Format">The format of the built-in loader, for <see cref="LoadRung.BuiltIn"/>; empty otherwise, and for an unpacked archive, which is its folder.</param>
/// <param name="Problem">Why nothing applies, for <see cref="LoadRung.Error"/>; null otherwise.</param>
public sealed record LoadStep(LoadRung Rung, Binding? Loader = null, string Format = "", BindingProblem? Problem = null);
