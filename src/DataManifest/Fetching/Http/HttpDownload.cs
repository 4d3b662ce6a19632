using System.Security.Authentication;
using DataManifest.Diagnostics;
using DataManifest.Hashing;
using Microsoft.Win32.SafeHandles;

namespace DataManifest.Fetching.Http;

/// <summary>One file's download: attempts that go on where the last one ended, or begin afresh as soon as that is not proven to be right.</summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="options">How patient it is.</param>
/// <param name="transfer">What to fetch.</param>
internal sealed class HttpDownload(HttpTransport transport, HttpOptions options, Transfer transfer)
{
    private const long CountsAsProgress = 1024 * 1024;

    private readonly Uri _uri = Parse(transfer.Uri);
    private int _failures;
    private int _attempts;
    private long _furthest;
    private bool _hasAnswered;
    private bool _isSpliced;
    private bool _isRefusedRest;
    private bool _isRefusedRanges = transfer.InOnePiece;
    private string? _place;

    /// <summary>Where the content comes from, as it may be shown.</summary>
    private string Source => _place ?? SafeUrl.Of(transfer.Uri);

    /// <summary>Downloads until the target is there or nothing more can be done.</summary>
    /// <param name="cancellationToken">Stops at once; what can be resumed is kept.</param>
    public async Task<Transferred> RunAsync(CancellationToken cancellationToken)
    {
        var partial = PartialDownload.Claim(transfer.Partial, transfer.Target, _uri);
        using var front = new ContentFront(transfer.Algorithm, transfer.Sink);
        try
        {
            var result = await CompleteAsync(partial, front, cancellationToken).ConfigureAwait(false);
            if (_isSpliced && transfer.Expected is not null && transfer.Expected != result.Checksum)
            {
                // The proof was worth nothing; only a download in one piece can show whether the source itself is wrong.
                partial.Discard();
                (_isSpliced, _isRefusedRanges, _failures, _furthest) = (false, true, 0, 0);
                result = await CompleteAsync(partial, front, cancellationToken).ConfigureAwait(false);
            }

            partial.Complete();
            return result;
        }
        catch (FetchFaultException fault) when (fault.IsMissing || (fault.Rule != DiagnosticRules.DownloadFailed && fault.Rule != DiagnosticRules.DownloadRefused && fault.Rule != DiagnosticRules.DiskFull))
        {
            partial.Discard();
            throw;
        }
        catch
        {
            partial.Release();
            throw;
        }
    }

    private async Task<Transferred> CompleteAsync(PartialDownload partial, ContentFront front, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.RepeatAsync(token => AttemptAsync(partial, front, token), cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFault fault) when (fault.InnerException?.InnerException is AuthenticationException reason)
        {
            throw new FetchFaultException(
                DiagnosticRules.UntrustedServer,
                $"The certificate of {_uri.Host} is not trusted ({reason.Message.TrimEnd('.')}), so {Source} was not fetched. Add its authority to the system's certificates, or correct the uri.", fault);
        }
        catch (TransientFault fault)
        {
            var wait = fault.RetryAfter > options.LongestWait ? $" and wants to be asked again only after {fault.RetryAfter.Value.TotalMinutes:0.#} minutes" : "";
            // A proxy that is forgotten in a variable is the last thing that one thinks of.
            var (through, check) = transport.ProxyOf(_uri) is { } proxy ? ($" through the proxy {proxy}", "the network, the proxy variables") : ("", "the network");
            throw new FetchFaultException(
                DiagnosticRules.DownloadFailed,
                $"{Source} could not be downloaded{through} in {_attempts} attempts: {_uri.Host} {fault.Message}{wait}. Check {check} and the uri, then run again.", fault);
        }
    }

    private async Task<Transferred> AttemptAsync(PartialDownload partial, ContentFront front, CancellationToken cancellationToken)
    {
        using var slot = await transport.EnterAsync(_uri, cancellationToken).ConfigureAwait(false);
        _attempts++;
        try
        {
            return await DownloadAsync(partial, front, cancellationToken).ConfigureAwait(false);
        }
        catch (TransientFault fault)
        {
            var reached = partial.Length;
            _failures = fault.InnerException?.InnerException is AuthenticationException ? options.Attempts
                : reached >= _furthest + CountsAsProgress ? 1
                : _failures + 1;
            fault.Judge(options, _failures, _hasAnswered);
            _furthest = Math.Max(_furthest, reached);
            throw;
        }
        catch (IOException unwritable)
        {
            throw StoreFault.From(unwritable, transfer.Target, partial.Total);
        }
    }

    private async Task<Transferred> DownloadAsync(PartialDownload partial, ContentFront front, CancellationToken cancellationToken)
    {
        var offset = _isRefusedRest ? 0 : partial.Length;
        var query = new HttpQuery(_uri, offset, partial.Validator, transfer.IsPinned, options.Netrc)
        {
            StallTimeout = options.StallTimeout,
            IgnoresContentCoding = transfer.IgnoresContentCoding,
            Renew = transfer.Headers,
        };
        var (response, place) = await transport.SendAsync(query, cancellationToken).ConfigureAwait(false);
        _hasAnswered = true;
        using var owned = response;
        var answer = new HttpAnswer(response, place, offset, transfer.IgnoresContentCoding);
        _place = answer.Place;
        if (offset > 0 && (answer.IsRefusal || answer.IsMalformed))
        {
            // Some refuse every range, or answer with rubbish. What is here is given up only for a whole answer, and else kept for the day when a token has been renewed.
            _isRefusedRest = true;
            throw new TransientFault($"answered {answer.Status}");
        }

        answer.ThrowIfFailed();
        if (offset > 0 && (answer.IsNothingLeft(partial.Total) || answer.IsRest(partial.Total, partial.Validator!)))
        {
            _isSpliced = true;
        }
        else if (answer.IsWhole)
        {
            offset = 0;
            _isSpliced = false;
            RefuseWebPage(answer.IsWebPage, answer);
            partial.Remember(answer.Length < PartialDownload.WorthResuming ? null : answer.Validator, answer.Length ?? 0);
        }
        else
        {
            partial.Discard();
            throw new TransientFault($"answered {answer.Status} with another part than was asked for");
        }

        if (offset == 0 && answer.Length is > 0 and <= SmallBody.Largest && !front.IsWatched)
        {
            return await ReceiveWholeAsync(partial, answer, (int)answer.Length.Value, response, cancellationToken).ConfigureAwait(false);
        }

        await front.BeginAsync(partial.Path, offset, cancellationToken).ConfigureAwait(false);
        var total = offset > 0 ? partial.Total : answer.Length;
        if (total is null || offset < total || total == 0)
        {
            var raw = new CountedStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
            await using var body = answer.Decode(raw);
            await ReceiveAsync(partial, front, query, body, total, () => RefuseBomb(answer, raw.Count, front.Position), start => RefuseWebPage(offset == 0 && WebPage.Begins(start.Span), answer), cancellationToken).ConfigureAwait(false);
        }

        if (total is not null && front.Position != total)
        {
            throw new TransientFault($"sent {front.Position} of {total} bytes");
        }

        return new Transferred(front.Position, front.Finish(), Source) { IsSpliced = _isSpliced };
    }

    /// <summary>What fits into one buffer needs neither a second one nor a thread for its digest, and is never half on the disk.</summary>
    private async Task<Transferred> ReceiveWholeAsync(PartialDownload partial, HttpAnswer answer, int length, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var content = await SmallBody.ReadAsync(
            await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), length, options.StallTimeout, done => transfer.Progress(done, length), cancellationToken).ConfigureAwait(false);
        RefuseWebPage(WebPage.Begins(content.Bytes.Span), answer);
        using (var file = Open(partial.Path, 0, length))
        {
            RandomAccess.Write(file, content.Bytes.Span, 0);
            transfer.Seen?.Invoke(content.Bytes, file);
        }

        return new Transferred(length, transfer.Algorithm is null ? null : ContentHasher.HashData(transfer.Algorithm, content.Bytes.Span), Source) { IsSpliced = _isSpliced };
    }

    private async Task ReceiveAsync(
        PartialDownload partial, ContentFront front, HttpQuery query, Stream body, long? total, Action check, Action<ReadOnlyMemory<byte>> first, CancellationToken cancellationToken)
    {
        var offset = front.Position;
        using var file = Open(partial.Path, offset, total);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, front.Refused);
        var (gate, sum) = (new object(), offset);
        var ranges = partial.Validator is null || _isRefusedRanges ? null
            : new ParallelRanges(transport, options, query with { Offset = offset }, partial, file, Report, stop.Token);
        var isComplete = false;
        try
        {
            var pump = new BodyPump(file, front, options.StallTimeout) { BufferSize = transport.IsBusy ? BodyPump.LargestBuffer / 4 : BodyPump.LargestBuffer, Ranges = ranges };
            await pump.CopyAsync(body, offset, total - offset, first, Report, stop.Token).ConfigureAwait(false);
            _isSpliced |= ranges is not null && await ranges.CompleteAsync(front).ConfigureAwait(false);
            isComplete = true;
        }
        catch (OperationCanceledException) when (front.Refused.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await front.AppendAsync(ReadOnlyMemory<byte>.Empty, cancellationToken).ConfigureAwait(false);
            throw;
        }
        finally
        {
            if (ranges is not null && await ranges.StopAsync(front).ConfigureAwait(false))
            {
                // A server that minds several connections is spared them in what is left.
                _isRefusedRanges = !isComplete;
            }
        }

        void Report(long bytes)
        {
            lock (gate)
            {
                transfer.Progress(sum += bytes, total);
                check();
            }
        }
    }

    private static SafeFileHandle Open(string path, long offset, long? total) => offset > 0
        ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read)
        : File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, preallocationSize: total > 1024 * 1024 ? total.Value : 0);

    private void RefuseBomb(HttpAnswer answer, long sent, long decoded)
    {
        if (answer.Coding.Length > 0 && decoded > options.Limits.AllowedBytes(sent))
        {
            throw new FetchFaultException(
                DiagnosticRules.ArchiveTooLarge,
                $"{answer.Place} is sent in the coding '{answer.Coding}' and becomes more than {options.Limits.AllowedBytes(sent)} bytes of the {sent} that came so far. "
                + "Use another source; if this is the data, raise the limits of archives.");
        }
    }

    private void RefuseWebPage(bool isWebPage, HttpAnswer answer)
    {
        if (isWebPage && !transfer.IsPinned && !WebPage.IsFormat(transfer.Format))
        {
            throw new FetchFaultException(
                DiagnosticRules.WebPageInsteadOfData,
                $"{answer.Place} looks like a web page, perhaps for signing in, and not like {(transfer.Format.Length > 0 ? transfer.Format : "data")}. "
                + "Correct the uri; if this is the data, declare its checksum or format = \"html\".");
        }
    }

    private static Uri Parse(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? uri
            : throw new FetchFaultException(DiagnosticRules.InvalidUri, $"'{SafeUrl.Of(text)}' is no URL that can be asked for. Correct the uri.");
}
