using DataManifest.Fetching;

namespace DataManifest.Catalogs;

/// <summary>What came of adding or importing datasets.</summary>
/// <param name="Source">Where they come from, as <c>Zenodo record 123</c> or <c>pooch registry registry.txt</c>; the reference itself for a single address.</param>
/// <param name="Entries">One entry per dataset, in the order of the source.</param>
public sealed record CatalogReport(string Source, IReadOnlyList<CatalogEntry> Entries)
{
    /// <summary>What a person should know besides: what was left out, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether nothing was written because that was asked for, or because such a source is only reported on.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether local copies were looked for.</summary>
    public bool HasCache { get; init; }

    /// <summary>Whether the reference was one address, not a record or a file with many.</summary>
    public bool IsAddress { get; init; }

    /// <summary>What is said when nothing was found, as <c>no files matched.</c></summary>
    internal string Nothing { get; init; } = "nothing to import.";

    /// <summary>What fetching the added dataset brought; null when nothing was to be fetched.</summary>
    public FetchReport? Fetch { get; init; }

    /// <summary>Whether an entry was refused, or could not be fetched.</summary>
    public bool HasFailures => Fetch?.HasFailures == true || Entries.Any(entry => entry.Error is not null);

    /// <summary>The report as text, in the form that the command lines of the format share; empty for a single address that was added plainly.</summary>
    public string ToText() => CatalogText.Of(this);
}
