using System.Text;

namespace DataManifest.Citations;

/// <summary>Writes citations as BibTeX.</summary>
internal static class BibTeX
{
    /// <summary>An entry of the type <c>misc</c>, which every style knows; its label is made of the dataset's name.</summary>
    /// <param name="citation">The citation.</param>
    public static string Of(Citation citation) => Of(citation, Label(citation.Name));

    /// <summary>A file with an entry for each; labels that BibTeX would take for one another get a number.</summary>
    /// <param name="citations">The citations.</param>
    public static string Of(IReadOnlyList<Citation> citations)
    {
        var labels = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return string.Join("\n", citations.Select(citation =>
        {
            var label = Label(citation.Name);
            for (var number = 2; !labels.Add(label); number++)
            {
                label = $"{Label(citation.Name)}_{number}";
            }

            return Of(citation, label) + "\n";
        }));
    }

    private static string Of(Citation citation, string label)
    {
        var text = new StringBuilder().Append("@misc{").Append(label);
        Add("author", string.Join(" and ", citation.Creators.Select(creator => creator.IsPerson ? Escape(creator.ToString()) : $"{{{Escape(creator.Family)}}}")));
        Add("title", $"{{{Escape(citation.Title)}}}");
        Add("year", citation.Year);
        Add("publisher", Escape(citation.Publisher));
        Add("version", Escape(citation.Version));
        Add("doi", Escape(citation.Doi));
        Add("url", Escape(citation.Url));
        Add("note", Escape(citation.License));
        return text.Append("\n}").ToString();

        void Add(string field, string value)
        {
            if (value.Length > 0)
            {
                text.Append(",\n  ").Append(field.PadRight(9)).Append(" = {").Append(value).Append('}');
            }
        }
    }

    private static string Label(string name)
    {
        var label = string.Concat(name.Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or ':' or '.' ? c : '_'));
        return label.Length > 0 ? label : "dataset";
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '\\' => @"\textbackslash{}",
                '~' => @"\textasciitilde{}",
                '^' => @"\textasciicircum{}",
                '{' or '}' or '&' or '%' or '$' or '#' or '_' => $@"\{c}",
                _ when char.IsControl(c) => " ",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
