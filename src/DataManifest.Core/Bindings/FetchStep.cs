namespace DataManifest.Bindings;

/// <summary>What the fetch ladder gives for one dataset.</summary>
/// <param name="Rung">Which rung applies.</param>
/// <param name="Fetcher">The function to call, for <see cref="FetchRung.OwnFetcher"/> and <see cref="FetchRung.Delegation"/>; null otherwise.</param>
/// <param name="Language">The fetcher's language; empty when there is no fetcher.</param>
/// <param name="Command">The command template, for <see cref="FetchRung.Shell"/>; empty otherwise.</param>
/// <param name="Problem">Why nothing applies, for <see cref="FetchRung.Error"/>; null otherwise.</param>
public sealed record FetchStep(FetchRung Rung, Binding? Fetcher = null, string Language = "", string Command = "", BindingProblem? Problem = null);
