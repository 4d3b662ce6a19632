using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DataManifest.Citations;

namespace DataManifest.Provenance;

/// <summary>Writes citations in the Citation File Format 1.2.0. What its schema refuses is left out.</summary>
internal static partial class Cff
{
    /// <summary>One dataset as the file's own subject; several as references of a collection.</summary>
    /// <param name="citations">The citations; of none comes a file without references.</param>
    public static string Of(IReadOnlyList<Citation> citations)
    {
        var text = new StringBuilder("cff-version: 1.2.0\nmessage: \"If you use these data, please cite them as below.\"\n");
        if (citations.Count == 1)
        {
            Append(text, citations[0], "", isReference: false);
            return text.ToString();
        }

        text.Append("type: dataset\ntitle: \"Data\"\n");
        AppendCreators(text, [.. citations.SelectMany(citation => citation.Creators)], "", "");
        text.Append(citations.Count > 0 ? "references:\n" : "");
        var references = new HashSet<string>(StringComparer.Ordinal);
        foreach (var citation in citations)
        {
            var reference = new StringBuilder();
            Append(reference, citation, "    ", isReference: true);
            text.Append(references.Add(reference.ToString()) ? reference : null);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Citation citation, string indent, bool isReference)
    {
        text.Append(isReference ? indent[2..] + "- " : indent).Append(isReference ? "type: data\n" : "type: dataset\n");
        Add("title", citation.Title);
        AppendCreators(text, citation.Creators, indent, citation.Publisher);
        Add("version", citation.Version);
        Add("doi", Doi().IsMatch(citation.Doi) ? citation.Doi : "");
        Add("url", AddressOf(citation.Url));
        AppendLicense(text, citation.License, indent);
        var isDay = DateTime.TryParseExact(citation.Published, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        Add("date-released", isDay ? citation.Published : "");
        if (isReference && citation.Year.Length > 0)
        {
            text.Append(indent).Append("year: ").Append(citation.Year).Append('\n');
        }

        if (isReference && citation.Publisher.Length > 0)
        {
            text.Append(indent).Append("publisher:\n").Append(indent).Append("  name: ").Append(Quote(citation.Publisher)).Append('\n');
        }

        void Add(string field, string value)
        {
            if (value.Length > 0)
            {
                text.Append(indent).Append(field).Append(": ").Append(Quote(value)).Append('\n');
            }
        }
    }

    /// <summary>The authors, each once, of whom the format wants at least one.</summary>
    private static void AppendCreators(StringBuilder text, IReadOnlyList<CitedCreator> creators, string indent, string publisher)
    {
        text.Append(indent).Append("authors:\n");
        foreach (var creator in creators.Count > 0 ? creators.Distinct() : [new CitedCreator(publisher.Length > 0 ? publisher : "Anonymous", "")])
        {
            text.Append(indent).Append("  - ").Append(creator.IsPerson ? "family-names: " : "name: ").Append(Quote(creator.Family)).Append('\n');
            if (creator.IsPerson)
            {
                text.Append(indent).Append("    given-names: ").Append(Quote(creator.Given)).Append('\n');
            }
        }
    }

    /// <summary>
    /// The licence, or several of which one may be chosen. The format knows the SPDX list of 2021; a newer licence, or one with an address of its own, is given by its
    /// address, and what has none cannot be said.
    /// </summary>
    private static void AppendLicense(StringBuilder text, string license, string indent)
    {
        string[] choices = LicenseExpression.TryParse(license) switch
        {
            LicenseExpression.License one => [one.ToString()],
            LicenseExpression.Combination { IsChoice: true, Parts: var parts } when parts.All(part => part is LicenseExpression.License) => [.. parts.Select(part => part.ToString()!).Distinct()],
            _ => [],
        };
        if (choices.Length > 0 && choices.All(SpdxLicenses.IsInCff))
        {
            text.Append(indent).Append("license:").Append(choices is [var only] ? $" {Quote(only)}\n" : string.Concat(choices.Select(choice => $"\n{indent}  - {Quote(choice)}")) + "\n");
        }
        else if ((choices is [var newer] && SpdxLicenses.Find(newer) is { } known ? $"https://spdx.org/licenses/{known}.html" : AddressOf(license)) is { Length: > 0 } address)
        {
            text.Append(indent).Append("license-url: ").Append(Quote(address)).Append('\n');
        }
    }

    private static string AddressOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "ftp" or "sftp" ? address.AbsoluteUri : "";

    /// <summary>A text in double quotes, as YAML reads it back.</summary>
    private static string Quote(string text) => $"\"{Special().Replace(text, found => found.Value is "\"" or "\\" ? $"\\{found.Value}" : $"\\u{(int)found.Value[0]:x4}")}\"";

    [GeneratedRegex(@"^10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+$")]
    private static partial Regex Doi();

    [GeneratedRegex(@"[""\\\p{Cc}\u2028\u2029\uFEFF]")]
    private static partial Regex Special();
}
