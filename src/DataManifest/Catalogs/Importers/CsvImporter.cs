using Microsoft.VisualBasic.FileIO;

namespace DataManifest.Catalogs.Importers;

/// <summary>A table with a header line: a column <c>url</c>, and perhaps <c>name</c>, <c>sha256</c> or <c>checksum</c> (<c>algo:hex</c>), in any case and order.</summary>
internal sealed class CsvImporter : IImporter
{
    /// <inheritdoc/>
    public Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        using var table = new TextFieldParser(new StringReader(source.ReadText())) { TextFieldType = FieldType.Delimited, HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
        table.SetDelimiters(",");
        try
        {
            var header = (table.ReadFields() ?? []).Select(column => column.Trim().ToLowerInvariant()).ToList();
            var (url, name, sha256, checksum) = (header.IndexOf("url"), header.IndexOf("name"), header.IndexOf("sha256"), header.IndexOf("checksum"));
            if (url < 0)
            {
                throw source.Unreadable($"it has no column 'url' ({(header.Count == 0 ? "it is empty" : $"its columns are {string.Join(", ", header)}")})");
            }

            var proposals = new List<Proposal>();
            while (table.ReadFields() is { } row)
            {
                if (Field(row, url) is { Length: > 0 } address)
                {
                    var proposal = source.Propose(source.Absolute(address));
                    proposals.Add(proposal with
                    {
                        Name = Field(row, name) is { Length: > 0 } given ? given : proposal.Name,
                        Checksum = Field(row, sha256) is { Length: > 0 } digest ? $"sha256:{digest}" : Field(row, checksum),
                    });
                }
            }

            return Task.FromResult(new ImportedCatalog($"CSV {source.FileName}", proposals));
        }
        catch (MalformedLineException malformed)
        {
            throw source.Unreadable($"line {malformed.LineNumber} has quotes that do not fit");
        }

        static string Field(string[] row, int column) => column >= 0 && column < row.Length ? row[column].Trim() : "";
    }
}
