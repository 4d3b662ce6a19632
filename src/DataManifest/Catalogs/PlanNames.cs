using DataManifest.Diagnostics;
using DataManifest.Manifest;

namespace DataManifest.Catalogs;

/// <summary>Gives proposals their names in a manifest, and finds those that are declared already.</summary>
/// <param name="manifest">The manifest as it is.</param>
/// <param name="overwrite">Whether declarations that are there may be replaced.</param>
internal sealed class PlanNames(ManifestDocument manifest, bool overwrite)
{
    private readonly UniqueNames _taken = new(manifest.Datasets.Select(dataset => dataset.Name));
    private readonly ILookup<string, DatasetDeclaration> _bySource = manifest.Datasets.ToLookup(SourceOf, StringComparer.Ordinal);
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    /// <summary>Finds a proposal's name.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <exception cref="DataManifestException">The name is another dataset's, and no other one may be taken.</exception>
    public PlannedEntry Place(Proposal proposal) => proposal.MayRename ? PlaceAnywhere(proposal) : PlaceExactly(proposal);

    private PlannedEntry PlaceAnywhere(Proposal proposal)
    {
        var checksum = proposal.DeclaredChecksum;
        var same = _bySource[SourceOf(proposal.Uris)].Where(dataset => !_found.Contains(dataset.Name)).ToList();
        var existing = same.Find(dataset => checksum.Length == 0 || dataset.Checksum == checksum) ?? same.Find(dataset => dataset.Checksum.Length == 0);
        existing ??= overwrite ? same.FirstOrDefault() : null;
        if (existing is null)
        {
            return new PlannedEntry(proposal, _taken.Take(DatasetNames.Usable(proposal.Name)), CatalogOutcome.Added);
        }

        _found.Add(existing.Name);
        return overwrite ? new PlannedEntry(proposal, existing.Name, CatalogOutcome.Replaced)
            : existing is { Checksum.Length: 0, SkipChecksum: false } && checksum.Length > 0
                ? new PlannedEntry(proposal, existing.Name, CatalogOutcome.Pinned) { Existing = existing with { Checksum = checksum } }
                : new PlannedEntry(proposal, existing.Name, CatalogOutcome.Unchanged) { Existing = existing };
    }

    private PlannedEntry PlaceExactly(Proposal proposal)
    {
        foreach (var name in new[] { proposal.Name, proposal.OtherName }.Where(name => name.Length > 0))
        {
            if (name[0] == '_')
            {
                throw new DataManifestException(DiagnosticRules.NameTaken, $"'{name}' cannot be the name of a dataset: names with an underscore in front are those of structural tables.", name, "Choose another name.");
            }

            if (_taken.TryTake(name))
            {
                return new PlannedEntry(proposal, name, CatalogOutcome.Added);
            }

            var existing = manifest.Get(name);
            if (existing is not null && AreSame(existing, DatasetDeclaration.Read(name, proposal.ToTable())))
            {
                return new PlannedEntry(proposal, name, overwrite ? CatalogOutcome.Replaced : CatalogOutcome.Unchanged) { Existing = overwrite ? null : existing };
            }

            if (overwrite && existing is not null)
            {
                return new PlannedEntry(proposal, name, CatalogOutcome.Replaced);
            }
        }

        throw new DataManifestException(
            DiagnosticRules.NameTaken, $"The manifest has another dataset called '{proposal.Name}'.", proposal.Name, "Choose another name (--name), or replace it (--overwrite).");
    }

    /// <summary>
    /// Whether two declarations are of the same data, got in the same way. What only describes them does not count, nor does the checksum, nor the key, which may have been
    /// written because the derived one was that of other data.
    /// </summary>
    private static bool AreSame(DatasetDeclaration one, DatasetDeclaration other) =>
        SourceOf(one) == SourceOf(other)
        && (one.Version, one.Branch, one.Extract, one.LazyAccess, one.Format) == (other.Version, other.Branch, other.Extract, other.LazyAccess, other.Format)
        && (one.Doi.Length == 0 || other.Doi.Length == 0 || string.Equals(one.Doi, other.Doi, StringComparison.OrdinalIgnoreCase))
        && (one.StoragePath, one.SkipDownload, one.Shell) == (other.StoragePath, other.SkipDownload, other.Shell);

    private static string SourceOf(DatasetDeclaration dataset) => SourceOf(dataset.Uris.Count > 0 ? dataset.Uris : [dataset.Uri]);

    private static string SourceOf(IReadOnlyList<string> uris) => string.Join('\n', uris);
}
