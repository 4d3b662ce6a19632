using System.Text.RegularExpressions;

namespace DataManifest.Catalogs.Repositories;

/// <summary>Names licences as SPDX does, where repositories have spellings of their own.</summary>
internal static partial class Spdx
{
    /// <summary>The SPDX identifier of a licence that a repository names; the name itself when it is not known here.</summary>
    /// <param name="name">An identifier in any case, a name or an address.</param>
    public static string Of(string name)
    {
        var text = name.Trim().TrimEnd('/');
        if (Identifier().Match(text) is { Success: true } own)
        {
            return own.Groups[1].Value;
        }

        if (CreativeCommons(text) is { } found)
        {
            return found;
        }

        return text.ToLowerInvariant() switch
        {
            "mit" or "mit license" => "MIT",
            "apache-2.0" or "apache 2.0" or "apache license 2.0" => "Apache-2.0",
            "gpl-3.0" or "gpl 3.0" or "gpl 3.0+" => "GPL-3.0-or-later",
            "bsd-3-clause" => "BSD-3-Clause",
            "odbl-1.0" or "odbl" => "ODbL-1.0",
            _ => text,
        };
    }

    /// <summary><c>cc-by-4.0</c>, <c>CC BY 4.0</c>, <c>https://creativecommons.org/licenses/by/4.0</c>, <c>cc-zero</c>, … as SPDX writes them; null for anything else.</summary>
    private static string? CreativeCommons(string text)
    {
        var words = text.ToLowerInvariant().Replace("creativecommons.org", "", StringComparison.Ordinal).Split([' ', '-', '/', ':', '_'], StringSplitOptions.RemoveEmptyEntries);
        var isOne = text.Contains("creativecommons.org", StringComparison.OrdinalIgnoreCase) || words.FirstOrDefault() is "cc" or "cc0";
        if (!isOne)
        {
            return null;
        }

        if (words.Any(word => word is "zero" or "cc0"))
        {
            return "CC0-1.0";
        }

        var terms = words.Where(word => word is "by" or "nc" or "nd" or "sa").Select(word => word.ToUpperInvariant()).ToList();
        var version = words.FirstOrDefault(word => word.Length == 3 && char.IsAsciiDigit(word[0]) && word[1] == '.' && char.IsAsciiDigit(word[2]));
        return terms.Count > 0 && version is not null ? $"CC-{string.Join('-', terms)}-{version}" : null;
    }

    [GeneratedRegex(@"^https?://spdx\.org/licenses/([A-Za-z0-9.+-]+?)(?:\.html|\.json)?$")]
    private static partial Regex Identifier();
}
