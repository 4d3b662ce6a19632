using DataManifest.Diagnostics;

namespace DataManifest;

/// <summary>A TOML file in the canonical form that all tools of the format write, byte for byte (specification, "Canonical form").</summary>
/// <param name="Text">The canonical text. Comments are no part of it.</param>
/// <param name="IsChanged">Whether the text was another one before.</param>
/// <param name="Warning">What the sorting does to the meaning: of the host patterns in <c>_STORAGE._HOST</c> the first that fits counts. Null when it does nothing.</param>
public sealed record CanonicalManifest(string Text, bool IsChanged, ManifestDiagnostic? Warning);
