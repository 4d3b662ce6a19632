using DataManifest.Generator.Model;
using DataManifest.Manifest;

namespace DataManifest.Generator;

/// <summary>A manifest's text as read once for the generator and the analyzer.</summary>
/// <param name="text">The text.</param>
internal sealed class ReadManifest(string text)
{
    private readonly Lazy<ManifestDocument> _document = new(() => ManifestDocument.Parse(text, path: ""));
    private ManifestModel? _model;

    /// <summary>The manifest with its places in the text and what is wrong with it.</summary>
    public ManifestDocument Document => _document.Value;

    /// <summary>What the generated code needs of it.</summary>
    public ManifestModel Model => _model ??= ManifestModel.Create(Document);
}
