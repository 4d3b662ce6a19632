using System.Text;
using System.Text.RegularExpressions;
using DataManifest.Citations;

namespace DataManifest.Provenance;

/// <summary>Writes a page in Markdown (CommonMark) that gives those who made the data their due: citation, licence and address of each dataset.</summary>
internal static partial class AttributionPage
{
    /// <summary>The page.</summary>
    /// <param name="citations">The datasets.</param>
    public static string Of(IReadOnlyList<Citation> citations)
    {
        var page = new StringBuilder("# Data\n");
        foreach (var citation in citations)
        {
            page.Append("\n## ").Append(Escape(citation.Name)).Append("\n\n").Append(Escape(citation.ToApa())).Append('\n');
            Add("Licence", LicenseOf(citation.License));
            Add("Source", Uri.TryCreate(citation.Url, UriKind.Absolute, out var address) ? $"<{address.AbsoluteUri}>" : "");
        }

        return page.ToString();

        void Add(string label, string value)
        {
            if (value.Length > 0)
            {
                page.Append('\n').Append(label).Append(": ").Append(value).Append('\n');
            }
        }
    }

    private static string LicenseOf(string license) =>
        SpdxLicenses.Find(license) is { } known ? $"[{known}](https://spdx.org/licenses/{Uri.EscapeDataString(known)}.html)" : Escape(license);

    /// <summary>What Markdown or HTML would read a meaning into, on one line.</summary>
    private static string Escape(string text) => Special().Replace(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), @"\$0");

    [GeneratedRegex(@"[\\`*_{}\[\]<>()#!|&~]|(?<=^[0-9]+)[.)]|^[+-]")]
    private static partial Regex Special();
}
