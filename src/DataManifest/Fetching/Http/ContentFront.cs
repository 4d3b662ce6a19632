using System.Buffers;
using DataManifest.Hashing;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching.Http;

/// <summary>How far a content is here without a gap: up to this byte it went through the digest and to the sink, in order and once, over all attempts of a run.</summary>
/// <param name="algorithm">The digest to compute; null for none.</param>
/// <param name="sink">Sees every byte; null for nobody.</param>
internal sealed class ContentFront(string? algorithm, IContentSink? sink) : IDisposable
{
    private const int BufferSize = 1024 * 1024;

    private ContentHasher? _hasher;
    private bool _hasBegun;

    /// <summary>The number of bytes that went through.</summary>
    public long Position { get; private set; }

    /// <summary>Whether somebody wants the bytes as soon as they are here.</summary>
    public bool IsWatched => sink is not null;

    /// <summary>Cancelled when the sink will take nothing more; the next <see cref="AppendAsync"/>, of no bytes, throws the reason.</summary>
    public CancellationToken Refused => sink?.Refused ?? CancellationToken.None;

    /// <summary>Goes on at a byte of a file, which holds everything before it; reads what did not go through yet.</summary>
    /// <param name="path">The file; not looked at when <paramref name="offset"/> is 0 or has been reached.</param>
    /// <param name="offset">The next byte to come.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    public async Task BeginAsync(string path, long offset, CancellationToken cancellationToken)
    {
        if (!_hasBegun || offset < Position)
        {
            (_hasBegun, Position) = (true, 0);
            Hasher.Finish();
            if (sink is not null)
            {
                await sink.RestartAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        if (offset > Position)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            await FollowAsync(file, offset, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads from a file what has not gone through yet.</summary>
    /// <param name="file">The open file; it holds every byte before <paramref name="end"/>.</param>
    /// <param name="end">Where to stop.</param>
    /// <param name="cancellationToken">Stops within one buffer.</param>
    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    public async Task FollowAsync(SafeFileHandle file, long end, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (Position < end)
            {
                var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, (int)Math.Min(BufferSize, end - Position)), Position, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    throw new EndOfStreamException($"The file ends at byte {Position} of {end}.");
                }

                await AppendAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">The bytes at <see cref="Position"/>.</param>
    /// <param name="cancellationToken">Stops the sink.</param>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Hasher.Append(bytes.Span);
        if (sink is not null)
        {
            await sink.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        Position += bytes.Length;
    }

    /// <summary>The digest of everything that went through; null when none was asked for. Nothing can be added afterwards.</summary>
    public Checksum? Finish()
    {
        _hasBegun = false;
        return algorithm is null ? null : Hasher.Finish()[0];
    }

    /// <inheritdoc/>
    public void Dispose() => _hasher?.Dispose();

    private ContentHasher Hasher => _hasher ??= new(algorithm is null ? [] : [algorithm]);
}
