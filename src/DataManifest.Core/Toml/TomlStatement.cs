using DataManifest.Text;

namespace DataManifest.Toml;

/// <summary>A header or a key/value pair of a text, as an editor needs it.</summary>
/// <param name="Table">The table that a header opens, or that has the pair's entry.</param>
/// <param name="Scope">The table under whose header or in whose braces the statement stands: <paramref name="Table"/> but for dotted keys.</param>
/// <param name="Entry">The pair; null for a header.</param>
/// <param name="Span">From the first character of the key or header to the last of the value or header, without a comment.</param>
internal readonly record struct TomlStatement(TomlTable Table, TomlTable Scope, TomlEntry? Entry, TextSpan Span);
