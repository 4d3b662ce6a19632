using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator;

/// <summary>A manifest in memory, or, unmarked, any other file that the project shows to analyzers.</summary>
internal sealed class ManifestFile(string path, string text, bool isMarked = true) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path => path;

    public bool IsMarked => isMarked;

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
