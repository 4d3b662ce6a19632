namespace DataManifest.Manifest;

/// <summary>One change that brings a manifest of an older version to the present one.</summary>
/// <param name="Dataset">The dataset; empty for a structural table.</param>
/// <param name="Old">The old field, as a dotted key: <c>python</c>, <c>_STORAGE.scope</c>.</param>
/// <param name="New">What takes its place, as a dotted key: <c>_LANG.python.fetcher</c>. Empty when nothing does.</param>
/// <param name="Value">The old field's text; empty when it has none.</param>
public sealed record MigrationStep(string Dataset, string Old, string New, string Value)
{
    /// <summary>Whether something was dropped that a person should replace by hand: a dataset's <c>store</c>, which said where its data are.</summary>
    public bool NeedsAttention => Dataset.Length > 0 && New.Length == 0 && Value.Length > 0;
}
