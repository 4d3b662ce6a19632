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
/// <param name="writer">The right to write the entry.</param>
internal sealed class Materialization(EntryWriter writer)
{
    private readonly EntryPaths _entry = writer.Entry;

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
        var held = await writer.AcquireAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        if (!Overwrite && _entry.IsComplete)
        {
            return MaterializationOutcome.AlreadyComplete;
        }

        if (new EntryPaths(_entry.SharedStaging).Look() is { Exists: true, Marker: null })
        {
            // Another tool's leftover; but a dataset may have such a name too.
            Staging.Delete(_entry.SharedStaging);
        }

        var staging = Staging.NewPath(_entry.Target);
        var isPublished = false;
        try
        {
            await write(staging, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();

            // Whoever took the lock from a writer that was frozen may have finished meanwhile.
            var there = _entry.Look();
            if (!Overwrite && there.Marker is not null && !held.IsHeld)
            {
                return MaterializationOutcome.AlreadyComplete;
            }

            Publish(staging, there.Exists);
            isPublished = true;
            if (held.TakenFrom is not null)
            {
                // A program that the dead writer had started may have gone on for a while.
                writer.Guard(() => Staging.Recover(_entry));
            }

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

    private void Publish(string staging, bool isReplacing) => writer.Guard(() =>
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
        var replaced = isReplacing && Directory.Exists(_entry.Target) ? writer.MoveAside() : null;
        File.Move(staging, _entry.Target, overwrite: true);
        if (IsMarked)
        {
            EntryWriter.Mark(_entry.FileMarker);
        }

        Staging.Delete(replaced);
    }

    private void PublishFolder(string staging)
    {
        // The marker travels in the folder: one rename makes both visible.
        var marker = Path.Combine(staging, ".complete");
        MakeWritable(staging);
        EntryWriter.Mark(marker);
        DurableFolder.Flush(staging, marker);
        if (!IsMarked)
        {
            File.Delete(marker);
        }

        var replaced = _entry.Exists ? writer.MoveAside() : null;
        try
        {
            Directory.Move(staging, _entry.Target);
        }
        catch (IOException) when (replaced is not null && !_entry.Exists)
        {
            Staging.Move(replaced, _entry.Target);
            throw;
        }
        catch (IOException) when (_entry.IsComplete)
        {
            // A writer whom no lock kept apart was first; his is as good.
            Staging.Delete(replaced);
            Staging.Delete(staging);
            return;
        }

        File.Delete(_entry.FileMarker);
        Staging.Delete(replaced);
    }

    /// <summary>A command or a copy may leave a folder in which nobody may write, and so nothing can be marked.</summary>
    private static void MakeWritable(string folder)
    {
        const UnixFileMode needed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(folder) is var mode && (mode & needed) != needed)
        {
            File.SetUnixFileMode(folder, mode | needed);
        }
    }
}
