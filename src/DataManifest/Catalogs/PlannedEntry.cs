using DataManifest.Manifest;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>What becomes of one proposal.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Name">The name that it has, or would have, in the manifest.</param>
/// <param name="Outcome">What is to be done.</param>
internal sealed record PlannedEntry(Proposal Proposal, string Name, CatalogOutcome Outcome)
{
    private readonly Lazy<TomlTable> _table = new(Proposal.ToTable);

    /// <summary>The dataset as the manifest has it already; null when it is written anew.</summary>
    public DatasetDeclaration? Existing { get; init; }

    /// <summary>Why it is refused.</summary>
    public DataManifestException? Error { get; init; }

    /// <summary>The table that is written.</summary>
    public TomlTable Table => _table.Value;

    /// <summary>The dataset as it is declared in the end.</summary>
    public DatasetDeclaration Declaration => Existing ?? DatasetDeclaration.Read(Name, Table);

    /// <summary>The same with a key of its own.</summary>
    /// <param name="key">The key.</param>
    public PlannedEntry WithKey(string key) => new(Proposal with { Key = key }, Name, Outcome);

    /// <summary>The same, but refused.</summary>
    /// <param name="error">Why.</param>
    public PlannedEntry Refused(DataManifestException error) => new(Proposal, Name, CatalogOutcome.Refused) { Error = error };
}
