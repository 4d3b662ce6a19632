using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DataManifest.Toml;

namespace DataManifest.Citations;

/// <summary>Writes citations in the Citation File Format 1.2.0. Texts are quoted as TOML does, which YAML reads the same way.</summary>
internal static class Cff
{
    private static readonly Lazy<Regex> LicenseIdentifier = new(() => new("^[A-Za-z0-9][A-Za-z0-9.+-]*$"));

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
        AppendCreators(text, [.. citations.SelectMany(citation => citation.Creators).Distinct()], "", "");
        text.Append(citations.Count > 0 ? "references:\n" : "");
        foreach (var citation in citations)
        {
            Append(text, citation, "    ", isReference: true);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Citation citation, string indent, bool isReference)
    {
        text.Append(isReference ? indent.Substring(2) + "- " : indent).Append(isReference ? "type: data\n" : "type: dataset\n");
        Add("title", citation.Title);
        AppendCreators(text, citation.Creators, indent, citation.Publisher);
        Add("version", citation.Version);
        Add("doi", citation.Doi);
        Add("url", citation.Url);
        Add("license", LicenseIdentifier.Value.IsMatch(citation.License) ? citation.License : "");
        var isDay = DateTime.TryParseExact(citation.Published, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        Add("date-released", isDay ? citation.Published : "");
        if (isReference && citation.Year.Length > 0)
        {
            text.Append(indent).Append("year: ").Append(citation.Year).Append('\n');
        }

        if (isReference && citation.Publisher.Length > 0)
        {
            text.Append(indent).Append("publisher:\n").Append(indent).Append("  name: ").Append(TomlFormat.BasicString(citation.Publisher)).Append('\n');
        }

        void Add(string field, string value)
        {
            if (value.Length > 0)
            {
                text.Append(indent).Append(field).Append(": ").Append(TomlFormat.BasicString(value)).Append('\n');
            }
        }
    }

    /// <summary>The authors, of whom the format wants at least one.</summary>
    private static void AppendCreators(StringBuilder text, IReadOnlyList<CitedCreator> creators, string indent, string publisher)
    {
        text.Append(indent).Append("authors:\n");
        foreach (var creator in creators.Count > 0 ? creators : [new CitedCreator(publisher.Length > 0 ? publisher : "Anonymous", "")])
        {
            text.Append(indent).Append("  - ").Append(creator.IsPerson ? "family-names: " : "name: ").Append(TomlFormat.BasicString(creator.Family)).Append('\n');
            if (creator.IsPerson)
            {
                text.Append(indent).Append("    given-names: ").Append(TomlFormat.BasicString(creator.Given)).Append('\n');
            }
        }
    }
}
