using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.State;

/// <summary>Records in the state file what a fetch has found or brought: all datasets in one write, and none when nothing is new.</summary>
internal static class FetchRecorder
{
    /// <summary>Records where the data of a fetch are. Places only change to where the data were seen; nothing is forgotten.</summary>
    /// <param name="locator">The state file, and the keys that it cannot tell apart.</param>
    /// <param name="report">What the fetch brought.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <returns>What a person should know of the state file; null when all went well.</returns>
    /// <exception cref="OperationCanceledException">The caller has stopped it.</exception>
    public static async Task<StorageDiagnostic?> RecordAsync(DatasetLocator locator, FetchReport report, CancellationToken cancellationToken)
    {
        // A dataset that is opened where it is has an address and no place.
        List<FetchResult> present = [.. report.Results.Where(result => result.Outcome is FetchOutcome.AlreadyPresent or FetchOutcome.Adopted or FetchOutcome.Fetched
            && Path.IsPathFullyQualified(result.Path) && !locator.UnrecordedKeys.Value.Contains(result.Dataset.Key))];
        var notRecorded = await RecordFilesAsync(locator, present, cancellationToken).ConfigureAwait(false);
        return await locator.State.UpdateAsync(
            state =>
            {
                foreach (var result in present)
                {
                    var key = result.Dataset.Key;
                    var record = state.Datasets.GetValueOrDefault(key);
                    var place = locator.State.Portable(result.Path);
                    if (record is not null && Path.IsPathFullyQualified(place) && locator.State.Resolve(record.StoragePath) == place)
                    {
                        place = record.StoragePath; // Other tools write such a path as it is configured, dots and all; it needs no correction.
                    }

                    state.SetDataset(key, place, Sha256(result, record?.StoragePath == place ? record.Sha256 : ""));
                }
            },
            cancellationToken).ConfigureAwait(false) ?? notRecorded;
    }

    /// <summary>Records what tells whether single files are whole: sizes, and the digests of new folders.</summary>
    private static async Task<StorageDiagnostic?> RecordFilesAsync(DatasetLocator locator, List<FetchResult> present, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StateFile.LongestWait);
        try
        {
            var mayHaveTree = locator.Trees.IsUsed;
            foreach (var result in present.Where(result => result.Outcome == FetchOutcome.Fetched && (result.Tree is not null || mayHaveTree)))
            {
                locator.Trees.Replace(result.Dataset.Declaration, result.Tree);
            }

            var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var result in present.Where(result => IsNewSize(locator, result)))
            {
                if (new FileInfo(result.Path) is { Exists: true } file && !file.Attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    sizes[result.Dataset.Key] = file.Length;
                }
            }

            await locator.Sizes.UpdateAsync(sizes, locator.Storage, patience.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return locator.State.NotRecorded(StateFile.HeldTooLong);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DataManifestException)
        {
            return locator.State.NotRecorded(e.Message);
        }
    }

    /// <summary>Whether a file was verified now, or is seen for the first time at its place; otherwise the size is kept that it had when it was.</summary>
    private static bool IsNewSize(DatasetLocator locator, FetchResult result) => result.Dataset.Declaration is { SkipChecksum: false, SkipDownload: false } declaration
        && !StorageConfiguration.IsUserManaged(declaration.StoragePath)
        && (result.Outcome != FetchOutcome.AlreadyPresent || result.ComputedChecksum.Length > 0 || locator.Sizes.Find(declaration.Key) is null
            || !locator.State.Current.Datasets.TryGetValue(declaration.Key, out var record) || locator.State.Resolve(record.StoragePath) != locator.Storage.Normalize(result.Path));

    /// <summary>What is known of the data's digest: what was computed now, else what was when the place was recorded, else the declared one that their marker vouches for.</summary>
    private static string Sha256(FetchResult result, string recorded)
    {
        var declaration = result.Dataset.Declaration;
        var isMarked = !declaration.SkipDownload && !StorageConfiguration.IsUserManaged(declaration.StoragePath);
        return declaration.SkipChecksum ? ""
            : result.ComputedChecksum.Length > 0 ? Sha256(result.ComputedChecksum)
            : result.Outcome == FetchOutcome.AlreadyPresent && recorded.Length > 0 ? recorded
            : isMarked ? Sha256(declaration.Checksum)
            : "";
    }

    private static string Sha256(string checksum) => Checksum.Parse(checksum) is { Algorithm: Checksum.DefaultAlgorithm, Hex: var hex } ? hex : "";
}
