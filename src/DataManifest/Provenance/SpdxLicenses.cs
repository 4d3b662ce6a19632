using System.Text.RegularExpressions;
using DataManifest.Catalogs.Repositories;
using DataManifest.Manifest;

namespace DataManifest.Provenance;

/// <summary>The identifiers of the SPDX licence list 3.28, exceptions included, in <c>spdx-licenses.txt</c>.</summary>
internal static partial class SpdxLicenses
{
    private static readonly Lazy<Dictionary<string, string>> Known = new(() => Read().ToDictionary(id => id, StringComparer.OrdinalIgnoreCase));

    /// <summary>The identifier as the list writes it; null when the list does not have it. Case does not matter, and neither do the usual spellings of one licence.</summary>
    /// <param name="text">An identifier, or a name such as <c>CC BY 4.0</c>.</param>
    public static string? Find(string text) => Known.Value.GetValueOrDefault(text) ?? (OneLicence().IsMatch(text) ? Known.Value.GetValueOrDefault(Spdx.Of(text)) : null);

    /// <summary>The identifier that a misspelt one probably means; null when none is close.</summary>
    /// <param name="text">The text as written.</param>
    public static string? Closest(string text) => Spelling.Closest(text, Known.Value.Values);

    // Whatever else stands in a text may be another licence or a condition, which must not be taken for none.
    [GeneratedRegex(@"^(?:https?://\S+|cc0?(?:[ _-](?:by|nc|nd|sa|zero|[0-9]\.[0-9]))*|mit license|apache (?:license )?2\.0|odbl)$", RegexOptions.IgnoreCase)]
    private static partial Regex OneLicence();

    private static string[] Read()
    {
        using var reader = new StreamReader(typeof(SpdxLicenses).Assembly.GetManifestResourceStream("spdx-licenses.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
