namespace DataManifest.Catalogs.Importers;

/// <summary>A catalogue of intake: every source whose <c>args.urlpath</c> is one address without patterns or templates.</summary>
internal sealed class IntakeImporter : IImporter
{
    /// <inheritdoc/>
    public Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken)
    {
        var proposals = new List<Proposal>();
        var skipped = new List<string>();
        foreach (var (name, entry) in YamlReader.Read(source, source.ReadText())["sources"].Entries)
        {
            var address = entry["args"]["urlpath"].Text;
            if (address.Length == 0 || address.AsSpan().ContainsAny('*', '{'))
            {
                skipped.Add(name);
                continue;
            }

            proposals.Add(source.Propose(source.Absolute(address)) with { Name = name, Description = entry["description"].Text });
        }

        return Task.FromResult(new ImportedCatalog($"intake catalog {source.FileName}", proposals)
        {
            Notes = skipped.Count == 0 ? [] : [$"skipped {skipped.Count} source(s) without a single-file urlpath: {string.Join(", ", skipped.Order(StringComparer.Ordinal))}"],
        });
    }
}
