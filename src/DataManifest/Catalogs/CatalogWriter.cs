using DataManifest.Diagnostics;
using DataManifest.Hashing;
using DataManifest.State;
using DataManifest.Storage;
using DataManifest.Text;
using DataManifest.Toml;

namespace DataManifest.Catalogs;

/// <summary>Writes proposals into a manifest, all in one change, and records the local copies that are used in place.</summary>
/// <param name="database">The manifest and the state file.</param>
internal sealed class CatalogWriter(Database database)
{
    private readonly DatasetLocator _locator = database.Locator;

    /// <summary>Declares what is proposed.</summary>
    /// <param name="proposals">The proposals, in the order of the source.</param>
    /// <param name="overwrite">Whether declarations that are there may be replaced.</param>
    /// <param name="dryRun">Whether to change nothing.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>One entry per proposal, and what a person should know of the state file.</returns>
    /// <exception cref="DataManifestException">A name is taken, or the manifest cannot be changed. It is as it was.</exception>
    public async Task<(IReadOnlyList<CatalogEntry> Entries, IReadOnlyList<string> Notes)> WriteAsync(
        IReadOnlyList<Proposal> proposals, bool overwrite, bool dryRun, CancellationToken cancellationToken)
    {
        var copies = new CachedCopy[proposals.Count];
        await Parallel.ForAsync(0, copies.Length, cancellationToken, async (i, token) =>
            copies[i] = await CachedCopy.InspectAsync(proposals[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        List<Proposal> pinned = [.. proposals.Select((proposal, i) => copies[i].Fill(proposal))];

        IReadOnlyList<PlannedEntry> plan = [];
        if (dryRun)
        {
            plan = CatalogPlan.Make(TomlDocument.Parse(database.Manifest.Text), database.Manifest.Path, pinned, overwrite);
        }
        else if (pinned.Count > 0)
        {
            await new ManifestFile(database.Manifest.Path, _locator.Storage).UpdateAsync(
                (document, editor) =>
                {
                    plan = CatalogPlan.Make(document, database.Manifest.Path, pinned, overwrite);
                    CatalogPlan.Queue(document, editor, plan);
                },
                "",
                cancellationToken).ConfigureAwait(false);
        }

        CatalogEntry[] entries = [.. plan.Select((entry, i) => new CatalogEntry(entry.Declaration, entry.Outcome) { Table = TableOf(entry), Cache = OutcomeOf(entry, copies[i]), Error = entry.Error })];
        var problem = dryRun ? null : await AdoptAsync(entries, proposals, copies, cancellationToken).ConfigureAwait(false);
        return (entries, problem is null ? [] : [problem.Message]);
    }

    private Task<StorageDiagnostic?> AdoptAsync(CatalogEntry[] entries, IReadOnlyList<Proposal> proposals, CachedCopy[] copies, CancellationToken cancellationToken) =>
        !entries.Any(entry => entry.Cache == CacheOutcome.Adopted) ? Task.FromResult<StorageDiagnostic?>(null) : _locator.State.UpdateAsync(
            state =>
            {
                for (var i = 0; i < entries.Length; i++)
                {
                    if (entries[i].Cache == CacheOutcome.Adopted)
                    {
                        var declared = Checksum.Parse(entries[i].Dataset.Checksum);
                        var sha256 = declared.Algorithm == Checksum.DefaultAlgorithm ? copies[i].Sha256 : "";
                        state.SetDataset(entries[i].Dataset.Key, _locator.State.Portable(Path.GetFullPath(proposals[i].CacheFile)), sha256);
                    }
                }
            },
            cancellationToken);

    private TomlTable TableOf(PlannedEntry entry) => entry.Existing is null ? entry.Table : database.Manifest.TableOf(entry.Name) ?? entry.Table;

    /// <summary>A copy counts for the dataset as it is declared in the end, which may be another declaration of the same source.</summary>
    private static CacheOutcome OutcomeOf(PlannedEntry entry, CachedCopy copy) =>
        entry.Outcome == CatalogOutcome.Refused ? CacheOutcome.None
        : copy.Outcome == CacheOutcome.Adopted && entry.Existing is { } existing && (existing.Extract || existing.LazyAccess || existing.SkipDownload) ? CacheOutcome.Archive
        : copy.Outcome == CacheOutcome.Adopted && entry.Existing is { Checksum.Length: > 0 } pinned && !copy.Has(Checksum.Parse(pinned.Checksum)) ? CacheOutcome.Mismatch
        : copy.Outcome;
}
