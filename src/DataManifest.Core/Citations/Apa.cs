namespace DataManifest.Citations;

/// <summary>Writes citations as text, in the seventh edition of the APA's style.</summary>
internal static class Apa
{
    private const int MostNames = 20;

    /// <summary>One line.</summary>
    /// <param name="citation">The citation.</param>
    public static string Of(Citation citation)
    {
        var title = citation.Title.TrimEnd('.') + (citation.Version.Length > 0 ? $" (Version {citation.Version})" : "") + " [Data set].";
        var year = $"({(citation.Year.Length > 0 ? citation.Year : "n.d.")}).";
        var authors = Authors(citation.Creators);
        string[] parts = authors.Length > 0 ? [authors, year, title] : [title, year];
        var publisher = citation.Publisher.Length > 0 ? $" {citation.Publisher.TrimEnd('.')}." : "";
        return string.Join(" ", string.Join(" ", parts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + publisher + (citation.Url.Length > 0 ? $" {citation.Url}" : "");
    }

    private static string Authors(IReadOnlyList<CitedCreator> creators)
    {
        var names = creators.Select(Name).ToList();
        var text = names.Count > MostNames ? $"{string.Join(", ", names.Take(MostNames - 1))}, … {names[names.Count - 1]}"
            : names.Count > 1 ? $"{string.Join(", ", names.Take(names.Count - 1))}, & {names[names.Count - 1]}"
            : names.FirstOrDefault() ?? "";
        return text.Length == 0 || text[text.Length - 1] == '.' ? text : text + ".";
    }

    private static string Name(CitedCreator creator) => creator.IsPerson
        ? $"{creator.Family}, {string.Join(" ", creator.Given.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(Initials))}"
        : creator.Family;

    /// <summary>The initial of a name, and of each part of a name with dashes.</summary>
    private static string Initials(string name) =>
        string.Join("-", name.Split(['-'], StringSplitOptions.RemoveEmptyEntries).Select(part => $"{System.Globalization.StringInfo.GetNextTextElement(part)}."));
}
