using System.Buffers;
using System.Collections.Concurrent;

namespace DataManifest.Hashing;

/// <summary>
/// The digest of a folder whose small files arrive in about the order that its digest takes them, so that none need be read again for it. Files that come too early wait in memory; when too much
/// waits, or a file never comes this way, there is no digest, and the folder has to be read. Thread-safe.
/// </summary>
internal sealed class FolderFront : IDisposable
{
    private const int MostWaiting = 16 * 1024 * 1024;

    private readonly ConcurrentQueue<(int Rank, ArraySegment<byte> Content)> _arrived = new();
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

    /// <summary>Takes a file. Waits for nobody: what comes while another file is being hashed is left to the one who does that.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="content">All of it; only read during the call.</param>
    public void Append(int index, ReadOnlySpan<byte> content)
    {
        if (_ranks[index] == Volatile.Read(ref _next) && Monitor.TryEnter(_hasher))
        {
            try
            {
                // It is this one's turn until it has been taken.
                _hasher.Append(content);
                _next++;
                TakeWaiting();
            }
            finally
            {
                Monitor.Exit(_hasher);
            }
        }
        else if (Interlocked.Add(ref _size, content.Length) <= MostWaiting)
        {
            var copy = ArrayPool<byte>.Shared.Rent(content.Length);
            content.CopyTo(copy);
            _arrived.Enqueue((_ranks[index], new ArraySegment<byte>(copy, 0, content.Length)));
        }

        TakeArrived();
    }

    /// <summary>The digest, once all files have been taken; null when one is missing.</summary>
    public Checksum? Finish()
    {
        TakeArrived();
        lock (_hasher)
        {
            return _next == _ranks.Length ? _hasher.Finish()[0] : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _hasher.Dispose();

    /// <summary>After the gate is left it is looked once more: somebody may have found it closed and left a file.</summary>
    private void TakeArrived()
    {
        while (!_arrived.IsEmpty && Monitor.TryEnter(_hasher))
        {
            try
            {
                while (_arrived.TryDequeue(out var file))
                {
                    _waiting[file.Rank] = file.Content;
                }

                TakeWaiting();
            }
            finally
            {
                Monitor.Exit(_hasher);
            }
        }
    }

    private void TakeWaiting()
    {
        for (; _waiting.Remove(_next, out var kept); _next++)
        {
            _hasher.Append(kept);
            Interlocked.Add(ref _size, -kept.Count);
            ArrayPool<byte>.Shared.Return(kept.Array!);
        }
    }
}
