using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Manifest;

namespace DataManifest;

/// <content>Verifying.</content>
public sealed partial class Database
{
    private const int NamedFiles = 3;

    /// <summary>
    /// Hashes the data of datasets again, with all cores, and compares them with the declared checksums. Where the digests of single files were recorded when a
    /// folder was fetched, the result names those that are damaged. Writes nothing.
    /// </summary>
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
        var filesAtOnce = Math.Max(1, Environment.ProcessorCount / Math.Clamp(datasets.Length, 1, Environment.ProcessorCount));
        await Parallel.ForAsync(0, datasets.Length, cancellationToken, async (i, token) =>
            results[i] = await VerifyAsync(datasets[i], filesAtOnce, new ProgressThrottle(datasets[i].Name, progress), token).ConfigureAwait(false)).ConfigureAwait(false);
        return new VerifyReport(results);
    }

    private async Task<VerifyResult> VerifyAsync(Dataset dataset, int filesAtOnce, ProgressThrottle progress, CancellationToken cancellationToken)
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

            IReadOnlyList<FileDamage> damage = [];
            if (TreeOf(declaration, location) is { } tree)
            {
                damage = tree.Compare(await TreeDigest.ReadAsync(location.Path, filesAtOnce, cancellationToken, Report).ConfigureAwait(false));
                if (damage.Count == 0)
                {
                    return Result(tree.Checksum);
                }
            }

            return Result(await ContentDigest.ComputeAsync(location.Path, expected?.Algorithm ?? Checksum.DefaultAlgorithm, cancellationToken, Report, readsAhead: filesAtOnce > 1).ConfigureAwait(false));

            void Report(long done) => progress.Report(FetchPhase.Verifying, done, null, "");

            VerifyResult Result(Checksum actual) =>
                actual == expected ? new VerifyResult(dataset, VerifyOutcome.Verified, location.Path, actual.ToString())
                : expected is null && damage.Count == 0 && IsAsRecorded(declaration, location, actual) ? new VerifyResult(dataset, VerifyOutcome.Unpinned, location.Path, actual.ToString())
                : new VerifyResult(dataset, VerifyOutcome.Wrong, location.Path, actual.ToString(), Wrong(dataset, location.Path, actual, expected, damage)) { Damage = damage };
        }
        catch (DataManifestException fault)
        {
            return new VerifyResult(dataset, VerifyOutcome.Unreadable, "", "", fault);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new VerifyResult(dataset, VerifyOutcome.Unreadable, "", "", FetchFaultException.Unreadable(unreadable).ForDataset(dataset.Name));
        }
        finally
        {
            progress.Finish();
        }
    }

    /// <summary>Whether nothing that was recorded of data without a declared checksum contradicts what they are now.</summary>
    private bool IsAsRecorded(DatasetDeclaration declaration, DatasetLocation location, Checksum actual) => location.State != DatasetState.Damaged
        && (location.State != DatasetState.Complete || Locator.UnrecordedKeys.Value.Contains(declaration.Key)
            || !Locator.State.Current.Datasets.TryGetValue(declaration.Key, out var record) || record.Sha256.Length == 0
            || Locator.State.Resolve(record.StoragePath) != Locator.Storage.Normalize(location.Path) || actual.Matches(record.Sha256));

    /// <summary>The recorded digests of the files of a folder, if there are any that belong to it.</summary>
    private TreeDigest? TreeOf(DatasetDeclaration declaration, DatasetLocation location) =>
        Directory.Exists(location.Path) && !Locator.UnrecordedKeys.Value.Contains(declaration.Key) ? Locator.Trees.Find(declaration) : null;

    private static DataManifestException Wrong(Dataset dataset, string path, Checksum actual, Checksum? expected, IReadOnlyList<FileDamage> damage)
    {
        var problem = expected is null
            ? $"The data of dataset '{dataset.Name}' at '{path}' are not as they were fetched"
            : $"The data of dataset '{dataset.Name}' at '{path}' have the checksum {actual}, but {expected} is declared";
        var files = damage.Count == 0 ? "" : $": {string.Join(", ", damage.Take(NamedFiles))}{(damage.Count > NamedFiles ? $" and {damage.Count - NamedFiles} more files" : "")}";
        return new DataManifestException(
            DiagnosticRules.ChecksumMismatch, problem + files + ".", dataset.Name,
            $"Fetch them again ('datamanifest repair', or 'dotnet build -t:DataClean -p:DataSet={dataset.Name}' and a build), or declare the new checksum if they were changed on purpose.");
    }
}
