using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Bindings;

/// <summary>
/// The language tags of bindings (specification, "Language bindings"). Whoever resolves a binding says which language is its own;
/// nothing else about the ladders depends on it.
/// </summary>
public static class BindingLanguage
{
    /// <summary>This tool's own tag: <c>[x._LANG.csharp]</c>.</summary>
    public const string CSharp = "csharp";

    /// <summary>
    /// A retired place of the shell fetcher, <c>[x._LANG.shell] fetcher = "…"</c>, from before the bare field <c>shell</c>. Never a language.
    /// </summary>
    internal const string Shell = "shell";

    /// <summary>What a dataset's <c>_LANG.<paramref name="language"/></c> says under a key; null when that is absent or an empty string.</summary>
    internal static TomlValue? Explicit(DatasetDeclaration dataset, string language, string key) => Present((dataset.Languages?[language] as TomlTable)?[key]);

    /// <summary>What is wrong with a dataset's <c>_LANG.<paramref name="language"/></c> as a whole; null when nothing is.</summary>
    internal static BindingProblem? Problem(DatasetDeclaration dataset, string language) => dataset.Languages?[language] is { } value and not TomlTable
        ? BindingReader.Malformed($"'_LANG.{language}' of dataset '{dataset.Name}' must be a table with 'fetcher' or 'loader'.", value.Span)
        : null;

    /// <summary>The value, unless it is an empty string, which other tools take for "none".</summary>
    internal static TomlValue? Present(TomlValue? value) => value is TomlString { Value.Length: 0 } ? null : value;
}
