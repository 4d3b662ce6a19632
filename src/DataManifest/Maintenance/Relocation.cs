using DataManifest.Archives;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>Brings one entry of a store to another place. A process that is killed at any moment leaves the data at one of the two places, or at both.</summary>
/// <param name="name">What messages call it; empty for none.</param>
/// <param name="from">Where the data are.</param>
/// <param name="to">Where they go.</param>
/// <param name="storage">The staleness age of locks and this machine's name.</param>
/// <param name="progress">Told for whom it waits, and how far it is with what takes long.</param>
internal sealed class Relocation(string name, EntryPaths from, EntryPaths to, StorageConfiguration storage, ProgressThrottle progress)
{
    private const long TakesLong = 64L << 20;

    /// <summary>The digest that the data must have; null to take them as they are.</summary>
    public Checksum? Expected { get; init; }

    /// <summary>Moves the data: by renaming within a volume; between two, by a copy that is compared before the source is deleted. What was copied before is not copied again.</summary>
    /// <param name="record">Writes the new place down, called as soon as the data are there and before a source is deleted.</param>
    /// <param name="isOthers">Whether a path beside the source belongs to something else.</param>
    /// <param name="cancellationToken">Ends waiting, hashing and copying; a source whose copy is complete is deleted.</param>
    /// <exception cref="DataManifestException">The target is taken, the content is wrong, or a place cannot be written.</exception>
    public async Task MoveAsync(Func<Task> record, Func<string, bool> isOthers, CancellationToken cancellationToken)
    {
        var held = await EntryLock.AcquireAsync(from.Lock, storage, new WaitReport(progress, storage.HostName), cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        if (held.TakenFrom is not null)
        {
            Staging.Recover(from);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(to.Target)!);
        if (await IsThereAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!to.IsComplete && (from.IsComplete || Expected is not null))
            {
                Mark(to);
            }

            await record().ConfigureAwait(false);
            await Task.Run(() => DataRemoval.DeleteLocked(from, isOthers), CancellationToken.None).ConfigureAwait(false);
            return;
        }

        if (IsSameVolume())
        {
            await RenameAsync(cancellationToken).ConfigureAwait(false);
            await record().ConfigureAwait(false);
            return;
        }

        await CopyAsync(cancellationToken).ConfigureAwait(false);
        await record().ConfigureAwait(false);
        await Task.Run(() => DataRemoval.DeleteLocked(from, isOthers), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether the same data are at the new place already: what a move leaves that was killed between its copy and the deletion of the source, or, when the data
    /// are to come back, within that deletion, which takes a file's marker first.
    /// </summary>
    /// <param name="cancellationToken">Ends the hashing.</param>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        if (!to.Exists || !from.Exists || Directory.Exists(from.Target) != Directory.Exists(to.Target) || !NamesIn(from).SequenceEqual(NamesIn(to)))
        {
            return false;
        }

        var algorithm = Expected?.Algorithm ?? Checksum.DefaultAlgorithm;
        var arrived = await ContentDigest.ComputeAsync(to.Target, algorithm, cancellationToken).ConfigureAwait(false);
        return (Expected is null || arrived == Expected) && arrived == await ContentDigest.ComputeAsync(from.Target, algorithm, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<string> NamesIn(EntryPaths entry) => !Directory.Exists(entry.Target) ? []
        : FolderOrder.Files(entry.Target).Select(file => Path.GetRelativePath(entry.Target, file.FullName)).Where(name => name != ".complete");

    /// <summary>Copies the data; the copy is compared with the source, or with the digest that they must have, before it can be seen.</summary>
    /// <param name="cancellationToken">Ends waiting, hashing and copying; nothing stays of a copy that is not complete.</param>
    /// <exception cref="DataManifestException">The target is taken, the content is wrong, or the place cannot be written.</exception>
    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        RequireFree();
        var isMarked = from.IsComplete || Expected is not null;
        await new Materialization(new EntryWriter(to, storage) { Waiting = new WaitReport(progress, storage.HostName) }) { IsMarked = isMarked }.RunAsync(
            async (staging, token) =>
            {
                RequireFree();
                var total = ProducedData.SizeOf(from.Target);
                await Task.Run(() => TreeCopy.Copy(from.Target, staging, Tell(FetchPhase.Copying, total), token), token).ConfigureAwait(false);
                var algorithm = Expected?.Algorithm ?? Checksum.DefaultAlgorithm;
                var copied = await ContentDigest.ComputeAsync(staging, algorithm, token, Tell(FetchPhase.Verifying, total)).ConfigureAwait(false);
                Require(copied, Expected ?? await ContentDigest.ComputeAsync(from.Target, algorithm, token, Tell(FetchPhase.Verifying, total)).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Unpacks an archive as a folder at the new place; the archive stays.</summary>
    /// <param name="declaration">What the manifest says of the archive.</param>
    /// <param name="cancellationToken">Ends waiting, unpacking and hashing; nothing stays of a folder that is not complete.</param>
    /// <exception cref="DataManifestException">The target is taken, the archive is damaged or unsafe, the content is wrong, or the place cannot be written.</exception>
    public async Task UnpackAsync(Manifest.DatasetDeclaration declaration, CancellationToken cancellationToken)
    {
        RequireFree();
        try
        {
            await new Materialization(new EntryWriter(to, storage) { Waiting = new WaitReport(progress, storage.HostName) }).RunAsync(
                async (staging, token) =>
                {
                    RequireFree();
                    await new ArchiveExtractor(declaration.ArchiveFormat, declaration.ExtractedFileName, new ArchiveLimits()).ExtractAsync(from.Target, staging, token).ConfigureAwait(false);
                    if (Expected is not null)
                    {
                        Require(await ContentDigest.ComputeAsync(staging, Expected.Algorithm, token).ConfigureAwait(false), Expected);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (FetchFaultException damaged)
        {
            throw damaged.ForDataset(name);
        }
    }

    private Action<long> Tell(FetchPhase phase, long total) => done =>
    {
        if (total >= TakesLong)
        {
            progress.Report(phase, done, total, "");
        }
    };

    private async Task RenameAsync(CancellationToken cancellationToken)
    {
        var held = await EntryLock.AcquireAsync(to.Lock, storage, new WaitReport(progress, storage.HostName), cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        RequireFree();
        if (Expected is not null)
        {
            Require(await ContentDigest.ComputeAsync(from.Target, Expected.Algorithm, cancellationToken).ConfigureAwait(false), Expected);
        }

        // A marker never stands without its data, so that nothing that comes to its place later is taken for complete.
        var wasMarked = from.IsComplete;
        File.Delete(from.FileMarker);
        try
        {
            Rename();
        }
        catch (Exception e) when (wasMarked && e is (IOException or UnauthorizedAccessException))
        {
            Mark(from);
            throw;
        }

        if ((wasMarked || Expected is not null) && !to.IsComplete)
        {
            Mark(to);
        }
    }

    private void Rename()
    {
        if (new FileInfo(from.Target) is { LinkTarget: { } link })
        {
            // A relative link would lead somewhere else from its new place.
            var target = Path.GetFullPath(link, Path.GetDirectoryName(from.Target)!);
            TreeCopy.CreateLink(to.Target, target, Directory.Exists(target));
            File.Delete(from.Target);
        }
        else
        {
            Staging.Move(from.Target, to.Target);
        }
    }

    private static void Mark(EntryPaths entry)
    {
        if (entry.Exists)
        {
            File.WriteAllBytes(entry.Marker, []);
        }
    }

    /// <summary>Whether renaming brings an entry from one place to the other: a file would silently be copied, so an empty folder tries it.</summary>
    private bool IsSameVolume()
    {
        var probe = Directory.CreateDirectory(Staging.NewPath(from.Target)).FullName;
        var arrived = Staging.NewPath(to.Target);
        try
        {
            Directory.Move(probe, arrived);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
        finally
        {
            Staging.Delete(probe);
            Staging.Delete(arrived);
        }
    }

    private void RequireFree()
    {
        if (to.Exists || new FileInfo(to.Target).LinkTarget is not null)
        {
            throw new DataManifestException(DiagnosticRules.PlaceTaken, $"There is something at '{to.Target}' already.", name, "Look at it, and remove it if it is not needed.");
        }
    }

    private void Require(Checksum actual, Checksum expected)
    {
        if (actual != expected)
        {
            throw new DataManifestException(
                DiagnosticRules.CopyDiffers, $"The data from '{from.Target}' have the checksum {actual} where {expected} is right; nothing was changed.", name,
                "Delete the data and fetch them again, or declare their checksum if they were changed on purpose.");
        }
    }
}
