using System.Buffers;

namespace DataManifest.Hashing;

/// <summary>
/// The digest of a dataset's content (specification, "Checksums"): of a file, its bytes; of a folder, the bytes of all its files one behind the
/// other in the order of <see cref="FolderOrder"/>. Names, sizes, times and modes do not count.
/// </summary>
internal static class ContentDigest
{
    private const int BufferSize = 1024 * 1024;

    /// <summary>Computes one digest of a file or folder.</summary>
    /// <param name="path">The file or folder; a link is followed.</param>
    /// <param name="algorithm">A lower-case name that <see cref="Checksum.HexLength"/> knows.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes read so far, once per buffer.</param>
    /// <exception cref="IOException">The path does not exist, holds a broken link or something that is neither file nor folder, or cannot be read.</exception>
    public static async Task<Checksum> ComputeAsync(
        string path, string algorithm, CancellationToken cancellationToken, Action<long>? progress = null)
    {
        using var hasher = new ContentHasher(algorithm);
        await AppendAsync(path, hasher, cancellationToken, progress).ConfigureAwait(false);
        return hasher.Finish()[0];
    }

    /// <summary>Adds a file's or a folder's content to running digests.</summary>
    /// <param name="path">The file or folder; a link is followed.</param>
    /// <param name="hasher">The digests.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes read so far, once per buffer.</param>
    /// <exception cref="IOException">The path does not exist, holds a broken link or something that is neither file nor folder, or cannot be read.</exception>
    public static async Task AppendAsync(string path, ContentHasher hasher, CancellationToken cancellationToken, Action<long>? progress = null)
    {
        var buffers = (ArrayPool<byte>.Shared.Rent(BufferSize), ArrayPool<byte>.Shared.Rent(BufferSize));
        try
        {
            var done = 0L;
            foreach (var file in Directory.Exists(path) ? FolderOrder.Files(path) : [new FileInfo(path)])
            {
                done = await AppendFileAsync(file.FullName, hasher, buffers, done, progress, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffers.Item1);
            ArrayPool<byte>.Shared.Return(buffers.Item2);
        }
    }

    private static async Task<long> AppendFileAsync(
        string path, ContentHasher hasher, (byte[] Current, byte[] Next) buffers, long done, Action<long>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SpecialFile.Refuse(path);
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(handle);
        if (length <= BufferSize)
        {
            // The usual small file: one read on this thread is cheaper than handing it to another.
            int read;
            for (var offset = 0L; (read = RandomAccess.Read(handle, buffers.Current, offset)) > 0; offset += read, done += read)
            {
                hasher.Append(buffers.Current.AsSpan(0, read));
            }

            progress?.Invoke(done);
            return done;
        }

        var pending = RandomAccess.ReadAsync(handle, buffers.Current, 0, cancellationToken);
        for (var offset = 0L; ;)
        {
            var read = await pending.ConfigureAwait(false);
            if (read == 0)
            {
                return done;
            }

            offset += read;
            done += read;
            progress?.Invoke(done);
            pending = RandomAccess.ReadAsync(handle, buffers.Next, offset, cancellationToken);
            hasher.Append(buffers.Current.AsSpan(0, read));
            buffers = (buffers.Next, buffers.Current);
        }
    }
}
