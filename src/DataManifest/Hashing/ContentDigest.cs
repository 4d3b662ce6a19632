using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Hashing;

/// <summary>
/// The digest of a dataset's content (specification, "Checksums"): of a file, its bytes; of a folder, the bytes of all its files one behind the
/// other in the order of <see cref="FolderOrder"/>. Names, sizes, times and modes do not count.
/// </summary>
internal static class ContentDigest
{
    private const int ReadAheadSize = 1024 * 1024;
    private const int WholeFile = 64 * 1024;
    private const int FilesAhead = 32;

    /// <summary>Small enough to be in a core's cache still when the digest reads what the system has just copied there.</summary>
    private const int BufferSize = 256 * 1024;

    /// <summary>Computes one digest of a file or folder.</summary>
    /// <param name="path">The file or folder; a link is followed.</param>
    /// <param name="algorithm">A lower-case name that <see cref="Checksum.HexLength"/> knows.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes read so far, once per buffer.</param>
    /// <param name="readsAhead">Whether another core reads large files meanwhile; no gain where every core has a digest to compute.</param>
    /// <exception cref="IOException">The path does not exist, holds a broken link or something that is neither file nor folder, or cannot be read.</exception>
    public static Task<Checksum> ComputeAsync(
        string path, string algorithm, CancellationToken cancellationToken, Action<long>? progress = null, bool readsAhead = true) =>
        ComputeAsync(Directory.Exists(path) ? FolderOrder.Files(path) : [new FileInfo(path)], algorithm, cancellationToken, progress, readsAhead);

    /// <summary>Computes one digest of files, one behind the other.</summary>
    /// <param name="files">The files; of a folder, in the order of <see cref="FolderOrder"/>.</param>
    /// <param name="algorithm">A lower-case name that <see cref="Checksum.HexLength"/> knows.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <param name="progress">Told the bytes read so far, once per buffer.</param>
    /// <param name="readsAhead">Whether another core reads meanwhile; no gain where every core has a digest to compute.</param>
    /// <exception cref="IOException">There is a broken link or something that is neither file nor folder, or a file cannot be read.</exception>
    public static async Task<Checksum> ComputeAsync(
        IEnumerable<FileInfo> files, string algorithm, CancellationToken cancellationToken, Action<long>? progress = null, bool readsAhead = true)
    {
        using var hasher = new ContentHasher(algorithm);
        var done = 0L;
        var ahead = new Queue<(FileInfo File, Task<ArraySegment<byte>?> Content)>();
        try
        {
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                SpecialFile.Refuse(file);
                if (readsAhead && file is { Length: > 0 and <= WholeFile } && !file.Attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    ahead.Enqueue((file, Task.Run(() => Read(file), cancellationToken)));
                    await AppendReadAsync(FilesAhead).ConfigureAwait(false);
                    continue;
                }

                await AppendReadAsync(0).ConfigureAwait(false);
                await AppendFileAsync(file).ConfigureAwait(false);
            }

            await AppendReadAsync(0).ConfigureAwait(false);
            return hasher.Finish()[0];
        }
        finally
        {
            await Task.WhenAll(ahead.Select(each => (Task)each.Content)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async ValueTask AppendReadAsync(int left)
        {
            while (ahead.Count > left)
            {
                var (file, reading) = ahead.Dequeue();
                if (await reading.ConfigureAwait(false) is not { } content)
                {
                    await AppendFileAsync(file).ConfigureAwait(false);
                    continue;
                }

                hasher.Append(content);
                ArrayPool<byte>.Shared.Return(content.Array!);
                progress?.Invoke(done += content.Count);
            }
        }

        async ValueTask AppendFileAsync(FileInfo file)
        {
            using var handle = Open(file, file.Length > ReadAheadSize ? FileOptions.SequentialScan : FileOptions.None);
            var length = RandomAccess.GetLength(handle);
            done = readsAhead && length > ReadAheadSize
                ? await AppendAheadAsync(handle, hasher, done, progress, cancellationToken).ConfigureAwait(false)
                : Append(handle, length, hasher, done, progress, cancellationToken);
        }
    }

    private static SafeFileHandle Open(FileInfo file, FileOptions options) => File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, options);

    /// <summary>A small file: what its reading costs is opening and closing it, which the core that hashes need not do. Null for one that has grown since it was listed.</summary>
    private static ArraySegment<byte>? Read(FileInfo file)
    {
        using var handle = Open(file, FileOptions.None);
        var length = RandomAccess.GetLength(handle);
        if (length > WholeFile)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(WholeFile);
        int read;
        var filled = 0;
        for (; filled < length && (read = RandomAccess.Read(handle, buffer.AsSpan(filled, (int)length - filled), filled)) > 0; filled += read)
        {
        }

        return new ArraySegment<byte>(buffer, 0, filled);
    }

    /// <summary>The usual small file, or one of many: read on this thread, which is cheaper than handing it to another.</summary>
    private static long Append(SafeFileHandle file, long length, ContentHasher hasher, long done, Action<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            for (var offset = 0L; (offset < length || offset == 0) && (read = RandomAccess.Read(file, buffer.AsSpan(0, BufferSize), offset)) > 0; offset += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hasher.Append(buffer.AsSpan(0, read));
                done += read;
                progress?.Invoke(done);
            }

            return done;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<long> AppendAheadAsync(SafeFileHandle file, ContentHasher hasher, long done, Action<long>? progress, CancellationToken cancellationToken)
    {
        var (current, next) = (ArrayPool<byte>.Shared.Rent(ReadAheadSize), ArrayPool<byte>.Shared.Rent(ReadAheadSize));
        var pending = RandomAccess.ReadAsync(file, current, 0, cancellationToken).AsTask();
        try
        {
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
                pending = RandomAccess.ReadAsync(file, next, offset, cancellationToken).AsTask();
                hasher.Append(current.AsSpan(0, read));
                (current, next) = (next, current);
            }
        }
        finally
        {
            // A buffer that is still being filled must not be given to others.
            await ((Task)pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(next);
        }
    }
}
