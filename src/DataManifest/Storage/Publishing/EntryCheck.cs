namespace DataManifest.Storage;

/// <summary>Has data checked that are at their place already, and marks them as complete.</summary>
/// <param name="writer">The right to write the entry.</param>
internal sealed class EntryCheck(EntryWriter writer)
{
    private readonly EntryPaths _entry = writer.Entry;

    /// <summary>Under the lock, marks an entry without a marker as complete, once <paramref name="verify"/> has checked it.</summary>
    /// <param name="verify">Checks the entry; an exception leaves it without a marker.</param>
    /// <param name="cancellationToken">Ends waiting and checking.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public async Task AdoptAsync(Func<string, CancellationToken, Task> verify, CancellationToken cancellationToken)
    {
        var held = await writer.AcquireAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        await verify(_entry.Target, cancellationToken).ConfigureAwait(false);
        writer.Guard(() => EntryWriter.Mark(_entry.Marker));
    }

    /// <summary>Under the lock, checks an entry that another tool has published: one that passes gets its marker if it has none, one that fails loses it.</summary>
    /// <param name="verify">Checks the entry; an exception keeps it from being used.</param>
    /// <param name="cancellationToken">Ends waiting and checking.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public async Task ConfirmAsync(Func<string, CancellationToken, Task> verify, CancellationToken cancellationToken)
    {
        var held = await writer.AcquireAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        try
        {
            await verify(_entry.Target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            writer.Guard(() => File.Delete(_entry.Marker));
            throw;
        }

        writer.Guard(() => EntryWriter.Mark(_entry.Marker));
    }
}
