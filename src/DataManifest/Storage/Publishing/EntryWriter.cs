using DataManifest.Diagnostics;

namespace DataManifest.Storage;

/// <summary>What every change of one entry of the store needs: its lock, and errors that say what to do.</summary>
/// <param name="entry">The entry's names.</param>
/// <param name="storage">The staleness age and this machine's name.</param>
internal sealed class EntryWriter(EntryPaths entry, StorageConfiguration storage)
{
    /// <summary>Told who holds the lock when this writer has to wait.</summary>
    public IProgress<LockHolder>? Waiting { get; init; }

    /// <summary>Told from whom the lock was taken who is gone.</summary>
    public Action<LockHolder> TakenOver { get; init; } = _ => { };

    /// <summary>The entry's names.</summary>
    public EntryPaths Entry => entry;

    /// <summary>Takes the entry's lock, and clears away what a dead holder left.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public async Task<EntryLock> AcquireAsync(CancellationToken cancellationToken)
    {
        RequireShortName();
        if (Path.GetDirectoryName(entry.Target) is { } folder && !Directory.Exists(folder))
        {
            Guard(() => Directory.CreateDirectory(folder));
        }

        var held = await EntryLock.AcquireAsync(entry.Lock, storage, Waiting, cancellationToken).ConfigureAwait(false);
        try
        {
            if (held.TakenFrom is { } gone)
            {
                TakenOver(gone);
                Guard(() => Staging.Recover(entry));
            }

            return held;
        }
        catch
        {
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Changes the entry.</summary>
    /// <param name="write">Changes it.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataManifestException(
                DiagnosticRules.EntryNotWritable, $"'{entry.Target}' cannot be written: {e.Message}", "", "Make the folder writable, make room, or choose another datasets folder (DATAMANIFEST_DATASETS_DIR).", e);
        }
    }

    /// <summary>Renames what is there to a name that nothing reads.</summary>
    /// <returns>The name; null when nothing is there.</returns>
    public string? MoveAside()
    {
        var replaced = Staging.NewReplacedPath(entry.Target);
        try
        {
            Staging.Move(entry.Target, replaced);
            return replaced;
        }
        catch (IOException) when (!entry.Exists)
        {
            return null; // A writer whom no lock kept apart was faster.
        }
    }

    /// <summary>Data that bring a file of the marker's name keep it: it was verified with them, and marks as well as an empty one.</summary>
    /// <param name="marker">The marker.</param>
    /// <exception cref="DataManifestException">They bring something else of that name.</exception>
    public static void Mark(string marker)
    {
        try
        {
            File.OpenHandle(marker, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException inTheWay) when (Directory.Exists(marker) || new FileInfo(marker) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true })
        {
            throw new DataManifestException(
                DiagnosticRules.EntryNotWritable, $"The data bring a folder, or a link to nowhere, with the name of the completion marker, '{Path.GetFileName(marker)}'.", "",
                "They cannot be stored as a folder; store an archive without extract, or correct the source.", inTheWay);
        }
        catch (IOException) when (File.Exists(marker))
        {
            // Or a writer whom no lock kept apart was faster.
        }
    }

    /// <summary>A name that leaves no room for the marker is found out before anything is downloaded.</summary>
    private void RequireShortName()
    {
        var marker = Path.GetFileName(entry.FileMarker);
        if ((OperatingSystem.IsWindows() ? marker.Length : System.Text.Encoding.UTF8.GetByteCount(marker)) > 255)
        {
            throw new DataManifestException(
                DiagnosticRules.EntryNotWritable, $"'{entry.Target}' cannot be stored: its name is too long for a file system's 255 bytes together with '.complete'.", "",
                "Give the dataset a shorter key = \"…\".");
        }
    }
}
