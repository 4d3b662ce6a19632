using DataManifest.Diagnostics;

namespace DataManifest.Storage;

/// <summary>How an entry came to be there.</summary>
internal enum MaterializationOutcome
{
    /// <summary>It was complete already, or somebody else completed it while this writer waited.</summary>
    AlreadyComplete,

    /// <summary>This writer made it.</summary>
    Published,
}

/// <summary>
/// Makes one entry of the store so that a process that is killed at any moment leaves the old entry or the new one: lock, look again, write to a staging
/// name, flush, rename, marker (specification, "Concurrent access and completeness").
/// </summary>
/// <param name="entry">The entry's names.</param>
/// <param name="storage">The staleness age and this machine's name.</param>
internal sealed class Materialization(EntryPaths entry, StorageConfiguration storage)
{
    /// <summary>Told who holds the lock when this writer has to wait.</summary>
    public IProgress<LockHolder>? Waiting { get; init; }

    /// <summary>Told from whom the lock was taken who is gone.</summary>
    public Action<LockHolder> TakenOver { get; init; } = _ => { };

    /// <summary>Whether a complete entry is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the entry gets its marker; data whose completeness nobody vouches for must not.</summary>
    public bool IsMarked { get; init; } = true;

    /// <summary>Makes the entry unless it is complete.</summary>
    /// <param name="write">
    /// Given a staging path where nothing is yet, makes a file or a folder there and verifies it; an exception leaves the old entry as it was. Called with the
    /// lock held, so it may also go on with <see cref="EntryPaths.Partial"/>, which is kept when it fails.
    /// </param>
    /// <param name="cancellationToken">Ends waiting and writing; the staging is removed.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public async Task<MaterializationOutcome> RunAsync(Func<string, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var held = await AcquireAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        if (!Overwrite && entry.IsComplete)
        {
            return MaterializationOutcome.AlreadyComplete;
        }

        if (new EntryPaths(entry.SharedStaging).Look() is { Exists: true, Marker: null })
        {
            // Another tool's leftover; but a dataset may have such a name too.
            Staging.Delete(entry.SharedStaging);
        }

        var staging = Staging.NewPath(entry.Target);
        var isPublished = false;
        try
        {
            await write(staging, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();

            // Whoever took the lock from a writer that was frozen may have finished meanwhile.
            var there = entry.Look();
            if (!Overwrite && there.Marker is not null && !held.IsHeld)
            {
                return MaterializationOutcome.AlreadyComplete;
            }

            Publish(staging, there.Exists);
            isPublished = true;
            return MaterializationOutcome.Published;
        }
        finally
        {
            if (!isPublished)
            {
                Staging.Delete(staging);
            }
        }
    }

    /// <summary>Under the lock, marks an entry without a marker as complete, once <paramref name="verify"/> has checked it.</summary>
    /// <param name="verify">Checks the entry; an exception leaves it without a marker.</param>
    /// <param name="cancellationToken">Ends waiting and checking.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public async Task AdoptAsync(Func<string, CancellationToken, Task> verify, CancellationToken cancellationToken)
    {
        var held = await AcquireAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        if (!entry.IsComplete)
        {
            await verify(entry.Target, cancellationToken).ConfigureAwait(false);
            Guard(() => Mark(entry.Marker));
        }
    }

    /// <summary>Under the lock, checks an entry that another tool has published: one that passes gets its marker if it has none, one that fails loses it.</summary>
    /// <param name="verify">Checks the entry; an exception keeps it from being used.</param>
    /// <param name="cancellationToken">Ends waiting and checking.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public async Task ConfirmAsync(Func<string, CancellationToken, Task> verify, CancellationToken cancellationToken)
    {
        var held = await AcquireAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        try
        {
            await verify(entry.Target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            Guard(() => File.Delete(entry.Marker));
            throw;
        }

        Guard(() => Mark(entry.Marker));
    }

    /// <summary>
    /// Under the lock, moves an entry out of the way that is not complete, or that is to be replaced. What a process that was killed after this had moved out of the way is put back
    /// before: it held no lock by then that would tell of it.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Where it is now, for <see cref="PutBack"/>; null when nothing was moved.</returns>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public async Task<SetAsideEntry?> SetAsideAsync(CancellationToken cancellationToken)
    {
        var held = await AcquireAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        SetAsideEntry? replaced = null;
        Guard(() =>
        {
            var wasThere = entry.Exists;
            Staging.Recover(entry);
            if (entry.Exists && (Overwrite || !wasThere || !entry.IsComplete))
            {
                var wasComplete = entry.IsComplete;
                File.Delete(entry.FileMarker);
                replaced = MoveAside() is { } path ? new SetAsideEntry(path, wasComplete) : null;
            }
        });
        return replaced;
    }

    /// <summary>
    /// Ends what <see cref="SetAsideAsync"/> began: the old entry is deleted if there is a new one that was accepted, and put back otherwise. One that was not complete
    /// gives way to whatever has come.
    /// </summary>
    /// <param name="replaced">The old entry.</param>
    /// <param name="isAccepted">Whether the new one passed.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public void PutBack(SetAsideEntry replaced, bool isAccepted)
    {
        if (entry.Exists && (isAccepted || !replaced.WasComplete))
        {
            Discard(replaced.Path);
            return;
        }

        Guard(() =>
        {
            File.Delete(entry.FileMarker);
            var refused = entry.Exists ? MoveAside() : null;
            Staging.Move(replaced.Path, entry.Target);
            if (replaced.WasComplete)
            {
                Mark(entry.Marker);
            }

            Discard(refused);
        });
    }

    private async Task<EntryLock> AcquireAsync(CancellationToken cancellationToken)
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

    /// <summary>Data that bring a file of the marker's name keep it: it was verified with them, and marks as well as an empty one.</summary>
    /// <exception cref="DataManifestException">They bring something else of that name.</exception>
    private static void Mark(string marker)
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

    private void Publish(string staging, bool isReplacing) => Guard(() =>
    {
        if (Directory.Exists(staging))
        {
            PublishFolder(staging);
        }
        else
        {
            PublishFile(staging, isReplacing);
        }
    });

    private void PublishFile(string staging, bool isReplacing)
    {
        DurableFolder.FlushFile(staging);
        var replaced = isReplacing && Directory.Exists(entry.Target) ? MoveAside() : null;
        File.Move(staging, entry.Target, overwrite: true);
        if (IsMarked)
        {
            Mark(entry.FileMarker);
        }

        Discard(replaced);
    }

    private void PublishFolder(string staging)
    {
        // The marker travels in the folder: one rename makes both visible.
        var marker = Path.Combine(staging, ".complete");
        Mark(marker);
        DurableFolder.Flush(staging, marker);
        if (!IsMarked)
        {
            File.Delete(marker);
        }

        var replaced = entry.Exists ? MoveAside() : null;
        try
        {
            Directory.Move(staging, entry.Target);
        }
        catch (IOException) when (replaced is not null && !entry.Exists)
        {
            Staging.Move(replaced, entry.Target);
            throw;
        }
        catch (IOException) when (entry.IsComplete)
        {
            // A writer whom no lock kept apart was first; his is as good.
            Discard(replaced);
            Discard(staging);
            return;
        }

        File.Delete(entry.FileMarker);
        Discard(replaced);
    }

    private string? MoveAside()
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

    private static void Discard(string? replaced)
    {
        if (replaced is not null)
        {
            Staging.Delete(replaced);
        }
    }

    private void Guard(Action write)
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
}
