using System.Collections.Concurrent;

namespace DataManifest.Hashing;

/// <summary>The digest of every file of a folder, so that a difference can be told by its file, which one digest of the whole cannot.</summary>
/// <param name="Checksum">The digest of the whole folder that holds when its files have these digests.</param>
/// <param name="Files">The files, in the order of <see cref="FolderOrder"/>.</param>
internal sealed record TreeDigest(Checksum Checksum, IReadOnlyList<TreeFile> Files)
{
    /// <summary>Hashes every file of a folder, several at once.</summary>
    /// <param name="folder">An existing folder. Its completion marker is left out while it is empty.</param>
    /// <param name="parallel">How many files at once.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes read so far; called from several threads.</param>
    /// <exception cref="IOException">The folder holds a broken link or something that is neither file nor folder, or cannot be read.</exception>
    public static Task<IReadOnlyList<TreeFile>> ReadAsync(string folder, int parallel, CancellationToken cancellationToken, Action<long>? progress = null) =>
        ReadAsync(folder, FolderOrder.Files(folder), parallel, cancellationToken, progress);

    /// <summary>Hashes the files of a folder that was listed, several at once.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="listed">Its files. Its completion marker is left out while it is empty.</param>
    /// <param name="parallel">How many files at once.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes read so far; called from several threads.</param>
    /// <param name="known">Digests that need not be computed; null for none.</param>
    /// <exception cref="IOException">The folder holds a broken link or something that is neither file nor folder, or cannot be read.</exception>
    public static async Task<IReadOnlyList<TreeFile>> ReadAsync(
        string folder, IEnumerable<FileInfo> listed, int parallel, CancellationToken cancellationToken, Action<long>? progress = null, FileDigests? known = null)
    {
        folder = Path.GetFullPath(folder); // A key may begin with a slash, and a path with two of them is no beginning of those of its files.
        List<FileInfo> files = [.. listed.Where(file => !IsMarker(file, folder))];
        var found = new TreeFile[files.Count];
        var done = 0L;

        // The largest first, or the last core would be busy with one while the others have nothing left.
        var order = Partitioner.Create(Enumerable.Range(0, files.Count).Where(i => !IsKnown(i)).OrderByDescending(i => files[i].Length).ToArray(), loadBalance: true);
        await Parallel.ForEachAsync(order.GetDynamicPartitions(), new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var before = 0L;
            var checksum = await ContentDigest.ComputeAsync(files[i].FullName, Checksum.DefaultAlgorithm, token, read =>
            {
                progress?.Invoke(Interlocked.Add(ref done, read - before));
                before = read;
            }, readsAhead: parallel == 1).ConfigureAwait(false);
            found[i] = NewFile(PathOf(i), files[i], checksum.Hex) with { Size = before };
        }).ConfigureAwait(false);
        return found;

        bool IsKnown(int i)
        {
            if (known is null || files[i].Attributes.HasFlag(FileAttributes.ReparsePoint) || known.Find(PathOf(i), files[i].Length) is not { } sha256)
            {
                return false;
            }

            found[i] = NewFile(PathOf(i), files[i], sha256);
            return true;
        }

        string PathOf(int i) => Path.GetRelativePath(folder, files[i].FullName).Replace('\\', '/');
    }

    /// <summary>Describes a file whose digest is known.</summary>
    /// <param name="path">Its path in the folder, with slashes.</param>
    /// <param name="file">The file.</param>
    /// <param name="sha256">Its digest, lower-case hexadecimal.</param>
    public static TreeFile NewFile(string path, FileInfo file, string sha256) => new(path, file.Length, sha256, OperatingSystem.IsWindows() ? null : file.UnixFileMode);

    /// <summary>What differs from the folder as it was, by path.</summary>
    /// <param name="found">The folder as it is.</param>
    public IReadOnlyList<FileDamage> Compare(IReadOnlyList<TreeFile> found)
    {
        var now = found.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var damage = new List<FileDamage>();
        foreach (var file in Files)
        {
            if (!now.Remove(file.Path, out var actual))
            {
                damage.Add(new FileDamage(file.Path, FileDamageKind.Missing));
            }
            else if (actual.Size != file.Size || actual.Sha256 != file.Sha256)
            {
                damage.Add(new FileDamage(file.Path, FileDamageKind.Changed));
            }
        }

        damage.AddRange(now.Values.Select(file => new FileDamage(file.Path, FileDamageKind.Added)));
        return damage;
    }

    /// <summary>Whether every file is there with its size: cheap, since nothing is read, and enough to find what a power failure has cut off.</summary>
    /// <param name="folder">The folder as it is.</param>
    public bool HasSizes(string folder) => Files.All(file => new FileInfo(Path.Join(folder, file.Path)) is var there && there.Exists && (there.LinkTarget is not null || there.Length == file.Size));

    private static bool IsMarker(FileInfo file, string folder) =>
        file is { Name: ".complete", Length: 0 } && Path.TrimEndingDirectorySeparator(folder).Length == Path.TrimEndingDirectorySeparator(file.DirectoryName!).Length;
}
