using System.Runtime.CompilerServices;
using DataManifest.Contents;
using DataManifest.Generator.Model;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator;

/// <summary>The records of what datasets contain, among the files that the project shows to analyzers.</summary>
internal static class ContentsTexts
{
    private const string Metadata = "build_metadata.AdditionalFiles.DataManifestContents";

    private static readonly ConditionalWeakTable<SourceText, EquatableArray<KnownContents>> Records = new();

    /// <summary>How much a file counts as a record of contents: 2 for what this project's build has found, 1 for what is committed, 0 for any other file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">The project's options.</param>
    public static int RankOf(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        !options.GetOptions(file).TryGetValue(Metadata, out var value) || value.Length == 0 ? 0 : value.Equals("fetched", StringComparison.OrdinalIgnoreCase) ? 2 : 1;

    /// <summary>What a file says; nothing when it cannot be read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the wait for the text.</param>
    public static EquatableArray<KnownContents> Read(AdditionalText file, CancellationToken cancellationToken) => file.GetText(cancellationToken) is { } text
        ? Records.GetValue(text, static t => new([.. ContentsReader.Read(t.ToString()).Select(KnownContents.Of)]))
        : new([]);
}
