using DataManifest.Fetching;
using DataManifest.Toml;

namespace DataManifest;

/// <content>Checksums after data have changed on purpose.</content>
public sealed partial class Database
{
    /// <summary>
    /// Hashes the data of datasets where they are and takes their digests over as checksums, each in the algorithm that is declared, or else in sha256: for data that
    /// were changed on purpose. Whoever has not read the data should verify them instead. The manifest is written once, and not at all when nothing differs.
    /// </summary>
    /// <param name="names">The datasets, by anything that finds exactly one each; null for all.</param>
    /// <param name="dryRun">Whether to leave the manifest as it is.</param>
    /// <param name="progress">Told how far each dataset is; called from several threads at once.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>What was found: of the <see cref="VerifyOutcome.Wrong"/> and <see cref="VerifyOutcome.Unpinned"/> the computed checksums were, or would be, written.</returns>
    /// <exception cref="DataManifestException">A name finds no dataset, or several; or the manifest cannot be written.</exception>
    public async Task<VerifyReport> UpdateChecksumsAsync(
        IReadOnlyList<string>? names = null, bool dryRun = false, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var report = await VerifyAsync(names, progress, cancellationToken).ConfigureAwait(false);
        var changed = report.Results.Where(result => result.Outcome is VerifyOutcome.Wrong or VerifyOutcome.Unpinned).ToArray();
        if (changed.Length > 0 && !dryRun)
        {
            await new ManifestFile(Manifest.Path, Locator.Storage).UpdateAsync(
                (document, editor) =>
                {
                    foreach (var result in changed.Where(result => document.Root[result.Dataset.Name] is TomlTable))
                    {
                        editor.Set([result.Dataset.Name], "checksum", new TomlString(result.ComputedChecksum));
                        editor.Remove([result.Dataset.Name], "sha256");
                    }
                },
                "",
                cancellationToken).ConfigureAwait(false);
        }

        return report;
    }
}
