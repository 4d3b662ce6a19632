using DataManifest.Bindings;

namespace DataManifest.Catalogs.Importers;

/// <summary>A registry of pooch: per line a file, its digest, and perhaps its address; words may be quoted; <c>#</c> begins a comment line.</summary>
internal sealed class PoochImporter : IImporter
{
    /// <inheritdoc/>
    public Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var proposals = new List<Proposal>();
        var number = 0;
        foreach (var line in source.ReadText().Split('\n').Select(line => line.Trim()))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (Words(source, line, number) is not [var file, var digest, .. var rest] || rest.Count > 1)
            {
                throw source.Unreadable($"line {number} is not 'file digest [address]'");
            }

            var address = rest.Count > 0 && rest[0].Length > 0 ? rest[0] : source.BaseUrl.Length > 0 ? $"{source.BaseUrl.TrimEnd('/')}/{file.TrimStart('/')}" : throw source.NeedsBaseUrl();
            var checksum = digest.ToLowerInvariant();
            proposals.Add(source.WithCache(
                new Proposal
                {
                    Name = DatasetNames.OfPath(file),
                    MayRename = true,
                    Uris = [address],
                    Checksum = checksum.Contains(':', StringComparison.Ordinal) ? checksum : $"sha256:{checksum}",
                },
                file));
        }

        return Task.FromResult(new ImportedCatalog($"pooch registry {source.FileName}", proposals));
    }

    private static List<string> Words(ImportSource source, string line, int number)
    {
        try
        {
            return [.. ShellTemplate.Words(line)];
        }
        catch (TemplateException)
        {
            throw source.Unreadable($"a quotation in line {number} is not closed");
        }
    }
}
