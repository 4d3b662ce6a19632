using DataManifest.Hashing;
using DataManifest.Storage;

namespace DataManifest.State;

/// <content>Writing.</content>
internal sealed partial class SizeIndex
{
    /// <summary>Records sizes; nothing is written when nothing is new.</summary>
    /// <param name="sizes">The sizes by storage key.</param>
    /// <param name="storage">The age of stale locks.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not writable.</exception>
    public async Task UpdateAsync(IReadOnlyDictionary<string, long> sizes, StorageConfiguration storage, CancellationToken cancellationToken)
    {
        if (sizes.All(each => Find(each.Key) == each.Value))
        {
            return;
        }

        PrivateFolder.Create(Path.GetDirectoryName(state.FilePath)!);
        var held = await EntryLock.AcquireAsync(FilePath + ".lock", storage, waiting: null, cancellationToken).ConfigureAwait(false);
        await using var _ = held.ConfigureAwait(false);
        var all = Read();
        foreach (var (key, size) in sizes)
        {
            all[key] = size;
        }

        AtomicFile.Replace(FilePath, TreeFileFormat.Write(null, all.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => new TreeFile(each.Key, each.Value, "", null))));
    }
}
