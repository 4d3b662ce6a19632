using DataManifest.Toml;

namespace DataManifest.Storage;

/// <summary>Changes a TOML file that people and other programs change too: read anew under a lock, replaced in one step, and not written when nothing changes.</summary>
internal static class TomlFile
{
    /// <summary>Changes a file.</summary>
    /// <param name="path">The file; a link at it stays. One that is not there yet reads as empty, in a folder that exists.</param>
    /// <param name="storage">The age of stale locks and this machine's name.</param>
    /// <param name="change">Gives the new text. Called once.</param>
    /// <param name="cancellationToken">Ends the waiting for the lock; once it is held, the change is made wholly.</param>
    /// <returns>Whether the text is another one now.</returns>
    /// <exception cref="TomlException">The file is not UTF-8 or not TOML.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is not writable.</exception>
    /// <exception cref="DataManifestException">The lock cannot be made.</exception>
    public static async Task<bool> UpdateAsync(string path, StorageConfiguration storage, Func<TomlDocument, string> change, CancellationToken cancellationToken)
    {
        var file = FileLink.TargetOf(Path.GetFullPath(path));
        var held = await EntryLock.AcquireAsync(file + ".lock", storage, null, cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        if (held.TakenFrom is not null)
        {
            Staging.Recover(new EntryPaths(file));
        }

        var document = TomlDocument.Parse(TomlText.Decode(File.Exists(file) ? SmallFile.ReadAllBytes(file) : []));
        var text = change(document);
        if (text == document.Text)
        {
            return false;
        }

        AtomicFile.Replace(file, TomlText.Encode(text));
        return true;
    }
}
