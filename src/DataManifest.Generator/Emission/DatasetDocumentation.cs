using DataManifest.Generator.Model;
using DataManifest.Manifest;

namespace DataManifest.Generator.Emission;

/// <summary>The documentation comment of a dataset: what an editor shows in the tooltip.</summary>
internal static class DatasetDocumentation
{
    /// <summary>What is said of a dataset that is obsolete for no reason given.</summary>
    public const string NoReason = "the manifest says that it should no longer be used.";

    /// <summary>A tooltip is no place for a longer text; the dataset's own <c>Description</c> is whole.</summary>
    private const int MaxDescription = 2000;

    /// <summary>So much of a digest tells it apart from any other that somebody looks at.</summary>
    private const int ShownDigest = 12;

    /// <summary>Writes the comment, a paragraph for the description and one for each fact that the manifest states.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="size">How large the data are; empty when nobody knows.</param>
    public static void Write(CodeWriter code, DatasetModel dataset, string size)
    {
        Line(code, "<summary>");
        var description = CSharpText.XmlLines(Start(dataset.Description)).ToList();
        foreach (var line in description.Count > 0 ? description : [$"The dataset <c>{CSharpText.Xml(dataset.Name)}</c>."])
        {
            Line(code, line);
        }

        if (dataset.Obsolete is { } reason)
        {
            Paragraph(code, "Obsolete", CSharpText.Xml(reason.Length > 0 ? Start(reason) : NoReason));
        }

        Paragraph(code, "Source", Source(UriCredentials.Remove(dataset.Source)) + (dataset.MoreSources == 0 ? "" : $" and {dataset.MoreSources} more"));
        Paragraph(code, "DOI", Doi(dataset.Doi));
        Paragraph(code, "Version", CSharpText.Xml(dataset.Version));
        Paragraph(code, "Format", CSharpText.Xml(dataset.Format));
        Paragraph(code, "Size", size);
        Paragraph(code, "Licence", CSharpText.Xml(dataset.License));
        Paragraph(code, "Cite as", CSharpText.Xml(Start(dataset.Citation)));
        Paragraph(code, "Checksum", CSharpText.Xml(Short(dataset.Checksum)));
        Line(code, "</summary>");
    }

    private static string Start(string text)
    {
        if (text.Length <= MaxDescription)
        {
            return text;
        }

        return text.Substring(0, char.IsHighSurrogate(text[MaxDescription - 1]) ? MaxDescription - 1 : MaxDescription) + " …";
    }

    private static string Short(string checksum)
    {
        var end = checksum.IndexOf(':') + 1 + ShownDigest;
        return checksum.Length > end ? checksum.Substring(0, end) + "…" : checksum;
    }

    /// <summary>A source as a link where a browser can follow it.</summary>
    private static string Source(string uri) =>
        !uri.Any(char.IsSurrogate) && Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "ftp"
            ? Link(address.AbsoluteUri, uri)
            : CSharpText.Xml(uri);

    private static string Doi(string doi)
    {
        var bare = Citations.Citation.BareDoi(doi);
        return bare.StartsWith("10.", StringComparison.Ordinal) && !bare.Any(char.IsSurrogate)
            ? Link($"https://doi.org/{string.Join("/", bare.Split('/').Select(Uri.EscapeDataString))}", bare)
            : CSharpText.Xml(doi);
    }

    private static string Link(string address, string text) => $"<see href=\"{CSharpText.Xml(address)}\">{CSharpText.Xml(text)}</see>";

    private static void Paragraph(CodeWriter code, string title, string xml)
    {
        if (xml.Length > 0)
        {
            Line(code, $"<para>{title}: {xml}</para>");
        }
    }

    private static void Line(CodeWriter code, string text) => code.Line("/// " + text);
}
