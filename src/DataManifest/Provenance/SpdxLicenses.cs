using System.Text.RegularExpressions;
using DataManifest.Catalogs.Repositories;
using DataManifest.Manifest;

namespace DataManifest.Provenance;

/// <summary>
/// The identifiers of the SPDX licence list 3.28, exceptions included, in <c>spdx-licenses.txt</c>; <c>cff</c> stands behind those that the Citation File Format 1.2.0 knows.
/// </summary>
internal static partial class SpdxLicenses
{
    private static readonly Lazy<Dictionary<string, string>> Known = new(() => Read().ToDictionary(words => words[0], words => words[0], StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<HashSet<string>> KnownToCff = new(() => [.. Read().Where(words => words is [_, "cff"]).Select(words => words[0])]);

    /// <summary>The identifier as the list writes it; null when the list does not have it. Case does not matter, and neither do the usual spellings of one licence.</summary>
    /// <param name="text">An identifier, or a name such as <c>CC BY 4.0</c>.</param>
    public static string? Find(string text) => Known.Value.GetValueOrDefault(text) ?? (OneLicence().IsMatch(text) ? Known.Value.GetValueOrDefault(Spdx.Of(text)) : null);

    /// <summary>The identifier that a misspelt one probably means; null when none is close.</summary>
    /// <param name="text">The text as written.</param>
    public static string? Closest(string text) => Spelling.Closest(text, Known.Value.Values);

    /// <summary>Whether the schema of the Citation File Format has a licence.</summary>
    /// <param name="id">The identifier as the list writes it.</param>
    public static bool IsInCff(string id) => KnownToCff.Value.Contains(id);

    // Whatever else stands in a text may be another licence or a condition, which must not be taken for none.
    [GeneratedRegex(@"^(?:https?://\S+|cc0?(?:[ _-](?:by|nc|nd|sa|zero|[0-9]\.[0-9]))*|mit license|apache (?:license )?2\.0|odbl)$", RegexOptions.IgnoreCase)]
    private static partial Regex OneLicence();

    private static IEnumerable<string[]> Read()
    {
        using var reader = new StreamReader(typeof(SpdxLicenses).Assembly.GetManifestResourceStream("spdx-licenses.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' '));
    }
}
