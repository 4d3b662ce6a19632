namespace DataManifest.Storage;

/// <summary>An entry of the store that is out of the way while another tool brings a new one.</summary>
internal sealed class SetAsideEntry
{
    private readonly EntryWriter _writer;
    private readonly string _path;
    private readonly bool _wasComplete;

    private SetAsideEntry(EntryWriter writer, string path, bool wasComplete) => (_writer, _path, _wasComplete) = (writer, path, wasComplete);

    /// <summary>
    /// Under the lock, moves an entry out of the way that is not complete, or that is to be replaced. What a process that was killed after this had moved out of the way is put back
    /// before: it held no lock by then that would tell of it.
    /// </summary>
    /// <param name="writer">The right to write the entry.</param>
    /// <param name="overwrite">Whether a complete entry is replaced.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The old entry; null when nothing was moved.</returns>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public static async Task<SetAsideEntry?> TakeAsync(EntryWriter writer, bool overwrite, CancellationToken cancellationToken)
    {
        var held = await writer.AcquireAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        var entry = writer.Entry;
        SetAsideEntry? replaced = null;
        writer.Guard(() =>
        {
            var wasThere = entry.Exists;
            Staging.Recover(entry);
            if (entry.Exists && (overwrite || !wasThere || !entry.IsComplete))
            {
                var wasComplete = entry.IsComplete;
                File.Delete(entry.FileMarker);
                replaced = writer.MoveAside() is { } path ? new SetAsideEntry(writer, path, wasComplete) : null;
            }
        });
        return replaced;
    }

    /// <summary>
    /// Ends what <see cref="TakeAsync"/> began: the old entry is deleted if there is a new one that was accepted, and put back otherwise. One that was not complete
    /// gives way to whatever has come.
    /// </summary>
    /// <param name="isAccepted">Whether the new one passed.</param>
    /// <exception cref="DataManifestException">The store cannot be written.</exception>
    public void PutBack(bool isAccepted)
    {
        var entry = _writer.Entry;
        if (entry.Exists && (isAccepted || !_wasComplete))
        {
            Staging.Delete(_path);
            return;
        }

        _writer.Guard(() =>
        {
            File.Delete(entry.FileMarker);
            var refused = entry.Exists ? _writer.MoveAside() : null;
            Staging.Move(_path, entry.Target);
            if (_wasComplete)
            {
                EntryWriter.Mark(entry.Marker);
            }

            Staging.Delete(refused);
        });
    }
}
