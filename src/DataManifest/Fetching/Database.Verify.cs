using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;

namespace DataManifest;

/// <content>Verifying.</content>
public sealed partial class Database
{
    /// <summary>Hashes the data of datasets again, several at once, and compares them with the declared checksums. Writes nothing.</summary>
    /// <param name="names">The datasets, by anything that finds exactly one each; null for all.</param>
    /// <param name="progress">Told how far each dataset is; called from several threads at once.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <returns>One result per dataset.</returns>
    /// <exception cref="DataManifestException">A name finds no dataset, or several.</exception>
    /// <exception cref="OperationCanceledException">The verification was stopped.</exception>
    public async Task<VerifyReport> VerifyAsync(
        IReadOnlyList<string>? names = null, IProgress<FetchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Dataset[] datasets = [.. Select(names)];
        var results = new VerifyResult[datasets.Length];
        await Parallel.ForAsync(0, datasets.Length, cancellationToken, async (i, token) =>
            results[i] = await VerifyAsync(datasets[i], new ProgressThrottle(datasets[i].Name, progress), token).ConfigureAwait(false)).ConfigureAwait(false);
        return new VerifyReport(results);
    }

    private static async Task<VerifyResult> VerifyAsync(Dataset dataset, ProgressThrottle progress, CancellationToken cancellationToken)
    {
        var declaration = dataset.Declaration;
        try
        {
            var location = dataset.Location;
            if (declaration.LazyAccess || declaration.SkipDownload || declaration.SkipChecksum)
            {
                return new VerifyResult(dataset, VerifyOutcome.Skipped);
            }

            if (location.State == DatasetState.Missing)
            {
                return new VerifyResult(dataset, VerifyOutcome.Missing);
            }

            var expected = declaration.Checksum.Length > 0 ? Checksum.Parse(declaration.Checksum) : null;
            if (expected is { IsSupported: false })
            {
                return new VerifyResult(dataset, VerifyOutcome.Unreadable, location.Path, "", new DataManifestException(
                    DiagnosticRules.UnsupportedChecksum, $"The checksum of dataset '{dataset.Name}' is a {expected.Algorithm} digest, which this version does not compute.", dataset.Name,
                    $"Use one of {string.Join(", ", Checksum.Algorithms)}."));
            }

            var actual = await ContentDigest.ComputeAsync(
                location.Path, expected?.Algorithm ?? Checksum.DefaultAlgorithm, cancellationToken,
                done => progress.Report(FetchPhase.Verifying, done, null, "")).ConfigureAwait(false);
            return expected is null ? new VerifyResult(dataset, VerifyOutcome.Unpinned, location.Path, actual.ToString())
                : actual == expected ? new VerifyResult(dataset, VerifyOutcome.Verified, location.Path, actual.ToString())
                : new VerifyResult(dataset, VerifyOutcome.Wrong, location.Path, actual.ToString(), new DataManifestException(
                    DiagnosticRules.ChecksumMismatch, $"The data of dataset '{dataset.Name}' at '{location.Path}' have the checksum {actual}, but {expected} is declared.", dataset.Name,
                    "Delete them and fetch again; or declare the new checksum if they were changed on purpose."));
        }
        catch (DataManifestException fault)
        {
            return new VerifyResult(dataset, VerifyOutcome.Unreadable, "", "", fault);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new VerifyResult(dataset, VerifyOutcome.Unreadable, "", "", FetchFaultException.Unreadable(unreadable).ForDataset(dataset.Name));
        }
    }
}
