using DataManifest.Generator.Model;
using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Generator;

/// <summary>A manifest's text as read once for the generator and the analyzer.</summary>
/// <param name="text">The text.</param>
internal sealed class ReadManifest(string text)
{
    private readonly Lazy<ManifestDocument> _document = new(() => ManifestDocument.Parse(text, path: ""));
    private ManifestDocument? _readable;
    private ManifestModel? _model;

    /// <summary>The manifest with its places in the text and what is wrong with it.</summary>
    public ManifestDocument Document => _document.Value;

    /// <summary>Whether the text is no TOML, so that the findings are about the text alone.</summary>
    public bool IsBroken => Document.Diagnostics.Any(finding => finding.Rule == DiagnosticRules.InvalidToml);

    /// <summary>The manifest for those who ask what it declares: while somebody is writing and the text is broken, what can still be read of it.</summary>
    public ManifestDocument Readable => _readable ??= IsBroken ? ManifestDocument.Parse(TomlRecovery.Blank(text), path: "") : Document;

    /// <summary>What the generated code needs of it.</summary>
    public ManifestModel Model => _model ??= ManifestModel.Create(Readable);
}
