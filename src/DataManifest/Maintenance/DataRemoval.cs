using DataManifest.Diagnostics;
using DataManifest.Storage;

namespace DataManifest.Maintenance;

/// <summary>Deletes one entry of a store, so that a process that is killed at any moment leaves it whole or not at all.</summary>
/// <param name="storage">The staleness age of locks and this machine's name.</param>
/// <param name="waiting">Told who holds the lock when it has to wait.</param>
internal sealed class DataRemoval(StorageConfiguration storage, IProgress<LockHolder> waiting)
{
    /// <summary>Deletes an entry, its marker and what downloads of it have left; waits for whoever writes it.</summary>
    /// <param name="path">The file or folder; a link is deleted, not what it leads to.</param>
    /// <param name="isOthers">Whether a path beside the entry belongs to something else.</param>
    /// <param name="cancellationToken">Ends the waiting; once the entry is locked, it is deleted wholly.</param>
    /// <exception cref="DataManifestException">It cannot be locked.</exception>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public async Task DeleteAsync(string path, Func<string, bool> isOthers, CancellationToken cancellationToken)
    {
        var entry = new EntryPaths(path);
        var held = await EntryLock.AcquireAsync(entry.Lock, storage, waiting, cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        if (held.TakenFrom is not null)
        {
            Staging.Recover(entry);
        }

        await Task.Run(() => DeleteLocked(entry, isOthers), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Deletes an entry whose lock is held.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="isOthers">Whether a path beside the entry belongs to something else.</param>
    public static void DeleteLocked(EntryPaths entry, Func<string, bool> isOthers)
    {
        // Without its marker a file counts as absent; a folder goes with its own in one rename.
        File.Delete(entry.FileMarker);
        if (new FileInfo(entry.Target).LinkTarget is not null || !Directory.Exists(entry.Target))
        {
            File.Delete(entry.Target);
        }
        else
        {
            var aside = Staging.NewPath(entry.Target);
            Directory.Move(entry.Target, aside);
            FolderRemoval.Delete(aside);
        }

        foreach (var leftover in entry.Waiting().Append(entry.SharedStaging).Where(leftover => !isOthers(leftover)))
        {
            if (!new EntryPaths(leftover).IsComplete)
            {
                Staging.Delete(leftover);
            }
        }
    }
}
