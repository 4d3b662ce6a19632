using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace DataManifest.Generator;

/// <summary>The manifests among the files that the project shows to analyzers.</summary>
internal static class ManifestTexts
{
    // Generator and analyzer see the same text objects, and so read each manifest once.
    private static readonly ConditionalWeakTable<SourceText, ReadManifest> Manifests = new();

    /// <summary>Whether the project marks a file as a manifest; its name does not matter.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">The project's options.</param>
    public static bool IsManifest(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles.DataManifest", out var value)
        && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The manifest in a file; null when the file cannot be read, which the compiler reports.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the wait for the text.</param>
    public static ReadManifest? Read(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text ? Manifests.GetValue(text, static t => new ReadManifest(t.ToString())) : null;
}
