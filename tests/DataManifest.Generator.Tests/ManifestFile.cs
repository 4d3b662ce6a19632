using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator;

/// <summary>A manifest in memory, or, unmarked, any other file that the project shows to analyzers.</summary>
/// <param name="path">Its path.</param>
/// <param name="text">Its text.</param>
/// <param name="isMarked">Whether it is marked as a manifest.</param>
/// <param name="contents">How it is marked as a record of contents; empty for not at all.</param>
internal sealed class ManifestFile(string path, string text, bool isMarked = true, string contents = "") : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text);

    public override string Path => path;

    public bool IsMarked => isMarked && contents.Length == 0;

    public string Contents => contents;

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
