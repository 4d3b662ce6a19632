using System.Threading.Channels;
using DataManifest.Diagnostics;
using DataManifest.Fetching;
using DataManifest.Storage;

namespace DataManifest.Archives;

/// <summary>
/// Unpacks an archive into a folder of staging while it arrives. What only the whole archive can show, that it is cut or too large for its size, is left to a
/// second try from the file; what is wrong whatever comes ends the transfer at once.
/// </summary>
/// <param name="extractor">Unpacks it.</param>
/// <param name="folder">Where to; emptied when the transfer begins afresh.</param>
/// <param name="cancellationToken">Stops within one buffer.</param>
internal sealed class StreamedExtraction(ArchiveExtractor extractor, string folder, CancellationToken cancellationToken) : IContentSink, IAsyncDisposable
{
    private CancellationTokenSource _refused = new();
    private StreamQueue? _queue;
    private Task _extraction = Task.CompletedTask;
    private long _received;

    /// <inheritdoc/>
    public CancellationToken Refused => _refused.Token;

    /// <inheritdoc/>
    public async ValueTask RestartAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        Staging.Delete(folder);
        var (queue, refused) = (_queue, _refused) = (new StreamQueue(), new CancellationTokenSource());
        Interlocked.Exchange(ref _received, 0);
        _extraction = ExtractAsync(queue, refused);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_queue is null)
        {
            return;
        }

        Interlocked.Add(ref _received, bytes.Length);
        try
        {
            await _queue.AddAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            await EndAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Says that the archive is here, and waits until it is unpacked.</summary>
    /// <returns>Whether it is; if not, the folder is not there.</returns>
    /// <exception cref="FetchFaultException">The archive is unsafe or too large.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task<bool> CompleteAsync()
    {
        _queue?.Complete();
        return _queue is not null && await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Stops it; what is in the folder is the caller's to remove.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue?.Complete(new OperationCanceledException());
        await _extraction.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _queue = null;
    }

    private async Task ExtractAsync(StreamQueue queue, CancellationTokenSource refused)
    {
        try
        {
            using (queue)
            {
                await extractor.ExtractAsync(queue, () => Interlocked.Read(ref _received), folder, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (!IsEarly(fault))
        {
            await refused.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static bool IsEarly(Exception fault) => fault is FetchFaultException { Rule: var rule } && (rule == DiagnosticRules.DamagedArchive || rule == DiagnosticRules.ArchiveTooLarge);

    private async Task<bool> EndAsync()
    {
        try
        {
            await _extraction.ConfigureAwait(false);
            return true;
        }
        catch (FetchFaultException early) when (IsEarly(early))
        {
            _queue = null;
            Staging.Delete(folder);
            return false;
        }
    }
}
