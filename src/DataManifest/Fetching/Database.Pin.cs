using DataManifest.Bindings;
using DataManifest.Fetching;
using DataManifest.Hashing;

namespace DataManifest;

/// <content>Pinning.</content>
public sealed partial class Database
{
    /// <summary>
    /// Writes the checksums of fetched datasets that declare none into the manifest file, and the key of those that have none of their own. Comments,
    /// layout and everything else stay; the file is read again under a lock, so that what others wrote meanwhile is kept, and it is not written when there is
    /// nothing to change. Clones of git repositories are not pinned: their digest is another at every clone. This database keeps the manifest that it was opened with.
    /// </summary>
    /// <param name="report">What a fetch of this database brought. Data that were present without being hashed are hashed now.</param>
    /// <param name="progress">Told how far the hashing of each dataset is.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>What was written, in the order of the manifest.</returns>
    /// <exception cref="DataManifestException">The manifest cannot be written, or is not TOML any more.</exception>
    public async Task<IReadOnlyList<Pin>> PinAsync(FetchReport report, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var pins = new List<Pin>();
        foreach (var result in report.Results.Where(result => result.Outcome is FetchOutcome.AlreadyPresent or FetchOutcome.Adopted or FetchOutcome.Fetched))
        {
            var declaration = result.Dataset.Declaration;
            var needsChecksum = declaration is { Checksum.Length: 0, SkipChecksum: false, SkipDownload: false } && !FetchLadder.IsClone(declaration);
            var computed = !needsChecksum ? ""
                : result.ComputedChecksum.Length > 0 ? result.ComputedChecksum
                : await HashAsync(result).ConfigureAwait(false);
            if (computed.Length > 0 || declaration.IsKeyFromName)
            {
                pins.Add(new Pin(declaration.Name, computed, declaration.IsKeyFromName ? declaration.Key : ""));
            }
        }

        return pins.Count == 0 ? pins : await ManifestPins.WriteAsync(Manifest, Locator.Storage, pins, cancellationToken).ConfigureAwait(false);

        async Task<string> HashAsync(FetchResult result)
        {
            var throttle = new ProgressThrottle(result.Dataset.Name, progress);
            try
            {
                var digest = await ContentDigest.ComputeAsync(
                    result.Path, Checksum.DefaultAlgorithm, cancellationToken, done => throttle.Report(FetchPhase.Verifying, done, null, "")).ConfigureAwait(false);
                return digest.ToString();
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                throw FetchFaultException.Unreadable(unreadable).ForDataset(result.Dataset.Name);
            }
            finally
            {
                throttle.Finish();
            }
        }
    }
}
