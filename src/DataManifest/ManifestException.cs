namespace DataManifest;

/// <summary>A manifest is not there, or cannot be read at all.</summary>
/// <param name="path">The manifest's path; empty when none was found.</param>
/// <param name="diagnostic">What is wrong and where.</param>
/// <param name="remedy">What to do; empty when the diagnostic says it.</param>
public sealed class ManifestException(string path, Diagnostics.ManifestDiagnostic diagnostic, string remedy = "")
    : DataManifestException(diagnostic.Rule, path.Length == 0 ? diagnostic.Message : $"{path}({diagnostic.Start}): {diagnostic.Message}", "", remedy)
{
    /// <summary>The manifest's path; empty when none was found.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong, with line and column.</summary>
    public Diagnostics.ManifestDiagnostic Diagnostic { get; } = diagnostic;
}
