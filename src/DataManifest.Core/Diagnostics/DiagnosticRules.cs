namespace DataManifest.Diagnostics;

/// <summary>
/// Every finding that any face of the product reports; <c>docs/diagnostics.md</c> explains each. DM01xx: the text; DM02xx: what it declares;
/// DM03xx: places on disk; DM04xx: fetching; DM05xx: checksums and archives; DM06xx: the build; DM07xx: generated code; DM08xx: loading.
/// </summary>
public static class DiagnosticRules
{
    /// <summary>The manifest is not TOML 1.0.</summary>
    public static readonly DiagnosticRule InvalidToml = Error("DM0101", "The manifest is not valid TOML");

    /// <summary>The manifest is not UTF-8 text.</summary>
    public static readonly DiagnosticRule NotUtf8 = Error("DM0102", "The manifest is not UTF-8 text");

    private static DiagnosticRule Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);
}
