namespace DataManifest.Catalogs.Importers;

/// <summary>Reads the declarations of another tool.</summary>
internal interface IImporter
{
    /// <summary>Reads a file.</summary>
    /// <param name="source">The file and the options.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DataManifestException">The file cannot be read, or is no such file.</exception>
    Task<ImportedCatalog> ReadAsync(ImportSource source, CancellationToken cancellationToken);
}

/// <summary>What another tool declares.</summary>
/// <param name="Source">The file as reports call it, as <c>pooch registry registry.txt</c>.</param>
/// <param name="Proposals">The datasets.</param>
internal sealed record ImportedCatalog(string Source, IReadOnlyList<Proposal> Proposals)
{
    /// <summary>What is left out, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether local copies were looked for, whatever the options say.</summary>
    public bool HasCache { get; init; }
}
