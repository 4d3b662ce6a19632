using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DataManifest.Generator;

/// <summary>The properties and item metadata that the package's build files show to the compiler.</summary>
internal sealed class ManifestOptions(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
{
    private static readonly Values None = new([]);
    private static readonly Values Marked = new(new() { ["build_metadata.AdditionalFiles.DataManifest"] = "true" });

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties.ToDictionary(p => "build_property." + p.Key, p => p.Value));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => None;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => textFile is ManifestFile { IsMarked: true } ? Marked
        : textFile is ManifestFile { Contents: { Length: > 0 } contents } ? new Values(new() { ["build_metadata.AdditionalFiles.DataManifestContents"] = contents })
        : None;

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
