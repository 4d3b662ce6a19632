using DataManifest.Generator.Model;

namespace DataManifest.Generator.Emission;

/// <summary>The documentation comment of a dataset: what an editor shows in the tooltip.</summary>
internal static class DatasetDocumentation
{
    private static readonly string[] DoiPrefixes = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];

    /// <summary>Writes the comment, a paragraph for the description and one for each fact that the manifest states.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="dataset">The dataset.</param>
    public static void Write(CodeWriter code, DatasetModel dataset)
    {
        Line(code, "<summary>");
        var description = CSharpText.XmlLines(dataset.Description).ToList();
        foreach (var line in description.Count > 0 ? description : [$"The dataset <c>{CSharpText.Xml(dataset.Name)}</c>."])
        {
            Line(code, line);
        }

        if (dataset.Source.Length > 0)
        {
            var more = dataset.MoreSources == 0 ? "" : $" and {dataset.MoreSources} more";
            Line(code, $"<para>Source: {CSharpText.Xml(WithoutSecrets(dataset.Source))}{more}</para>");
        }

        if (dataset.Doi.Length > 0)
        {
            Line(code, $"<para>DOI: {Doi(dataset.Doi)}</para>");
        }

        Fact(code, "Version", dataset.Version);
        Fact(code, "Format", dataset.Format);
        Fact(code, "Checksum", dataset.Checksum);
        Line(code, "</summary>");
    }

    /// <summary>A source without what may be secret: user name, password, and a query, which may carry a signature.</summary>
    private static string WithoutSecrets(string uri)
    {
        var query = uri.IndexOf('?');
        var shown = query < 0 ? uri : uri.Substring(0, query);
        var authority = shown.IndexOf("//", StringComparison.Ordinal) + 2;
        if (authority < 2)
        {
            return shown;
        }

        var end = shown.IndexOf('/', authority);
        var user = shown.LastIndexOf('@', end < 0 ? shown.Length - 1 : end);
        return user < authority ? shown : shown.Substring(0, authority) + shown.Substring(user + 1);
    }

    private static string Doi(string doi)
    {
        var bare = doi.Trim();
        var prefix = Array.Find(DoiPrefixes, p => bare.StartsWith(p, StringComparison.OrdinalIgnoreCase));
        bare = prefix is null ? bare : bare.Substring(prefix.Length).Trim();
        return bare.StartsWith("10.", StringComparison.Ordinal) && !bare.Any(char.IsSurrogate)
            ? $"<see href=\"https://doi.org/{CSharpText.Xml(string.Join("/", bare.Split('/').Select(Uri.EscapeDataString)))}\">{CSharpText.Xml(bare)}</see>"
            : CSharpText.Xml(doi);
    }

    private static void Fact(CodeWriter code, string title, string value)
    {
        if (value.Length > 0)
        {
            Line(code, $"<para>{title}: {CSharpText.Xml(value)}</para>");
        }
    }

    private static void Line(CodeWriter code, string text) => code.Line("/// " + text);
}
