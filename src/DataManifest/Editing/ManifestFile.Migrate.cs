using DataManifest.Manifest;
using DataManifest.State;
using DataManifest.Storage;
using DataManifest.Toml;

namespace DataManifest;

public sealed partial class ManifestFile
{
    /// <summary>
    /// Brings a manifest of an older version to the present one by the smallest edits, and records in the state file where data already are. No data are moved, fetched or verified.
    /// </summary>
    /// <param name="dryRun">Whether only to say what would change.</param>
    /// <param name="folders">Path expressions of the folders to look for data in; null for those that older versions used.</param>
    /// <param name="choose">Chooses among several places of a dataset's data; null for the first in a folder <c>datasets</c>. Returning null skips the dataset.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <exception cref="DataManifestException">The manifest cannot be read or written. It is as it was.</exception>
    public async Task<MigrationReport> MigrateAsync(
        bool dryRun = false, IReadOnlyList<string>? folders = null, Func<string, IReadOnlyList<string>, string?>? choose = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<MigrationStep> steps = [];
        var migrated = "";
        if (dryRun)
        {
            await GuardAsync(() => Task.FromResult(Migrate(TomlDocument.Parse(TomlText.Decode(SmallFile.ReadAllBytes(path))))), "").ConfigureAwait(false);
        }
        else
        {
            await RewriteAsync(Migrate, "", cancellationToken).ConfigureAwait(false);
        }

        var state = new StateFile(storage);
        var found = FindData(ManifestDocument.Parse(migrated, path), state, storage.FoldersOfOlderVersions(folders), choose ?? DefaultChoice);
        var problem = dryRun || found.Count == 0 ? null : await state.UpdateAsync(document => Record(document, found), cancellationToken).ConfigureAwait(false);
        return new MigrationReport(steps, [.. found.Select(item => item.Data)], problem);

        string Migrate(TomlDocument document)
        {
            var editor = new TomlEditor(document);
            steps = ManifestMigration.Plan(document, editor);
            migrated = editor.ToText();
            return storage.Canonical && steps.Count > 0 ? CanonicalUnlessHostsTurn(migrated) : migrated;
        }
    }

    private static List<(string Key, FoundData Data)> FindData(
        ManifestDocument manifest, StateFile state, IReadOnlyList<string> folders, Func<string, IReadOnlyList<string>, string?> choose)
    {
        var found = new List<(string, FoundData)>();
        foreach (var dataset in manifest.Datasets.Where(dataset => !dataset.SkipDownload && !dataset.LazyAccess && dataset.StoragePath.Length == 0 && !StoreKey.LeavesStore(dataset.Key)))
        {
            // What was unpacked counts before the archive that it came from, which lies beside it.
            List<string> places = [.. folders
                .Select(folder => new[] { dataset.StoredName, dataset.Key }.Select(name => Path.Join(folder, StoragePath.Native(name))).FirstOrDefault(Path.Exists))
                .OfType<string>()];
            if (places.Count > 0 && (places.Count == 1 ? places[0] : choose(dataset.Name, places)) is { } place)
            {
                found.Add((dataset.Key, new FoundData(dataset.Name, place, state.Portable(place), places)));
            }
        }

        return found;
    }

    private static string DefaultChoice(string dataset, IReadOnlyList<string> places) =>
        places.FirstOrDefault(place => place.Split('/', '\\').Contains("datasets", StringComparer.Ordinal)) ?? places[0];

    /// <summary>Without digests: nobody has computed them, and the record would vouch for the data.</summary>
    private static void Record(StateDocument document, List<(string Key, FoundData Data)> found)
    {
        foreach (var (key, data) in found)
        {
            if (document.Datasets.GetValueOrDefault(key)?.StoragePath != data.RecordedPath)
            {
                document.SetDataset(key, data.RecordedPath, sha256: "");
            }
        }
    }
}
