using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataManifest.Provenance;

namespace DataManifest.Catalogs.Citations;

/// <summary>Writes citations in the Citation File Format 1.2.0. Texts are quoted as JSON does, which YAML reads the same way.</summary>
internal static class Cff
{
    /// <summary>One dataset as the file's own subject; several as references of a collection.</summary>
    /// <param name="citations">The citations; of none comes a file without references.</param>
    public static string Of(IReadOnlyList<Citation> citations)
    {
        var text = new StringBuilder("cff-version: 1.2.0\nmessage: \"If you use these data, please cite them as below.\"\n");
        if (citations is [var only])
        {
            Append(text, only, "", isReference: false);
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
        text.Append(isReference ? indent[..^2] + "- " : indent).Append(isReference ? "type: data\n" : "type: dataset\n");
        Add("title", citation.Title);
        AppendCreators(text, citation.Creators, indent, citation.Publisher);
        Add("version", citation.Version);
        Add("doi", citation.Doi);
        Add("url", citation.Url);
        Add("license", SpdxLicenses.Find(citation.License) ?? "");
        var isDay = DateOnly.TryParseExact(citation.Published, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
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

    /// <summary>The authors, of whom the format wants at least one.</summary>
    private static void AppendCreators(StringBuilder text, IReadOnlyList<CitedCreator> creators, string indent, string publisher)
    {
        text.Append(indent).Append("authors:\n");
        foreach (var creator in creators.Count > 0 ? creators : [new CitedCreator(publisher.Length > 0 ? publisher : "Anonymous", "")])
        {
            text.Append(indent).Append("  - ").Append(creator.IsPerson ? "family-names: " : "name: ").Append(Quote(creator.Family)).Append('\n');
            if (creator.IsPerson)
            {
                text.Append(indent).Append("    given-names: ").Append(Quote(creator.Given)).Append('\n');
            }
        }
    }

    private static string Quote(string value) => $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
