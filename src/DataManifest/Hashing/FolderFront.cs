using System.Buffers;

namespace DataManifest.Hashing;

/// <summary>
/// The digest of a folder whose small files arrive in about the order that its digest takes them, so that none need be read again for it. Files that come too early wait in memory; when too much
/// waits, or a file never comes this way, there is no digest, and the folder has to be read. Thread-safe.
/// </summary>
internal sealed class FolderFront : IDisposable
{
    private const int MostWaiting = 16 * 1024 * 1024;

    private readonly Dictionary<int, ArraySegment<byte>> _waiting = [];
    private readonly ContentHasher _hasher;
    private readonly int[] _ranks;
    private int _next;
    private int _size;

    /// <summary>Begins the digest.</summary>
    /// <param name="algorithm">A lower-case name that <see cref="Checksum.HexLength"/> knows.</param>
    /// <param name="paths">The paths of all files in the folder, with slashes.</param>
    public FolderFront(string algorithm, IReadOnlyList<string> paths)
    {
        _hasher = new ContentHasher(algorithm);
        _ranks = new int[paths.Count];
        Order = [.. Enumerable.Range(0, paths.Count).OrderBy(i => paths[i], FolderOrder.Paths)];
        for (var rank = 0; rank < Order.Count; rank++)
        {
            _ranks[Order[rank]] = rank;
        }
    }

    /// <summary>The numbers of the files in the order in which they should come.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Takes a file.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="content">All of it; only read during the call.</param>
    public void Append(int index, ReadOnlySpan<byte> content)
    {
        lock (_hasher)
        {
            if (_ranks[index] != _next)
            {
                Keep(_ranks[index], content);
                return;
            }

            _hasher.Append(content);
            for (_next++; _waiting.Remove(_next, out var kept); _next++)
            {
                _hasher.Append(kept);
                _size -= kept.Count;
                ArrayPool<byte>.Shared.Return(kept.Array!);
            }
        }
    }

    /// <summary>The digest; null when a file is missing.</summary>
    public Checksum? Finish()
    {
        lock (_hasher)
        {
            return _next == _ranks.Length ? _hasher.Finish()[0] : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hasher.Dispose();

    private void Keep(int rank, ReadOnlySpan<byte> content)
    {
        if (_size + content.Length > MostWaiting)
        {
            return;
        }

        var copy = ArrayPool<byte>.Shared.Rent(content.Length);
        content.CopyTo(copy);
        _waiting[rank] = new ArraySegment<byte>(copy, 0, content.Length);
        _size += content.Length;
    }
}
