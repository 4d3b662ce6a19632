using DataManifest.Catalogs.Repositories;
using DataManifest.Manifest;

namespace DataManifest.Provenance;

/// <summary>The identifiers of the SPDX licence list 3.28, exceptions included, in <c>spdx-licenses.txt</c>.</summary>
internal static class SpdxLicenses
{
    private static readonly Lazy<Dictionary<string, string>> Known = new(() => Read().ToDictionary(id => id, StringComparer.OrdinalIgnoreCase));

    /// <summary>The identifier as the list writes it; null when the list does not have it. Case does not matter, and neither do the usual spellings of repositories.</summary>
    /// <param name="text">An identifier, or a name such as <c>CC BY 4.0</c>.</param>
    public static string? Find(string text) => Known.Value.GetValueOrDefault(text) ?? Known.Value.GetValueOrDefault(Spdx.Of(text));

    /// <summary>The identifier that a misspelt one probably means; null when none is close.</summary>
    /// <param name="text">The text as written.</param>
    public static string? Closest(string text) => Spelling.Closest(text, Known.Value.Values);

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(SpdxLicenses).Assembly.GetManifestResourceStream("spdx-licenses.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
