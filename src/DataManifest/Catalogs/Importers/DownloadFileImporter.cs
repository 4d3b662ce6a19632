using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace DataManifest.Catalogs.Importers;

/// <summary>
/// The <c>DownloadFile</c> tasks of an MSBuild project, to show what they would be as datasets. Properties that the project itself sets to a plain text are filled in;
/// what else an address depends on only a build knows.
/// </summary>
internal sealed partial class DownloadFileImporter : IImporter
{
    private const int DeepestProperty = 16;
    private const int LongestAddress = 8192;

    /// <inheritdoc/>
    public Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var project = Parse(source);
        var properties = project.Descendants().Where(element => element.Parent?.Name.LocalName == "PropertyGroup")
            .GroupBy(element => element.Name.LocalName, StringComparer.OrdinalIgnoreCase)
            .Where(set => set.Count() == 1 && set.First().Value.Length <= LongestAddress)
            .ToDictionary(set => set.Key, set => set.First().Value.Trim(), StringComparer.OrdinalIgnoreCase);
        var proposals = new List<Proposal>();
        var notes = new List<string>();
        foreach (var task in project.Descendants().Where(element => element.Name.LocalName == "DownloadFile"))
        {
            var written = task.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "SourceUrl")?.Value.Trim() ?? "";
            var address = Fill(written, properties);
            if (address.Length == 0 || Reference().IsMatch(address))
            {
                notes.Add($"skipped '{written}', which depends on the build");
                continue;
            }

            var folder = Fill(task.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName == "DestinationFolder")?.Value.Trim() ?? "", properties);
            proposals.Add(source.Propose(source.Absolute(address)));
            notes.AddRange(folder.Length == 0 ? [] : [$"{proposals[^1].Name} is copied to {folder} now"]);
        }

        return Task.FromResult(new ImportedCatalog($"DownloadFile tasks of {source.FileName}", proposals) { Notes = notes });
    }

    private static string Fill(string text, Dictionary<string, string> properties)
    {
        // Properties of properties: each round takes one level away, and no address is so long that a malicious project could make it grow further.
        for (var depth = 0; depth < DeepestProperty && text.Length <= LongestAddress && Property().IsMatch(text); depth++)
        {
            text = Property().Replace(text, match => properties.GetValueOrDefault(match.Groups[1].Value, match.Value));
        }

        return text;
    }

    private static XDocument Parse(ImportSource source)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(source.ReadText()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader);
        }
        catch (XmlException broken)
        {
            throw source.Unreadable($"line {broken.LineNumber} is no XML");
        }
    }

    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_-]*)\)")]
    private static partial Regex Property();

    [GeneratedRegex(@"[$@%]\(")]
    private static partial Regex Reference();
}
